package dev.antiphon.benchmarks.dialogs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the bench's own scripts with {@code python3}, against the engine as a process of its own, and reads what they print.
 *
 * @param bench the folder with {@code scripts} and {@code dev}
 * @param dialogues the dialogues, {@code .jsonl.gz}
 * @param schema the services
 */
record DialogScores(Path bench, Path dialogues, Path schema) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern RATE = Pattern.compile("^ {2}(\\S+)\\s+([\\d.]+|nan)%  \\(n=(\\d+), misses=(\\d+)\\)");
    private static final Pattern MODE = Pattern.compile(
            "^(\\S+)\\s+(\\d+)\\s+([\\d.]+)%\\s+[\\d.]+%\\s+[\\d.]+%\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)\\s+([\\d.]+)");

    /** The bench cannot be run; the message says why and what to do. */
    static final class BenchProblem extends RuntimeException {
        private static final long serialVersionUID = 1;

        BenchProblem(String message) {
            super(message);
        }
    }

    /** A figure of protocol A: how many of {@code of} were right, in percent. */
    record Rate(String name, double percent, int of) {}

    /**
     * A mode of protocol B.
     *
     * @param success in percent of the dialogues
     * @param unsafe dialogues with a transaction that was not confirmed
     * @param wrong dialogues with a wrong transaction
     * @param turns relative to the annotated dialogue
     */
    record Mode(String name, int dialogues, double success, int unsafe, int wrong, int loops, double turns) {}

    /** The development set of a bench folder. */
    static DialogScores ofDev(Path bench) {
        DialogScores scores = new DialogScores(
                bench, bench.resolve("dev/sgd-dev.jsonl.gz"), bench.resolve("dev/sgd-dev-schema.json"));
        for (Path file : List.of(bench.resolve("scripts/score.py"), scores.dialogues, scores.schema)) {
            if (!Files.isReadable(file)) {
                throw new BenchProblem("there is no " + file + "; name the folder of the bench with --bench");
            }
        }
        return scores;
    }

    /** Protocol A, all figures over all dialogues. */
    List<Rate> replay() {
        return rates(List.of(dialogues.toString(), schema.toString(), "--cmd", engine()));
    }

    private static Optional<Rate> rate(String line) {
        Matcher matcher = RATE.matcher(line);
        return matcher.find()
                ? Optional.of(new Rate(
                        matcher.group(1), Double.parseDouble(matcher.group(2)), Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    private List<Rate> rates(List<String> arguments) {
        List<Rate> rates = new ArrayList<>();
        run("score.py", arguments, line -> rate(line).ifPresent(rates::add));
        if (rates.isEmpty()) {
            throw new BenchProblem("score.py printed no figures");
        }
        return rates;
    }

    /**
     * Protocol A over the wire, of at most so many dialogues, spread over all: caller, gateway, session, flow, tools, emulated model. Virtual
     * time; {@code done} hears how many are through.
     */
    List<Rate> replayOverTheWire(int most, IntConsumer done) {
        try {
            Map<String, ServiceSchema> schemas = new HashMap<>();
            for (JsonNode service : JSON.readTree(Files.readString(schema))) {
                ServiceSchema read = ServiceSchema.read(service);
                schemas.put(read.name(), read);
            }
            Path folder = Files.createTempDirectory("dialogs");
            Path played = folder.resolve("played.jsonl");
            Path said = folder.resolve("said.jsonl");
            List<String> lines = some(most);
            Files.write(played, lines);
            List<String> predictions = new ArrayList<>();
            for (String line : lines) {
                predictions.add(JSON.writeValueAsString(new WireReplay(JSON.readTree(line), schemas).run()));
                done.accept(predictions.size());
            }
            Files.write(said, predictions);
            List<Rate> rates = rates(List.of(played.toString(), schema.toString(), "--pred", said.toString()));
            Files.delete(played);
            Files.delete(said);
            Files.delete(folder);
            return rates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> some(int most) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(dialogues)), StandardCharsets.UTF_8))) {
            List<String> all = reader.lines().filter(line -> !line.isBlank()).toList();
            int count = Math.min(most, all.size());
            return IntStream.range(0, count)
                    .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                    .toList();
        }
    }

    /** Protocol B; {@code told} hears of each mode as soon as it is measured. */
    List<Mode> simulate(String mode, Consumer<Mode> told) {
        List<Mode> modes = new ArrayList<>();
        run("sim.py", List.of(dialogues.toString(), schema.toString(), "--mode", mode, "--cmd", engine()), line -> {
            Matcher matcher = MODE.matcher(line);
            if (matcher.find()) {
                Mode measured = new Mode(
                        matcher.group(1),
                        Integer.parseInt(matcher.group(2)),
                        Double.parseDouble(matcher.group(3)),
                        Integer.parseInt(matcher.group(4)),
                        Integer.parseInt(matcher.group(5)),
                        Integer.parseInt(matcher.group(6)),
                        Double.parseDouble(matcher.group(7)));
                modes.add(measured);
                told.accept(measured);
            }
        });
        if (modes.isEmpty()) {
            throw new BenchProblem("sim.py printed no figures for mode '" + mode + "'");
        }
        return modes;
    }

    private void run(String script, List<String> arguments, Consumer<String> lines) {
        List<String> all = new ArrayList<>(List.of(
                "python3", "-u", bench.resolve("scripts").resolve(script).toString()));
        all.addAll(arguments);
        Process process;
        try {
            process = new ProcessBuilder(all).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new BenchProblem("the bench's scripts need python3, which could not be started: " + e.getMessage());
        }
        List<String> printed = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(line -> {
                printed.add(line);
                lines.accept(line);
            });
            if (process.waitFor() != 0) {
                throw new BenchProblem(script + " failed:\n"
                        + String.join("\n", printed.subList(Math.max(0, printed.size() - 15), printed.size())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new BenchProblem("interrupted");
        }
    }

    /** This program again, as the engine. */
    private static String engine() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return "'" + java + "' -cp '" + System.getProperty("java.class.path")
                + "' dev.antiphon.benchmarks.BenchCommand dialogs --bridge";
    }
}
