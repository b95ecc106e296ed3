package dev.antiphon.server.operator;

import dev.antiphon.model.Money;
import dev.antiphon.server.operator.CallStory.Kind;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionEvent.BilledPart;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.TierDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells the facts of a call as its journal keeps them: words that it has masked stay masked. Pure. */
final class Stories {
    /** What the journal puts in the place of words that it does not keep. */
    static final String MASK = "[masked]";

    private static final String KEPT =
            "What was said is shown as the call's journal keeps it, in memory, until the server stops.";
    private static final String NOT_KEPT = "Words of this call are not kept (" + MASK
            + "): sensitive values may be told in it, or keys were pressed. ServerSettings.withTranscripts(), or demo"
            + " --transcripts, keeps them.";

    private record Told(Kind kind, String title, String detail, Optional<LatencyView.Parts> parts) {}

    private Stories() {}

    static CallStory of(CallLine call, String model, List<SessionEvent> facts) {
        List<CallStory.Entry> entries = new ArrayList<>();
        Instant first = facts.isEmpty() ? call.startedAt() : facts.get(0).at();
        for (SessionEvent fact : facts) {
            told(fact)
                    .ifPresent(told -> entries.add(new CallStory.Entry(
                            fact.at(),
                            Duration.between(first, fact.at()).toMillis(),
                            told.kind(),
                            told.title(),
                            told.detail(),
                            told.parts())));
        }
        boolean masked = entries.stream().anyMatch(entry -> entry.detail().contains(MASK));
        return new CallStory(call, model, masked ? NOT_KEPT : KEPT, entries);
    }

    /** Bills and limits are no part of a story: the summary and the view of cost have them. */
    private static Optional<Told> told(SessionEvent fact) {
        return switch (fact) {
            case SessionEvent.SessionStarted e ->
                entry(Kind.CALL, "The call began on " + e.tier(), words(e.flow(), e.version(), e.model()));
            case SessionEvent.CallerTurnTaken e ->
                entry(Kind.CALLER, "Caller's turn", e.text().orElse(""));
            case SessionEvent.CallerTranscribed e -> entry(Kind.CALLER, "Caller, as transcribed", e.text());
            case SessionEvent.SpeechOverlooked e ->
                entry(Kind.CALLER, "Caller spoke over the agent and took no turn", e.text());
            case SessionEvent.TurnAnswered e ->
                Optional.of(new Told(
                        Kind.TURN,
                        "Answered after " + ms(e.timeline().total()) + " on " + e.tier()
                                + (e.timeline().tool() ? ", with a tool" : ""),
                        "",
                        Optional.of(LatencyFigures.parts(e.timeline()))));
            case SessionEvent.AgentSaid e ->
                entry(Kind.AGENT, e.cutOff() ? "Agent, cut off" : "Agent, heard to the end", e.text());
            case SessionEvent.FirstHeard e ->
                entry(Kind.AGENT, "First heard " + ms(e.after()) + " after the call was answered", "");
            case SessionEvent.BargedIn e ->
                entry(
                        Kind.BARGE_IN,
                        "The caller cut in after hearing " + seconds(e.heard()),
                        "The agent was silent " + ms(e.stopTime()) + " later.");
            case SessionEvent.McpToolCalled e ->
                entry(
                        Kind.TOOL,
                        "The service called " + e.server() + "/" + e.tool(),
                        e.error().orElse(""));
            case SessionEvent.McpApprovalAnswered e ->
                entry(Kind.TOOL, (e.approved() ? "Approved: " : "Not approved: ") + e.server() + "/" + e.tool(), "");
            case SessionEvent.ToolStarted e ->
                entry(Kind.TOOL, (e.effect() ? "Effect " : "Tool ") + e.tool() + " began", e.arguments());
            case SessionEvent.ToolSettled e ->
                entry(
                        Kind.TOOL,
                        (e.effect() ? "Effect " : "Tool ") + e.tool() + ": " + plain(e.outcome()) + " after "
                                + ms(e.took()),
                        e.detail());
            case SessionEvent.DialogMoved e ->
                entry(
                        Kind.DIALOG,
                        "Dialog at " + e.view().step(),
                        e.view().openQuestion().orElse(""));
            case SessionEvent.Struggled e -> entry(Kind.DECISION, "Struggle: " + struggle(e.struggle()), "");
            case SessionEvent.TierDecided e ->
                entry(
                        Kind.DECISION,
                        decision(
                                e.decision().from(),
                                e.decision().to(),
                                e.decision().rung().map(Rung::words)),
                        why(e.decision()));
            case SessionEvent.TierChanged e ->
                entry(
                        Kind.CONNECTION,
                        "Now on " + e.to() + ", before on " + e.from(),
                        "Without a ready connection for " + ms(e.gap()) + ".");
            case SessionEvent.EndpointChanged e ->
                entry(Kind.CONNECTION, "Goes on at " + e.to() + " instead of " + e.from(), e.address());
            case SessionEvent.ConnectionRenewed e -> entry(Kind.CONNECTION, "Connection renewed on " + e.tier(), "");
            case SessionEvent.ConnectionTroubled e ->
                entry(Kind.CONNECTION, "Connection lost or refused on " + e.tier(), e.problem());
            case SessionEvent.ServiceProblem e ->
                entry(Kind.CONNECTION, "The service reported " + e.code(), e.message());
            case SessionEvent.ExperimentEntered e ->
                entry(Kind.DECISION, "Takes part in " + e.experiment() + " as " + e.variant(), "");
            case SessionEvent.HandoverAsked e ->
                entry(Kind.HANDOVER, "Asks " + e.target() + " to take over", e.reason());
            case SessionEvent.HandoverSettled e ->
                entry(
                        Kind.HANDOVER,
                        e.target() + ": " + plain(e.result().name()) + " after " + seconds(e.took()),
                        e.result().detail());
            case SessionEvent.UsageUnknown e ->
                entry(
                        Kind.CALL,
                        "Cost unknown of " + (e.part() == BilledPart.MODEL ? "an answer" : "a transcription"),
                        e.reason());
            case SessionEvent.SessionEnded e ->
                entry(
                        Kind.CALL,
                        "Ended: " + plain(e.outcome().name()) + " after " + seconds(e.duration()),
                        e.outcome().reason());
            case SessionEvent.ResponseBilled ignored -> Optional.empty();
            case SessionEvent.TranscriptionBilled ignored -> Optional.empty();
            case SessionEvent.RateLimitsReported ignored -> Optional.empty();
        };
    }

    private static Optional<Told> entry(Kind kind, String title, String detail) {
        return Optional.of(new Told(kind, title, detail, Optional.empty()));
    }

    static String decision(String from, Optional<String> to, Optional<String> rung) {
        return to.map(tier -> "Decided: move from " + from + " to " + tier)
                .orElseGet(() -> rung.map(words -> "Decided: " + words + ", on " + from)
                        .orElseGet(() -> "Decided: stay on " + from));
    }

    static String estimate(boolean stays, Money cost) {
        return (stays ? "the next rung is estimated at " : "estimated at ") + cost + " more";
    }

    private static String why(TierDecision decision) {
        String evidence = String.format(Locale.ROOT, "evidence %.2f", decision.evidence());
        String cost = decision.costEstimate()
                .map(estimate -> estimate(decision.isStay(), estimate))
                .orElse("");
        return words(decision.reason(), evidence, cost);
    }

    private static String struggle(Struggle struggle) {
        String signal = plain(struggle.signal().name().toLowerCase(Locale.ROOT));
        return struggle.detail().isEmpty() ? signal : signal + " (" + struggle.detail() + ")";
    }

    static String words(String... parts) {
        return String.join(
                " · ", List.of(parts).stream().filter(part -> !part.isEmpty()).toList());
    }

    private static String plain(String name) {
        return name.replace('_', ' ');
    }

    private static String ms(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
