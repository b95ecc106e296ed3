package dev.antiphon.session;

import dev.antiphon.handover.HandoverPacket;
import dev.antiphon.handover.HandoverResult;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What it means for the turn and the dialog of one call that a person is asked to take it. Confined to one session actor. */
final class PersonAsking {
    private final CallSetup call;
    private final CallRecord record;
    private final HandoverRun handover;
    private final DialogRunner dialog;
    private final ModelMemory memory;
    private final Supplier<String> tier;
    private final Consumer<TurnInput> inputs;

    PersonAsking(
            CallSetup call,
            CallRecord record,
            HandoverRun handover,
            DialogRunner dialog,
            ModelMemory memory,
            Supplier<String> tier,
            Consumer<TurnInput> inputs) {
        this.call = call;
        this.record = record;
        this.handover = handover;
        this.dialog = dialog;
        this.memory = memory;
        this.tier = tier;
        this.inputs = inputs;
    }

    /** The dialog hands over; the caller is still there. */
    void handsOver(Outcome.HandedOver to) {
        if (!handover.takes(to)) {
            return;
        }
        if (handover.isExhausted()) {
            dialog.handoverSettled(to, new HandoverResult.Failed("others were asked in vain"), true);
            return;
        }
        handover.ask(to, tier.get(), () -> memory.lastTurns(HandoverPacket.MOST_TURNS));
        dialog.feed(new Conversation.Event.HandoverAsked(to.target()));
    }

    void answered(String key, HandoverResult result) {
        handover.settled(key, result)
                .ifPresentOrElse(
                        asked -> dialog.handoverSettled(asked.to(), result, handover.isExhausted()),
                        () -> tooLate(result));
    }

    /** That nobody answers is what was taken for the answer at the deadline. */
    private void tooLate(HandoverResult result) {
        if (!(result instanceof HandoverResult.NoAnswer)) {
            record.problem(
                    "handover_settled_late",
                    "the answer '" + result.name() + "' came after the deadline and was passed over");
        }
    }

    void overdue(String key) {
        HandoverResult nobody = new HandoverResult.NoAnswer();
        handover.overdue(key, nobody)
                .ifPresent(asked -> dialog.handoverSettled(asked.to(), nobody, handover.isExhausted()));
    }

    /** Only into silence. */
    void slow(boolean silent) {
        if (handover.isAsking() && silent) {
            inputs.accept(new TurnInput.SayWanted(
                    Conversation.Speech.say(call.conversation().waitingWords().progress())));
        }
    }
}
