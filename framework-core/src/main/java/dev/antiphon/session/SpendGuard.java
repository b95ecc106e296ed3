package dev.antiphon.session;

import dev.antiphon.model.Tier;
import dev.antiphon.spend.CallCap;
import dev.antiphon.spend.CallSpend;
import java.util.Optional;
import java.util.function.Consumer;

/** Holds one call against the cap of what it may cost; without a cap it does nothing. Confined to one session actor. */
final class SpendGuard {
    private final CallSetup call;
    private final CallRecord record;
    private final DialogRunner dialog;
    private final Consumer<Tier> move;
    private Optional<CallSpend> spend;

    SpendGuard(CallSetup call, CallRecord record, DialogRunner dialog, Consumer<Tier> move) {
        this.call = call;
        this.record = record;
        this.dialog = dialog;
        this.move = move;
        this.spend = call.settings().cap().map(CallSpend::begin);
    }

    /** Whether the call may not become dearer any more. */
    boolean forbidsMoves() {
        return spend.filter(CallSpend::isCapped).isPresent();
    }

    /**
     * Looks at what the call has cost, and does what the cap says.
     *
     * @param free whether nothing is in flight and no person is being asked
     * @return whether the dialog or the line was told something
     */
    boolean acts(Tier tier, boolean free) {
        if (spend.isEmpty()) {
            return false;
        }
        CallCap cap = spend.get().cap();
        CallSpend.Transition transition = spend.get()
                .step(
                        record.spent(),
                        free && !dialog.effectRunning(),
                        call.ladder().lowest().isSameAs(tier),
                        call.handover().desk().takes(cap.target()));
        spend = Optional.of(transition.next());
        transition.step().ifPresent(step -> perform(step, cap));
        return transition.step().filter(step -> step != CallSpend.Step.WARN).isPresent();
    }

    private void perform(CallSpend.Step step, CallCap cap) {
        String cost = "the call has cost " + record.spent() + " of its cap of "
                + cap.cap().most();
        switch (step) {
            case WARN -> record.problem("spend_cap_near", cost);
            case MOVE_DOWN -> {
                record.problem("spend_cap_reached", cost + ": it moves to the lowest tier");
                move.accept(call.ladder().lowest());
            }
            case HAND_OVER -> {
                record.problem("spend_cap_reached", cost + ": " + cap.target() + " is asked to take it over");
                dialog.mustEnd(
                        call.conversation().connecting(cap.target()),
                        new Outcome.HandedOver(cap.target(), "the call reached its spend cap"));
            }
            case END -> {
                record.problem("spend_cap_reached", cost + ": it ends");
                dialog.mustEnd(goodbye(cap), new Outcome.Failed(cost));
            }
        }
    }

    private String goodbye(CallCap cap) {
        String later = call.conversation().handoverWords().later();
        return cap.words().map(words -> words + " " + later).orElse(later);
    }
}
