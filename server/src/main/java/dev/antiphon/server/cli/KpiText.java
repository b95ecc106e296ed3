package dev.antiphon.server.cli;

import dev.antiphon.server.store.Kpis;
import dev.antiphon.server.store.Rate;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Prints figures for people. Rates have Wilson's interval at 95 %, and the one that holds whenever anybody looks. */
final class KpiText {
    private final PrintWriter out;

    KpiText(PrintWriter out) {
        this.out = out;
    }

    void print(Kpis kpis) {
        Kpis.Outcomes outcomes = kpis.outcomes();
        out.println("Calls from " + kpis.asked().from().truncatedTo(ChronoUnit.SECONDS) + " to "
                + kpis.asked().to().truncatedTo(ChronoUnit.SECONDS)
                + kpis.asked().flow().map(flow -> ", flow " + flow).orElse("")
                + kpis.asked().tier().map(tier -> ", begun on " + tier).orElse(""));
        if (outcomes.simulated() > 0) {
            out.println(
                    "SIMULATED: " + outcomes.simulated() + " of these " + (outcomes.finished() + outcomes.unfinished())
                            + " calls were answered by the emulator, not by a model; their figures say nothing about real calls.");
        }
        line("finished", outcomes.finished() + " (and " + outcomes.unfinished() + " not finished)");
        rate("completed", outcomes.completion());
        rate("contained", outcomes.containment());
        rate("no call-back in 24 h", outcomes.callBacks());
        rate("handed over", outcomes.handover());
        counted("  by reason", kpis.handovers());
        rate("abandoned", outcomes.abandonment());
        counted("  at step", kpis.abandoned());
        line("failed", String.valueOf(outcomes.failed()));
        rate("escalated", outcomes.escalation());
        talk(kpis.talk());
        cost(kpis.cost());
        line(
                "started, completed",
                kpis.returns().started() + ", " + kpis.returns().completed());
        rate("  returned in 7 days", kpis.returns().returned());
        latency(kpis);
        table(
                "Tools",
                kpis.tools().stream()
                        .map(tool -> tool.name() + (tool.effect() ? " (effect)" : "") + ": " + share(tool.ok())
                                + " ok, p95 " + ms(tool.tookMs().p95()))
                        .toList());
        table(
                "Slots",
                kpis.slots().stream()
                        .map(slot -> slot.flow() + "." + slot.slot() + ": " + slot.filled() + " filled, "
                                + slot.failed()
                                + " failed, " + slot.dropped() + " dropped, " + number(slot.attempts()) + " attempts, "
                                + slot.corrections() + " corrections")
                        .toList());
        table(
                "Tokens",
                kpis.tokens().stream()
                        .map(tier -> tier.tier() + ": audio " + tier.inputAudio() + " in, " + tier.outputAudio()
                                + " out; text "
                                + tier.inputText() + " in, " + tier.outputText() + " out; cached "
                                + share(tier.cachedShare())
                                + "; " + usd(tier.micros()))
                        .toList());
        table(
                "Steps reached",
                kpis.funnel().stream()
                        .map(step -> step.flow() + "." + step.step() + ": " + step.calls() + ", of these completed "
                                + step.completed())
                        .toList());
    }

    private void talk(Kpis.Talk talk) {
        line(
                "handling time",
                "mean " + seconds(talk.durationMs().mean()) + ", median "
                        + seconds(talk.durationMs().p50()) + ", p95 "
                        + seconds(talk.durationMs().p95()));
        line("turns a call", optional(talk.turnsPerCall()));
        rate("more than 3 turns", talk.engaged());
        line("not understood", percent(talk.noMatchRate()) + " of turns");
        line("asked again", percent(talk.repeatedPromptRate()) + " of slots");
        line("corrected", percent(talk.correctionRate()) + " of slots");
        rate("interrupted", talk.bargeIn());
    }

    private void cost(Kpis.Cost cost) {
        line(
                "cost",
                usd(cost.micros()) + "; a minute " + usd(cost.perMinute()) + ", a call " + usd(cost.perCall())
                        + ", a completed call " + usd(cost.perCompleted())
                        + (cost.unknownUsages() == 0 ? "" : "; " + cost.unknownUsages() + " usages without a price"));
    }

    private void latency(Kpis kpis) {
        table(
                "Turn latency",
                kpis.latency().stream()
                        .map(each -> (each.tier().isEmpty() ? "all tiers" : each.tier())
                                + (each.tool() ? ", with tools: " : ", without tools: ")
                                + each.ms().n() + " turns, p50 "
                                + ms(each.ms().p50()) + ", p95 " + ms(each.ms().p95()) + ", p99 "
                                + ms(each.ms().p99())
                                + ", slow " + share(each.slow()))
                        .toList());
        if (kpis.firstAudio().n() > 0) {
            line(
                    "first audio of a call",
                    "p50 " + ms(kpis.firstAudio().p50()) + ", p95 "
                            + ms(kpis.firstAudio().p95()));
        }
        if (kpis.bargeInStop().n() > 0) {
            line(
                    "silent after barge-in",
                    "p50 " + ms(kpis.bargeInStop().p50()) + ", p95 "
                            + ms(kpis.bargeInStop().p95()));
        }
    }

    private void table(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.println(title);
            lines.forEach(line -> out.println("  " + line));
        }
    }

    private void rate(String name, Rate rate) {
        line(name, rate.of() == 0 ? "nothing to tell from" : share(rate) + " (" + ends(rate) + ")");
    }

    private static String ends(Rate rate) {
        return percent(rate.wilson().lower()) + " to " + percent(rate.wilson().upper()) + "; at any time "
                + percent(rate.anytime().lower()) + " to "
                + percent(rate.anytime().upper());
    }

    private static String share(Rate rate) {
        return percent(rate.value()) + " of " + rate.of();
    }

    private void counted(String name, List<Kpis.Counted> counted) {
        if (!counted.isEmpty()) {
            line(
                    name,
                    counted.stream()
                            .map(each -> (each.name().isEmpty() ? "(none)" : each.name()) + " " + each.calls())
                            .collect(Collectors.joining(", ")));
        }
    }

    private void line(String name, String value) {
        out.println(String.format(Locale.ROOT, "%-22s %s", name, value));
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent() ? percent(share.getAsDouble()) : "–";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String optional(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "–";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String ms(double value) {
        return String.format(Locale.ROOT, "%.0f ms", value);
    }

    private static String seconds(double ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1_000);
    }

    private static String usd(OptionalDouble micros) {
        return micros.isPresent() ? usd(micros.getAsDouble()) : "–";
    }

    private static String usd(double micros) {
        return String.format(Locale.ROOT, "$%.4f", micros / 1e6);
    }
}
