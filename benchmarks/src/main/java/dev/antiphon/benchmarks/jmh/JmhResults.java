package dev.antiphon.benchmarks.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What JMH has written of one state of the code, in one or more runs ({@code -rf json}).
 *
 * @param benchmarks by class, method and parameters, sorted
 */
record JmhResults(Map<String, Measured> benchmarks) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * One benchmark.
     *
     * @param time of an operation, all iterations of all runs
     * @param unit of the time, as JMH names it
     * @param allocated bytes of an operation, of each run; empty without {@code -prof gc}
     */
    record Measured(Statistics time, String unit, List<Double> allocated) {
        Optional<Double> meanAllocated() {
            return allocated.isEmpty()
                    ? Optional.empty()
                    : Optional.of(allocated.stream().collect(Collectors.averagingDouble(Double::doubleValue)));
        }
    }

    JmhResults {
        benchmarks = new TreeMap<>(benchmarks);
    }

    /** @throws IOException when a file cannot be read or is no result of JMH, with its name */
    static JmhResults of(List<Path> files) throws IOException {
        Map<String, Measured> all = new TreeMap<>();
        for (Path file : files) {
            for (JsonNode run : runs(file)) {
                all.merge(nameOf(run), measured(file, run), JmhResults::both);
            }
        }
        return new JmhResults(all);
    }

    /** Writes what {@link #of} reads of these files into one, without anything of the machine. */
    static void keep(List<Path> files, Path to) throws IOException {
        ArrayNode kept = MAPPER.createArrayNode();
        for (Path file : files) {
            for (JsonNode run : runs(file)) {
                JsonNode metric = run.path("primaryMetric");
                ObjectNode small = kept.addObject();
                small.set("benchmark", run.path("benchmark"));
                small.set("mode", run.path("mode"));
                if (run.has("params")) {
                    small.set("params", run.path("params"));
                }
                ObjectNode times = small.putObject("primaryMetric");
                times.set("scoreUnit", metric.path("scoreUnit"));
                times.set("rawData", metric.path("rawData"));
                JsonNode allocated =
                        run.path("secondaryMetrics").path(ALLOCATED).path("score");
                if (allocated.isNumber()) {
                    small.putObject("secondaryMetrics").putObject(ALLOCATED).set("score", allocated);
                }
            }
        }
        Files.writeString(to, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(kept) + "\n");
    }

    private static JsonNode runs(Path file) throws IOException {
        try {
            JsonNode runs = MAPPER.readTree(Files.readAllBytes(file));
            if (!runs.isArray()) {
                throw noResult(file, "it is not a list");
            }
            return runs;
        } catch (JacksonException broken) {
            throw noResult(file, broken.getOriginalMessage());
        }
    }

    private static IOException noResult(Path file, String problem) {
        return new IOException(file + " must be what JMH writes with -rf json, but " + problem);
    }

    private static String nameOf(JsonNode run) {
        String name = run.path("benchmark").asString("");
        String method = name.substring(name.lastIndexOf('.') + 1);
        String type = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        String parameters = run.path("params").properties().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().asString(""))
                .collect(Collectors.joining(", "));
        return type.substring(type.lastIndexOf('.') + 1) + "." + method
                + (parameters.isEmpty() ? "" : " (" + parameters + ")");
    }

    private static Measured measured(Path file, JsonNode run) throws IOException {
        JsonNode metric = run.path("primaryMetric");
        ListStatistics times = new ListStatistics();
        metric.path("rawData").forEach(fork -> fork.forEach(time -> times.addValue(time.asDouble())));
        if (times.getN() == 0 || !run.path("mode").asString("").equals("avgt")) {
            throw noResult(file, "'" + nameOf(run) + "' has no average times (mode avgt)");
        }
        JsonNode allocated =
                run.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score");
        return new Measured(
                times,
                metric.path("scoreUnit").asString(""),
                allocated.isNumber() ? List.of(allocated.asDouble()) : List.of());
    }

    private static Measured both(Measured one, Measured other) {
        ListStatistics times = new ListStatistics();
        add(one.time(), times);
        add(other.time(), times);
        return new Measured(
                times,
                one.unit(),
                Stream.concat(one.allocated().stream(), other.allocated().stream())
                        .toList());
    }

    private static void add(Statistics from, ListStatistics to) {
        from.getRawData().forEachRemaining(entry -> {
            for (long i = 0; i < entry.getValue(); i++) {
                to.addValue(entry.getKey());
            }
        });
    }
}
