package dev.antiphon.server.cli;

import dev.antiphon.flow.say.Plainly;
import dev.antiphon.session.TurnTimeline;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints one call for people, line by line while it happens; what went wrong once, also where it is the reason of what follows. Not thread-safe. */
final class CallPrinter {
    private final PrintWriter out;
    private final Ink ink;
    private final boolean simulated;
    private final Set<String> troubles = new HashSet<>();

    /** @param simulated whether latencies and costs come from the emulator */
    CallPrinter(PrintWriter out, Ink ink, boolean simulated) {
        this.out = out;
        this.ink = ink;
        this.simulated = simulated;
    }

    void title(String script, String description) {
        out.println(ink.bold(script) + (description.isEmpty() ? "" : ink.dim("  " + description)));
        out.flush();
    }

    void fact(CallFact fact) {
        if (!(fact instanceof CallFact.Trouble trouble) || isNews(trouble)) {
            out.println(lineOf(fact));
            out.flush();
        }
    }

    void end(CallReport report) {
        String verdict = report.shortfall().map(ink::red).orElseGet(() -> ink.green("as expected"));
        String reason = report.reason().isEmpty() ? "" : " (" + withoutTold(report.reason()) + ")";
        out.println(ink.bold("outcome  ") + report.outcome() + reason + ": " + verdict);
        String note = simulated ? ink.dim("  latencies and cost are simulated") : "";
        String cost = report.spent().map(CallPrinter::cost).orElse("");
        out.println(
                "         " + report.latencies().size() + " answered turns, " + millis(report.took()) + cost + note);
        out.flush();
    }

    private boolean isNews(CallFact.Trouble trouble) {
        boolean known = !withoutTold(trouble.message()).equals(trouble.message());
        return troubles.add(trouble.message()) && !known;
    }

    /** Causes come last, behind a colon. */
    private String withoutTold(String reason) {
        return troubles.stream()
                .filter(told -> reason.endsWith(": " + told))
                .findFirst()
                .map(told -> reason.substring(0, reason.length() - told.length() - 2))
                .orElse(reason);
    }

    private static String cost(CallFact.Spent spent) {
        String transcription =
                spent.transcription().usd().signum() > 0 ? ", transcription " + spent.transcription() + " of it" : "";
        String unknown = spent.unknown() > 0 ? ", usages not told " + spent.unknown() : "";
        return ", cost " + spent.total() + transcription + unknown;
    }

    private String lineOf(CallFact fact) {
        return switch (fact) {
            case CallFact.Connected connected ->
                ink.dim("         connected to " + connected.model() + " (tier " + connected.tier() + ")");
            case CallFact.CallerSaid said -> ink.cyan("caller   ") + said.text();
            case CallFact.AgentSaid said ->
                ink.green("agent    ") + said.text() + (said.cutOff() ? ink.dim(" … cut off") : "");
            case CallFact.Answered answered -> ink.dim("         " + latency(answered));
            case CallFact.ToolRan tool ->
                ink.dim("         " + (tool.effect() ? "effect " : "tool ") + tool.tool() + ": " + tool.outcome()
                        + " in " + millis(tool.took()));
            case CallFact.BargedIn bargedIn ->
                ink.yellow("         the caller interrupted after " + millis(bargedIn.heard()));
            case CallFact.TierMoved moved ->
                ink.yellow("         tier " + moved.from() + " -> " + moved.to()
                        + (moved.reason().isEmpty() ? "" : ": " + moved.reason()));
            case CallFact.Climbed climbed ->
                ink.yellow("         " + climbed.rung() + ", on tier " + climbed.tier() + ": " + climbed.reason());
            case CallFact.Trouble trouble -> ink.red("         " + trouble.code() + ": " + trouble.message());
            case CallFact.Ended ended ->
                ink.dim("         ended after " + Plainly.count(ended.turns(), "turn") + " on tier " + ended.tier());
        };
    }

    private static String latency(CallFact.Answered answered) {
        TurnTimeline timeline = answered.timeline();
        String parts = timeline.ordered().entrySet().stream()
                .map(part -> part.getKey().name().toLowerCase(Locale.ROOT) + " "
                        + part.getValue().toMillis())
                .collect(Collectors.joining(", "));
        return "answered in " + millis(timeline.total()) + " = " + parts + " [" + answered.tier() + "]";
    }

    static String millis(Duration duration) {
        return duration.toMillis() < 10_000
                ? duration.toMillis() + " ms"
                : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
