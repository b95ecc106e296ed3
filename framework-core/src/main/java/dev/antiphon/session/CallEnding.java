package dev.antiphon.session;

import java.util.Optional;
import java.util.function.Consumer;

/** That the caller is gone or the call cannot go on, and how it ends then. Confined to one session actor. */
final class CallEnding {
    private final DialogRunner dialog;
    private final HandoverRun handover;
    private final Consumer<TurnInput> inputs;
    private Optional<String> hangUpReason = Optional.empty();
    private Optional<Outcome> failure = Optional.empty();

    CallEnding(DialogRunner dialog, HandoverRun handover, Consumer<TurnInput> inputs) {
        this.dialog = dialog;
        this.handover = handover;
        this.inputs = inputs;
    }

    /** Whether there is nobody any more to go on with. */
    boolean isDue() {
        return hangUpReason.isPresent() || failure.isPresent();
    }

    void hungUp(String reason) {
        hangUpReason = Optional.of(reason);
        finishWhenFree();
    }

    void failed(String reason) {
        failure = failure.or(() -> Optional.of(new Outcome.Failed(reason)));
        finishWhenFree();
    }

    /** An effect that runs is waited for, so that the outcome tells the truth about it; what the dialog has decided stands. */
    void finishWhenFree() {
        if (dialog.effectRunning()) {
            return;
        }
        failure.ifPresent(f -> inputs.accept(new TurnInput.CallerGone(
                dialog.decided().filter(o -> !handover.isAsking()).orElse(f))));
        hangUpReason.ifPresent(reason -> inputs.accept(new TurnInput.CallerGone(outcomeOnHangUp(reason))));
    }

    /** Who waited for a person was not taken over. */
    private Outcome outcomeOnHangUp(String reason) {
        Outcome decided = dialog.outcomeOnHangUp(reason);
        return handover.target()
                .<Outcome>map(target -> new Outcome.Abandoned(reason + ", while waiting for " + target))
                .orElse(decided);
    }
}
