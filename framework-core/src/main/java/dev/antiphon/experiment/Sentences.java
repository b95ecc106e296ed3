package dev.antiphon.experiment;

import dev.antiphon.statistics.Effect;
import dev.antiphon.statistics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Says a verdict of one comparison to people who run a service, not to statisticians. */
record Sentences(Experiment experiment, String arm, List<MetricRow> rows, Judge.NonInferiority nonInferiority) {

    String of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Invalid v ->
                "Do not believe any result: the arms " + String.join(", ", keys()) + " have "
                        + v.units().stream().map(n -> format("%,d", n)).collect(Collectors.joining(", "))
                        + " units, which is not how they were to be shared (p = " + small(v.p())
                        + "). Find out first what loses calls or moves callers.";
            case Verdict.Stopped v ->
                "Stopped: " + named(v.guardrail().metric()) + " is worse with " + v.arm() + " by at least "
                        + amount(v.guardrail().metric(), v.bound())
                        + (v.guardrail().tolerance() > 0
                                ? ", and "
                                        + amount(
                                                v.guardrail().metric(),
                                                v.guardrail().tolerance()) + " are accepted"
                                : "")
                        + " (95 %, valid whenever you look).";
            case Verdict.Collecting v -> collecting(v);
            case Verdict.Ahead v -> arm + " is ahead: " + figures() + ". You may end the experiment and use it.";
            case Verdict.Behind v -> arm + " is behind: " + figures() + ". End the experiment.";
            case Verdict.Ship v -> "Use " + arm + ": " + figures() + ".";
            case Verdict.RollBack v -> "Do not use " + arm + ": " + figures() + ".";
            case Verdict.NoDifference v ->
                "No difference that matters (within " + amount(v.finding().metric(), v.margin()) + "): " + figures()
                        + ".";
            case Verdict.Inconclusive v ->
                "Not decided: " + figures() + ". More calls would be needed than were planned.";
        };
    }

    private String collecting(Verdict.Collecting verdict) {
        if (verdict.belowMinimum()) {
            return "Collecting: the smaller arm has " + units(verdict.n()) + "; figures are shown from "
                    + Hybrid.LEAST_UNITS + " units of each arm on, of which " + Hybrid.LEAST_EACH
                    + " calls were completed and " + Hybrid.LEAST_EACH + " were not.";
        }
        OptionalLong needed = verdict.needed();
        return "Collecting: " + figures() + ". "
                + (needed.isPresent()
                        ? format("%,d", verdict.n()) + " of " + units(needed.getAsLong()) + " an arm."
                        : units(verdict.n()) + " in the smaller arm; no end is planned.");
    }

    private List<String> keys() {
        return experiment.arms().stream().map(Arm::key).toList();
    }

    private String figures() {
        String all = rows.stream().map(this::figure).flatMap(Optional::stream).collect(Collectors.joining(" and "));
        String shown = all.isEmpty() ? "there is nothing to compare yet" : arm + " " + all;
        String margin = "; non-inferior at " + points(experiment.plan().margin()) + ": ";
        return shown
                + switch (nonInferiority) {
                    case NOT_ASKED -> "";
                    case YES -> margin + "yes";
                    case NO -> margin + "no";
                    case OPEN -> margin + "not yet";
                };
    }

    private Optional<String> figure(MetricRow row) {
        String validity = row.rule().equals(Hybrid.WATCHING) ? "valid whenever you look" : "at the planned look";
        return row.metric().isShare()
                ? row.effect().flatMap(e -> row.interval().map(i -> share(row.metric(), e, i, validity)))
                : row.relative().map(i -> cost(row, i, validity));
    }

    private static String share(Metric metric, Effect effect, Interval interval, String validity) {
        String more = effect.estimate() >= 0 ? "more" : metric == Metric.COMPLETION ? "fewer" : "less";
        String verb = metric == Metric.COMPLETION ? "completes " : "has ";
        String what = metric == Metric.COMPLETION ? "" : " " + named(metric);
        return verb + points(Math.abs(effect.estimate())) + " " + more + what + " (" + signed(interval.lower()) + " … "
                + signed(interval.upper()) + ", " + validity + ")";
    }

    private static String cost(MetricRow row, Interval relative, String validity) {
        double control = row.control().orElse(0);
        double change = control == 0 ? 0 : row.treatment().orElse(0) / control - 1;
        return "costs " + format("%.0f", Math.abs(change) * 100) + " % " + (change > 0 ? "more" : "less")
                + " per completed task (" + percent(relative.lower()) + " … " + percent(relative.upper()) + " %, "
                + validity + ")";
    }

    private static String percent(double relative) {
        return minus(format("%.0f", relative * 100));
    }

    private static String signed(double share) {
        return minus(format("%.1f", share * 100));
    }

    private static String minus(String number) {
        return number.replace('-', '−');
    }

    static String amount(Metric metric, double value) {
        return metric.isShare() ? points(value) : format("$%.4f", value);
    }

    private static String points(double share) {
        String number = format("%.1f", share * 100);
        String plain = number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
        return plain + (plain.equals("1") ? " point" : " points");
    }

    private static String units(long n) {
        return format("%,d", n) + (n == 1 ? " unit" : " units");
    }

    private static String small(double p) {
        return p < 0.0001 ? "less than 0.0001" : format("%.4f", p);
    }

    private static String named(Metric metric) {
        return switch (metric) {
            case COMPLETION -> "completion";
            case COST_PER_COMPLETED -> "the cost of a completed task";
            case SLOW_TURNS -> "the share of slow turns";
            case HANDOVER -> "the share of calls handed over";
            case ABANDONMENT -> "the share of abandoned calls";
            case BARGE_IN -> "the share of interrupted utterances";
        };
    }

    private static String format(String pattern, Object value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
