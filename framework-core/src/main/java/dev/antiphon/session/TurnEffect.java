package dev.antiphon.session;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.TranscriptionUsage;
import dev.antiphon.realtime.Usage;
import java.time.Duration;
import java.util.Optional;

/** What the session actor has to do, in order. */
sealed interface TurnEffect {

    /** Send to the model. */
    record Send(ClientEvent event) implements TurnEffect {}

    /** Tell the caller. */
    record Deliver(CallerChannel.Signal signal) implements TurnEffect {}

    /** Tell the dialog. */
    record Feed(Conversation.Event event) implements TurnEffect {}

    /** Run a tool that the model called. */
    record CallTool(String callId, String tool, String argumentsJson) implements TurnEffect {}

    /** The result of a call is not wanted any more; it is answered already. */
    record CancelTool(String callId) implements TurnEffect {}

    /** Tokens were used. */
    record Bill(Usage usage) implements TurnEffect {}

    /** A response ended whose tokens were not told. */
    record BillMissing() implements TurnEffect {}

    /** The agent's first output of a turn is on its way to the caller; the delivery part is still to be measured. */
    record Answered(TurnTimeline untilReceived) implements TurnEffect {}

    /** The caller interrupted. */
    record BargedIn(String utteranceId, Duration heard) implements TurnEffect {}

    /** The agent finished saying this. */
    record Said(String utteranceId, String text, boolean cutOff) implements TurnEffect {}

    /** A caller's turn was taken. */
    record TurnTaken(String itemId, String text) implements TurnEffect {}

    /** A transcript of the caller's speech arrived. */
    record Transcribed(String itemId, String text) implements TurnEffect {}

    /** A transcript is to be paid for; empty when the service did not say what it used. */
    record TranscriptPaid(String itemId, Optional<TranscriptionUsage> usage) implements TurnEffect {}

    /** The caller spoke over the agent's words and took no turn; {@code text} is empty for a noise. */
    record Overlooked(String itemId, String text) implements TurnEffect {}

    /** The service asks whether it may call a remote tool; {@link TurnInput.McpAnswered} follows. */
    record McpApprovalWanted(Item.McpApprovalRequest request) implements TurnEffect {}

    /** The service has called a remote tool. */
    record McpCalled(Item.McpCall call) implements TurnEffect {}

    /** Something odd that operators should see. */
    record Problem(String code, String message) implements TurnEffect {}

    /** The model does not answer at all; the connection should be replaced. */
    record GiveUpLine(String reason) implements TurnEffect {}

    /** Start or restart a timer. */
    record Arm(TurnTimer timer, Duration delay) implements TurnEffect {}

    /** Stop a timer. */
    record Disarm(TurnTimer timer) implements TurnEffect {}

    /** The call is over. */
    record Finish(Outcome outcome) implements TurnEffect {}
}
