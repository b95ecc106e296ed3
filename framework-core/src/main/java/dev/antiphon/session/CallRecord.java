package dev.antiphon.session;

import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.handover.HandoverResult;
import dev.antiphon.model.Money;
import dev.antiphon.model.Tier;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.McpError;
import dev.antiphon.realtime.ServerEvent.RateLimit;
import dev.antiphon.realtime.TranscriptionUsage;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.SessionEvent.BilledPart;
import dev.antiphon.session.TurnTimeline.Part;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.TierDecision;
import dev.antiphon.time.TimeLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the observer every fact of one call and keeps the call's totals. Confined to one session actor. */
final class CallRecord {
    private final CallSetup call;
    private final Instant begun;
    private final long begunNanos;
    private Usage usage = Usage.NONE;
    private final Map<String, Integer> turnOfItem = new HashMap<>();
    private CallCost cost = CallCost.NONE;
    private Money extra = Money.ZERO;
    private int turns;
    private boolean entered;
    private boolean heard;
    private long lostNanos;
    private Optional<Conversation.View> lastView = Optional.empty();

    CallRecord(CallSetup call) {
        this.call = call;
        this.begun = call.clock().instant();
        this.begunNanos = call.clock().nanoTime();
    }

    void started(Tier tier) {
        emit(new SessionEvent.SessionStarted(
                call.id(),
                at(),
                call.conversation().name(),
                call.conversation().version(),
                tier.name(),
                tier.endpoint().model()));
        entered();
    }

    /** Also of a call that never started: left out, an arm whose calls fail at once would look well. */
    private void entered() {
        if (!entered) {
            entered = true;
            call.experiments()
                    .forEach(each -> emit(new SessionEvent.ExperimentEntered(
                            call.id(), at(), each.experiment(), each.variant(), each.unit(), each.phase())));
        }
    }

    void turnTaken(String itemId, String text) {
        turns++;
        turnOfItem.put(itemId, turns);
        emit(new SessionEvent.CallerTurnTaken(
                call.id(), at(), itemId, Optional.of(text).filter(t -> !t.isEmpty())));
    }

    void transcribed(String itemId, String text) {
        emit(new SessionEvent.CallerTranscribed(call.id(), at(), itemId, text));
    }

    void transcriptPaid(Tier tier, TurnEffect.TranscriptPaid paid) {
        int turn = Optional.ofNullable(turnOfItem.remove(paid.itemId())).orElse(turns);
        paid.usage()
                .ifPresentOrElse(
                        usage -> transcriptionBilled(tier, turn, usage),
                        () -> unknown(tier, BilledPart.TRANSCRIPTION, "the service did not tell it"));
    }

    private void transcriptionBilled(Tier tier, int turn, TranscriptionUsage used) {
        String model = call.settings().transcription().orElse("");
        Optional.ofNullable(tier.transcription().get(model))
                .flatMap(price -> price.cost(used))
                .ifPresentOrElse(
                        price -> {
                            cost = cost.plusTranscription(price);
                            emit(new SessionEvent.TranscriptionBilled(
                                    call.id(), at(), tier.name(), turn, model, used, price));
                        },
                        () -> unknown(
                                tier,
                                BilledPart.TRANSCRIPTION,
                                "no price is known for " + kind(used) + " of '" + model + "'"));
    }

    private static String kind(TranscriptionUsage usage) {
        return switch (usage) {
            case TranscriptionUsage.Tokens ignored -> "tokens";
            case TranscriptionUsage.Audio ignored -> "minutes";
        };
    }

    /** A response was made whose tokens are not known. */
    void usageUnknown(Tier tier, String reason) {
        unknown(tier, BilledPart.MODEL, reason);
    }

    private void unknown(Tier tier, BilledPart part, String reason) {
        cost = cost.plusUnknown();
        emit(new SessionEvent.UsageUnknown(call.id(), at(), tier.name(), part, reason));
    }

    void overlooked(String itemId, String text) {
        emit(new SessionEvent.SpeechOverlooked(call.id(), at(), itemId, text));
    }

    void mcpCalled(Item.McpCall done) {
        emit(new SessionEvent.McpToolCalled(
                call.id(), at(), done.serverLabel(), done.name(), done.error().map(McpError::message)));
    }

    void mcpApprovalAnswered(Item.McpApprovalRequest request, boolean approved) {
        emit(new SessionEvent.McpApprovalAnswered(call.id(), at(), request.serverLabel(), request.name(), approved));
    }

    void rateLimits(Tier tier, List<RateLimit> limits) {
        emit(new SessionEvent.RateLimitsReported(call.id(), at(), tier.name(), limits));
    }

    void wentElsewhere(Tier from, Tier to) {
        emit(new SessionEvent.EndpointChanged(
                call.id(),
                at(),
                to.name(),
                from.endpoint().provider(),
                to.endpoint().provider(),
                to.endpoint().address()));
    }

    /** The first time that something of the agent reached the caller. */
    void heard(CallerChannel.Signal signal, boolean onlyWrites) {
        if (!heard
                && (signal instanceof CallerChannel.Signal.UtteranceAudio
                        || (onlyWrites && signal instanceof CallerChannel.Signal.UtteranceText))) {
            heard = true;
            emit(new SessionEvent.FirstHeard(
                    call.id(), at(), Duration.ofNanos(call.clock().nanoTime() - begunNanos)));
        }
    }

    void answered(Tier tier, TurnTimeline untilReceived, Duration delivery) {
        Map<Part, Duration> parts = new EnumMap<>(Part.class);
        parts.putAll(untilReceived.parts());
        parts.put(Part.DELIVERY, delivery);
        emit(new SessionEvent.TurnAnswered(
                call.id(), at(), tier.name(), new TurnTimeline(parts, untilReceived.tool())));
    }

    void said(String utteranceId, String text, boolean cutOff) {
        emit(new SessionEvent.AgentSaid(call.id(), at(), utteranceId, text, cutOff));
    }

    void bargedIn(String utteranceId, Duration heard, Duration stopTime) {
        emit(new SessionEvent.BargedIn(call.id(), at(), utteranceId, heard, stopTime));
    }

    void billed(Tier tier, Usage used) {
        Money price = tier.prices().cost(used);
        usage = usage.plus(used);
        cost = cost.plusModel(tier.name(), price);
        if (!tier.isSameAs(call.start())) {
            extra = new Money(extra.usd()
                    .add(price.usd())
                    .subtract(call.start().prices().cost(used).usd()));
        }
        emit(new SessionEvent.ResponseBilled(call.id(), at(), tier.name(), turns, used, price));
    }

    /** Turns of the caller so far. */
    int turns() {
        return turns;
    }

    /** All tokens so far that the service has told. */
    Usage usage() {
        return usage;
    }

    /** What they cost beyond the tier on which the call began. */
    Money extra() {
        return extra;
    }

    void toolStarted(String callId, String tool, boolean effect, String arguments) {
        emit(new SessionEvent.ToolStarted(call.id(), at(), callId, tool, effect, arguments));
    }

    void toolSettled(String callId, String tool, boolean effect, ToolOutcome outcome, long startedNanos) {
        String detail = switch (outcome) {
            case ToolOutcome.Ok ignored -> "";
            case ToolOutcome.Failed failed -> failed.message();
            case ToolOutcome.TimedOut late -> "after " + TimeLimit.text(late.after());
            case ToolOutcome.Rejected rejected -> rejected.rule();
            case ToolOutcome.UnknownTool unknown -> unknown.tool();
            case ToolOutcome.Cancelled cancelled -> cancelled.reason();
        };
        emit(new SessionEvent.ToolSettled(
                call.id(),
                at(),
                callId,
                tool,
                effect,
                outcome.name(),
                detail,
                Duration.ofNanos(call.clock().nanoTime() - startedNanos)));
    }

    /** Notes where the dialog stands; true when it has moved. */
    boolean dialogAt(Conversation.View view) {
        if (lastView.filter(view::equals).isPresent()) {
            return false;
        }
        lastView = Optional.of(view);
        emit(new SessionEvent.DialogMoved(call.id(), at(), view));
        return true;
    }

    void struggled(Struggle struggle) {
        emit(new SessionEvent.Struggled(call.id(), at(), struggle));
    }

    void decided(TierDecision decision) {
        emit(new SessionEvent.TierDecided(call.id(), at(), decision));
    }

    void tierChanged(Tier from, Tier to, Duration gap) {
        emit(new SessionEvent.TierChanged(
                call.id(), at(), from.name(), to.name(), gap, to.endpoint().model()));
    }

    void lineLost() {
        lostNanos = call.clock().nanoTime();
    }

    Duration sinceLost() {
        return Duration.ofNanos(call.clock().nanoTime() - lostNanos);
    }

    void renewed(Tier tier) {
        emit(new SessionEvent.ConnectionRenewed(call.id(), at(), tier.name()));
    }

    void connectionTroubled(Tier tier, String problem) {
        emit(new SessionEvent.ConnectionTroubled(call.id(), at(), tier.name(), problem));
    }

    void problem(String code, String message) {
        emit(new SessionEvent.ServiceProblem(call.id(), at(), code, message));
    }

    void handoverAsked(Outcome.HandedOver to) {
        emit(new SessionEvent.HandoverAsked(call.id(), at(), to.target(), to.reason()));
    }

    void handoverSettled(String target, HandoverResult result, Duration took) {
        emit(new SessionEvent.HandoverSettled(call.id(), at(), target, result, took));
    }

    void ended(Tier tier, Outcome outcome) {
        entered();
        emit(new SessionEvent.SessionEnded(
                call.id(),
                at(),
                call.conversation().name(),
                tier.name(),
                outcome,
                Duration.between(begun, at()),
                turns,
                usage,
                cost,
                notes()));
    }

    /** What the dialog knows at the end; one that is broken must not keep the end from being told. */
    private HandoverNotes notes() {
        try {
            return call.conversation().notes().masked();
        } catch (RuntimeException | LinkageError | StackOverflowError broken) {
            return HandoverNotes.NONE;
        }
    }

    /** What the call has cost so far, as far as that is known. */
    Money spent() {
        return cost.total();
    }

    private Instant at() {
        return call.clock().instant();
    }

    private void emit(SessionEvent event) {
        call.observer().tell(event);
    }
}
