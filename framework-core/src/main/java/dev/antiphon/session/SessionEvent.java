package dev.antiphon.session;

import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.handover.HandoverResult;
import dev.antiphon.model.Money;
import dev.antiphon.realtime.ServerEvent.RateLimit;
import dev.antiphon.realtime.TranscriptionUsage;
import dev.antiphon.realtime.Usage;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.TierDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A fact about one session: past tense, immutable. Observers get every one of them, in order, and cannot answer. */
public sealed interface SessionEvent {

    /** Whose. */
    SessionId session();

    /** When, by the session's clock. */
    Instant at();

    /** The call is connected to a model; {@code version} of the flow, for the whole call, may be empty. */
    record SessionStarted(SessionId session, Instant at, String flow, String version, String tier, String model)
            implements SessionEvent {}

    /** The caller's turn was taken; {@code text} when typed. */
    record CallerTurnTaken(SessionId session, Instant at, String itemId, Optional<String> text)
            implements SessionEvent {}

    /** A transcript of the caller's speech arrived: personal data. */
    record CallerTranscribed(SessionId session, Instant at, String itemId, String text) implements SessionEvent {}

    /** The agent's first audio or text of a turn was handed to the caller. */
    record TurnAnswered(SessionId session, Instant at, String tier, TurnTimeline timeline) implements SessionEvent {}

    /**
     * The agent's first audio of the call, or its first text where it only writes, was handed to the caller, once in a call; {@code after} is
     * the time since the call was answered. Where the caller speaks first, that is in it.
     */
    record FirstHeard(SessionId session, Instant at, Duration after) implements SessionEvent {}

    /** The agent finished an utterance, or was cut off: personal data. */
    record AgentSaid(SessionId session, Instant at, String utteranceId, String text, boolean cutOff)
            implements SessionEvent {}

    /** The caller interrupted; {@code heard} is how much of the utterance was played. */
    record BargedIn(SessionId session, Instant at, String utteranceId, Duration heard, Duration stopTime)
            implements SessionEvent {}

    /**
     * The caller spoke over the agent's words and took no turn; {@code text} is the back-channel (personal data), empty for a
     * noise.
     */
    record SpeechOverlooked(SessionId session, Instant at, String itemId, String text) implements SessionEvent {}

    /** The service called a remote tool; {@code error} says why that failed, if it did. */
    record McpToolCalled(SessionId session, Instant at, String server, String tool, Optional<String> error)
            implements SessionEvent {}

    /** The service asked whether it may call a remote tool, and was answered. */
    record McpApprovalAnswered(SessionId session, Instant at, String server, String tool, boolean approved)
            implements SessionEvent {}

    /** A response was paid for; {@code turn} counts the caller's turns from 1, 0 is before the first. */
    record ResponseBilled(SessionId session, Instant at, String tier, int turn, Usage usage, Money cost)
            implements SessionEvent {}

    /** The transcript of a caller's turn was paid for, beside the model that answers; {@code model} made it. */
    record TranscriptionBilled(
            SessionId session, Instant at, String tier, int turn, String model, TranscriptionUsage usage, Money cost)
            implements SessionEvent {}

    /** Something was used whose cost nobody knows; it is in no sum. */
    record UsageUnknown(SessionId session, Instant at, String tier, BilledPart part, String reason)
            implements SessionEvent {}

    /** What is paid for in a call. */
    enum BilledPart {
        /** The model that answers. */
        MODEL,
        /** The model that transcribes the caller's audio. */
        TRANSCRIPTION
    }

    /** A tool or effect started. {@code arguments} are masked where sensitive. */
    record ToolStarted(SessionId session, Instant at, String callId, String tool, boolean effect, String arguments)
            implements SessionEvent {}

    /** A tool or effect settled. */
    record ToolSettled(
            SessionId session,
            Instant at,
            String callId,
            String tool,
            boolean effect,
            String outcome,
            String detail,
            Duration took)
            implements SessionEvent {}

    /** The dialog moved, or a slot changed. */
    record DialogMoved(SessionId session, Instant at, Conversation.View view) implements SessionEvent {}

    /** Evidence of struggle was seen. */
    record Struggled(SessionId session, Instant at, Struggle struggle) implements SessionEvent {}

    /** The router decided. */
    record TierDecided(SessionId session, Instant at, TierDecision decision) implements SessionEvent {}

    /**
     * The call now runs on another model.
     *
     * @param gap the time without any ready connection
     * @param model what the tier is called at its service; empty where that is not known
     */
    record TierChanged(SessionId session, Instant at, String from, String to, Duration gap, String model)
            implements SessionEvent {
        /** Of a model that is not known. */
        public TierChanged(SessionId session, Instant at, String from, String to, Duration gap) {
            this(session, at, from, to, gap, "");
        }
    }

    /** The service has told what is left of its limits. */
    record RateLimitsReported(SessionId session, Instant at, String tier, List<RateLimit> limits)
            implements SessionEvent {
        public RateLimitsReported {
            limits = List.copyOf(limits);
        }
    }

    /**
     * The call goes on with the same tier at another endpoint.
     *
     * @param from the provider before
     * @param to the provider now
     * @param address its host and port
     */
    record EndpointChanged(SessionId session, Instant at, String tier, String from, String to, String address)
            implements SessionEvent {}

    /** A new connection took the place of one that the service would have ended. */
    record ConnectionRenewed(SessionId session, Instant at, String tier) implements SessionEvent {}

    /** The model connection was lost or refused. */
    record ConnectionTroubled(SessionId session, Instant at, String tier, String problem) implements SessionEvent {}

    /** The service reported an error, or sent what we did not understand. */
    record ServiceProblem(SessionId session, Instant at, String code, String message) implements SessionEvent {}

    /**
     * The call takes part in an experiment, and got what its arm says.
     *
     * @param experiment its key
     * @param variant the key of the arm
     * @param unit who or what was assigned, as a hash in hexadecimal: the same caller has the same one in every call
     * @param phase in which the unit was assigned, from 1 on: each change of the weights of a running experiment begins another
     */
    record ExperimentEntered(SessionId session, Instant at, String experiment, String variant, String unit, int phase)
            implements SessionEvent {
        /** In the first phase. */
        public ExperimentEntered(SessionId session, Instant at, String experiment, String variant, String unit) {
            this(session, at, experiment, variant, unit, 1);
        }
    }

    /** The dialog hands the call over, and a person is asked to take it. */
    record HandoverAsked(SessionId session, Instant at, String target, String reason) implements SessionEvent {}

    /** What came of it; exactly one for each {@link HandoverAsked}. */
    record HandoverSettled(SessionId session, Instant at, String target, HandoverResult result, Duration took)
            implements SessionEvent {}

    /** The call ended; nothing follows. {@code notes} are what the dialog knows then, sensitive values masked. */
    record SessionEnded(
            SessionId session,
            Instant at,
            String flow,
            String tier,
            Outcome outcome,
            Duration duration,
            int turns,
            Usage usage,
            CallCost cost,
            HandoverNotes notes)
            implements SessionEvent {

        /** Of a call whose dialog tells nothing. */
        public SessionEnded(
                SessionId session,
                Instant at,
                String flow,
                String tier,
                Outcome outcome,
                Duration duration,
                int turns,
                Usage usage,
                CallCost cost) {
            this(session, at, flow, tier, outcome, duration, turns, usage, cost, HandoverNotes.NONE);
        }
    }
}
