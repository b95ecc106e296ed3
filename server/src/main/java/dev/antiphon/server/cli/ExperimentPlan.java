package dev.antiphon.server.cli;

import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.statistics.Planning;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code experiment plan}: how many calls an answer takes. */
@Command(
        name = "plan",
        description = {
            "Say how many calls an answer takes, before the experiment begins.",
            "--from and --to: until a difference of completion is seen. --from and --margin:",
            "until a tier is seen to be no worse. --cost-change: until a difference of the cost",
            "of a completed task is seen. A fifth of alpha is for watching, the rest for the",
            "planned look, and calls are planned for that look. Below: after how many units a",
            "broken assignment is noticed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  antiphon experiment plan --from 85 --to 90",
            "  antiphon experiment plan --from 85 --margin 3 --calls-per-day 400",
            "  antiphon experiment plan --cost-change 20 --cost-spread 1.2"
        })
final class ExperimentPlan implements Callable<Integer> {
    private static final double SHARE_OF_LOOK = 0.8;

    /** What an arm of a broken assignment lacks of its share. */
    private static final List<Double> LACKING = List.of(0.4, 0.2, 0.1, 0.02);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--from", paramLabel = "PERCENT", description = "Completion today.")
    private Optional<Double> from = Optional.empty();

    @Option(names = "--to", paramLabel = "PERCENT", description = "Completion that is to be told from it.")
    private Optional<Double> to = Optional.empty();

    @Option(names = "--margin", paramLabel = "POINTS", description = "How much less completion is accepted.")
    private Optional<Double> margin = Optional.empty();

    @Option(
            names = "--cost-change",
            paramLabel = "PERCENT",
            description = "How much the cost of a completed task changes, in percent of today's.")
    private Optional<Double> costChange = Optional.empty();

    @Option(
            names = "--cost-spread",
            paramLabel = "RATIO",
            defaultValue = "1",
            description = "Standard deviation of a call's cost divided by its mean; default ${DEFAULT-VALUE}.")
    private double costSpread;

    @Option(
            names = "--alpha",
            defaultValue = "0.05",
            description =
                    "How often, at most, the answer is wrong when there is no difference; default ${DEFAULT-VALUE}.")
    private double alpha;

    @Option(
            names = "--power",
            defaultValue = "0.8",
            description = "How often the difference is to be found when it is there; default ${DEFAULT-VALUE}.")
    private double power;

    @Option(names = "--arms", defaultValue = "2", description = "How many arms; default ${DEFAULT-VALUE}.")
    private int arms;

    @Option(
            names = "--calls-per-day",
            paramLabel = "N",
            description = "Calls of the flow on a day: says how many days.")
    private Optional<Double> callsPerDay = Optional.empty();

    @Option(
            names = "--coverage",
            paramLabel = "PERCENT",
            defaultValue = "100",
            description = "How many of them take part; default ${DEFAULT-VALUE}.")
    private double coverage;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /**
     * One question and its answer.
     *
     * @param perArm calls of each arm for the planned look of the hybrid rule
     * @param perArmOfOneLook the same when nobody watches
     */
    private record Answer(String question, double perArm, double perArmOfOneLook) {}

    @Override
    public Integer call() {
        check();
        List<Answer> answers;
        try {
            answers = answers();
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage(String.valueOf(e.getMessage()), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(json(answers)));
        } else {
            print(
                    answers,
                    out,
                    new Ink(spec.commandLine().getColorScheme().ansi().enabled()));
        }
        out.flush();
        return 0;
    }

    private void check() {
        if (from.isEmpty() && (to.isPresent() || margin.isPresent())) {
            throw CliFailure.usage("--to and --margin need --from, the completion today in percent");
        }
        if (to.isEmpty() && margin.isEmpty() && costChange.isEmpty()) {
            throw CliFailure.usage("say what is to be seen: --from with --to or --margin, or --cost-change");
        }
        from.ifPresent(value -> between("--from", value, 0, 100));
        to.ifPresent(value -> between("--to", value, 0, 100));
        if (to.isPresent() && to.equals(from)) {
            throw CliFailure.usage("--to must be another completion than --from, but both were " + plain(to.get())
                    + "; that an arm is no worse is planned with --margin");
        }
        margin.ifPresent(value -> between("--margin", value, 0, 100));
        costChange.ifPresent(value -> between("--cost-change", Math.abs(value), 0, 1_000));
        callsPerDay.ifPresent(value -> between("--calls-per-day", value, 0, 1e9));
        between("--cost-spread", costSpread, 0, 100);
        if (!(coverage > 0 && coverage <= 100)) {
            throw CliFailure.usage("--coverage must be above 0 and at most 100, but was " + coverage);
        }
        between("--alpha", alpha, 0, 0.5);
        between("--power", power, 0, 1);
        if (arms < 2) {
            throw CliFailure.usage("--arms must be 2 or more, but was " + arms);
        }
    }

    private static void between(String name, double value, double above, double below) {
        if (!(value > above && value < below)) {
            throw CliFailure.usage(
                    name + " must be above " + plain(above) + " and below " + plain(below) + ", but was " + value);
        }
    }

    /** With more than two arms, each is compared with the first, and they share alpha. */
    private List<Answer> answers() {
        double all = alpha / (arms - 1);
        double look = all * SHARE_OF_LOOK;
        List<Answer> answers = new ArrayList<>();
        double today = from.orElse(0.0) / 100;
        to.ifPresent(percent -> answers.add(new Answer(
                String.format(
                        Locale.ROOT, "completion of %s %% is told from %s %%", plain(percent), plain(from.orElse(0.0))),
                Planning.unitsPerArm(today, percent / 100, look, power),
                Planning.unitsPerArm(today, percent / 100, all, power))));
        margin.ifPresent(points -> answers.add(new Answer(
                String.format(
                        Locale.ROOT,
                        "an arm that completes as much is seen to be at most %s points below %s %%",
                        plain(points),
                        plain(from.orElse(0.0))),
                Planning.unitsPerArmNonInferior(today, points / 100, look, power),
                Planning.unitsPerArmNonInferior(today, points / 100, all, power))));
        costChange.ifPresent(percent -> answers.add(new Answer(
                String.format(Locale.ROOT, "a cost per completed task that differs by %s %% is seen", plain(percent)),
                Planning.unitsPerArmOfMeans(costSpread, percent / 100, look, power),
                Planning.unitsPerArmOfMeans(costSpread, percent / 100, all, power))));
        return answers;
    }

    private void print(List<Answer> answers, PrintWriter out, Ink ink) {
        for (Answer answer : answers) {
            out.println("In " + plain(power * 100) + " % of cases " + answer.question() + " with "
                    + ink.bold(whole(answer.perArm()) + " calls an arm") + ", " + whole(arms * up(answer.perArm()))
                    + " in all" + days(answer) + ".");
        }
        out.println();
        out.println(ink.bold(String.format("%14s %12s %18s", "CALLS AN ARM", "IN ALL", "IF NOBODY WATCHES")));
        answers.forEach(answer -> out.printf(
                "%14s %12s %18s%n",
                whole(answer.perArm()), whole(arms * up(answer.perArm())), whole(answer.perArmOfOneLook())));
        out.println("Callers who call again count once: plan for callers where experiments assign callers.");
        out.println();
        out.println("Units that come in other shares than by equal weights stop the experiment after so many in all, "
                + imbalances().stream().map(this::shown).collect(Collectors.joining(", ")) + ".");
    }

    /**
     * Units that come in other shares than intended.
     *
     * @param shares of the arms, as they come
     * @param units of all arms until that is noticed
     */
    private record Imbalance(List<Double> shares, OptionalLong units) {}

    /** One arm has less than its share, and the others have the rest of it. */
    private List<Imbalance> imbalances() {
        List<Double> equal = Collections.nCopies(arms, 1.0 / arms);
        return LACKING.stream()
                .map(lacking -> {
                    double less = (1 - lacking) / arms;
                    List<Double> shares = new ArrayList<>(List.of(less));
                    shares.addAll(Collections.nCopies(arms - 1, (1 - less) / (arms - 1)));
                    return new Imbalance(shares, ExperimentReport.unitsUntilSampleRatioFails(equal, shares));
                })
                .toList();
    }

    private String shown(Imbalance imbalance) {
        String shares = imbalance.shares().stream()
                .map(share -> String.format(Locale.ROOT, "%.4g", 100 * share).replaceFirst("\\.?0+$", ""))
                .collect(Collectors.joining(":"));
        return shares + " after "
                + (imbalance.units().isPresent() ? whole(imbalance.units().getAsLong()) : "more than anybody has");
    }

    private String days(Answer answer) {
        return callsPerDay
                .map(calls -> ", which takes " + whole(days(answer, calls)) + " days at " + plain(calls)
                        + " calls a day" + (coverage < 100 ? " of which " + plain(coverage) + " % take part" : ""))
                .orElse("");
    }

    private double days(Answer answer, double calls) {
        return Math.ceil(arms * up(answer.perArm()) / (calls * coverage / 100));
    }

    private ObjectNode json(List<Answer> answers) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("alpha", alpha)
                .put("look_alpha", alpha * SHARE_OF_LOOK)
                .put("power", power)
                .put("arms", arms);
        ArrayNode list = node.putArray("answers");
        for (Answer answer : answers) {
            ObjectNode each = list.addObject()
                    .put("question", answer.question())
                    .put("calls_per_arm", up(answer.perArm()))
                    .put("calls", arms * up(answer.perArm()))
                    .put("calls_per_arm_of_one_look", up(answer.perArmOfOneLook()));
            callsPerDay.ifPresent(calls -> each.put("days", (long) days(answer, calls)));
        }
        ArrayNode imbalances = node.putArray("imbalances");
        for (Imbalance imbalance : imbalances()) {
            ObjectNode each = imbalances.addObject();
            imbalance.shares().forEach(each.putArray("shares")::add);
            imbalance.units().ifPresent(units -> each.put("units", units));
        }
        return node;
    }

    private static long up(double units) {
        return (long) Math.ceil(units);
    }

    private static String whole(double units) {
        return String.format(Locale.ROOT, "%,d", up(units));
    }

    private static String plain(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
