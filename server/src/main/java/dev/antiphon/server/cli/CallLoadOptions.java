package dev.antiphon.server.cli;

import dev.antiphon.estimate.CallLoad;
import dev.antiphon.server.estimate.Assumption;
import dev.antiphon.server.store.StoreHistory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how many calls come, and when. */
final class CallLoadOptions {
    private static final double DAYS_PER_MONTH = 30.4;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--calls-per-month",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Calls in a month. Default ${DEFAULT-VALUE}, assumed.")
    private long calls = 10000;

    @Option(
            names = "--days-per-month",
            paramLabel = "N",
            defaultValue = "22",
            description = "Days of a month on which calls come. Default ${DEFAULT-VALUE}, assumed: working days.")
    private double days = 22;

    @Option(
            names = "--busy-hour-share",
            paramLabel = "SHARE",
            defaultValue = "0.12",
            converter = ShareOption.class,
            description =
                    "Share of a day's calls in its busiest hour. Default ${DEFAULT-VALUE}, assumed: between 1/8 (even over 8 hours) and a sharper peak.")
    private double busyHour = 0.12;

    @Option(
            names = "--blocking",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            converter = ShareOption.class,
            description =
                    "Share of calls of the busiest hour that may find no place: Erlang B tells the calls at once. Default ${DEFAULT-VALUE}, assumed: a usual aim of telephony.")
    private double blocking = 0.01;

    @Option(names = "--peak", paramLabel = "N", description = "Calls at once, instead of what Erlang B tells.")
    private Optional<Integer> peak = Optional.empty();

    CallLoad load() {
        return Given.options(
                Map.of(),
                () -> new CallLoad(
                        calls,
                        days,
                        busyHour,
                        blocking,
                        peak.map(OptionalInt::of).orElseGet(OptionalInt::empty)));
    }

    boolean callsAreGiven() {
        return Given.in(spec, "--calls-per-month");
    }

    /**
     * As these calls came, but for what is given. How many came at once counts as long as so many come: of another number of calls it is
     * computed from the share of the busiest hour.
     */
    CallLoad load(StoreHistory history, long callsPerMonth) {
        return Given.options(
                Map.of(),
                () -> new CallLoad(
                        callsAreGiven() ? calls : callsPerMonth,
                        Given.in(spec, "--days-per-month") ? days : daysPerMonth(history),
                        Given.in(spec, "--busy-hour-share") ? busyHour : history.busyHourShare(),
                        blocking,
                        peak.map(OptionalInt::of)
                                .orElseGet(
                                        () -> callsAreGiven() ? OptionalInt.empty() : OptionalInt.of(history.peak()))));
    }

    private static double daysPerMonth(StoreHistory history) {
        return Math.min(31, history.activeDays() * DAYS_PER_MONTH / history.days());
    }

    /** Of this load. */
    List<Assumption> assumptions(CallLoad load, StoreHistory history) {
        List<Assumption> all = new ArrayList<>();
        all.add(known(
                "calls-per-month",
                number(load.callsPerMonth()),
                history.calls() + " calls on " + history.days() + " days, in a month of " + DAYS_PER_MONTH));
        all.add(known(
                "days-per-month",
                String.format(Locale.ROOT, "%.1f", load.daysPerMonth()),
                "days on which a call began"));
        all.add(known("busy-hour-share", ShareOption.shown(load.busyHourShare()), "over all days"));
        load.peak()
                .ifPresent(most ->
                        all.add(known("peak", number(most), "the most calls at once, first at " + history.peakAt())));
        if (load.peak().isEmpty()) {
            all.add(assumed("blocking", ShareOption.shown(blocking), "assumed: a usual aim of telephony"));
        }
        return all;
    }

    private Assumption known(String option, String value, String source) {
        return assumed(option, value, HistoryOptions.MEASURED + source);
    }

    /** Of this load, which may have another number of calls than the option. */
    List<Assumption> assumptions(CallLoad load, String callsFrom) {
        List<Assumption> all = new ArrayList<>();
        all.add(new Assumption("calls-per-month", number(load.callsPerMonth()), callsAreGiven() ? "given" : callsFrom));
        all.add(assumed("days-per-month", number(days), "assumed: working days"));
        all.add(assumed(
                "busy-hour-share",
                ShareOption.shown(busyHour),
                "assumed: between 1/8 (even over 8 hours) and a sharper peak"));
        all.add(assumed("blocking", ShareOption.shown(blocking), "assumed: a usual aim of telephony"));
        peak.ifPresent(most -> all.add(new Assumption("peak", number(most), "given")));
        return all;
    }

    private Assumption assumed(String option, String value, String source) {
        return new Assumption(option, value, Given.in(spec, "--" + option) ? "given" : source);
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
