package dev.antiphon.flow;

import dev.antiphon.flow.EffectProgress.Purpose;
import dev.antiphon.flow.EffectProgress.Running;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.say.Plainly;
import dev.antiphon.flow.slot.CheckFailed;
import dev.antiphon.flow.slot.ConfirmPolicy;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Slots;
import dev.antiphon.flow.slot.Spoken;
import dev.antiphon.flow.slot.Verdict;
import dev.antiphon.session.Conversation.EffectPolicy;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks the author's rules about values, at once or in the tool pool, and does what they say. */
final class SlotChecking {
    private final Turn turn;
    private final SlotChanges changes;
    private final Set<String> chosen;
    private boolean failed;

    /** @param chosen names of slots whose values the caller chose from what was offered */
    SlotChecking(Turn turn, SlotChanges changes, Set<String> chosen) {
        this.turn = turn;
        this.changes = changes;
        this.chosen = chosen;
    }

    /** Whether some check did not work. */
    boolean failed() {
        return failed;
    }

    /** Checks what can be checked; stops where a rule must be waited for. */
    void all() {
        for (Slot<?> slot : Dependencies.inOrder(turn.flow)) {
            if (turn.state.phase() == Phase.COLLECTING && isReady(slot)) {
                check(slot);
            }
        }
    }

    private boolean isReady(Slot<?> slot) {
        return turn.state
                        .slots()
                        .find(slot.name())
                        .filter(value -> !value.checked())
                        .isPresent()
                && Dependencies.areSettled(turn.flow, turn.state.slots(), slot);
    }

    private <T> void check(Slot<T> slot) {
        T value = value(slot);
        Verdict<T> verdict;
        try {
            verdict = slot.judge(value, turn.slots());
        } catch (CheckFailed e) {
            cannotCheck(slot, String.valueOf(e.getMessage()), Optional.of(e));
            return;
        }
        if (verdict instanceof Verdict.Ok<T> ok && slot.verifiedWithin().isPresent()) {
            verify(slot, ok.normalised().orElse(value), slot.verifiedWithin().get());
        } else {
            judged(slot, value, verdict);
        }
    }

    private <T> T value(Slot<T> slot) {
        return slot.type()
                .restore(turn.state.slots().find(slot.name()).orElseThrow().normal());
    }

    /** Asks the author's rule that may wait; nothing else is asked meanwhile. */
    private <T> void verify(Slot<T> slot, T value, Duration limit) {
        Optional<String> normal = NormalForms.of(turn, slot, value);
        if (normal.isEmpty()) {
            cannotCheck(slot, "its check gave a value that the slot cannot hold", Optional.empty());
            return;
        }
        turn.state = turn.state.with(
                turn.state.slots().checked(slot.name(), normal.get()).unchecked(slot.name()));
        changes.news.remove(slot.name());
        int number = turn.state.effects().started() + 1;
        Slots slots = turn.slots();
        EffectPolicy policy = policy(limit);
        Purpose purpose = changes.isAgreed(slot)
                ? Purpose.AGREED_VALUE
                : chosen.contains(slot.name()) ? Purpose.CHOSEN_VALUE : Purpose.VALUE;
        Running run = new Running(slot.name() + "?" + number, slot.name(), number, purpose, policy);
        turn.state = turn.state.with(Phase.RUNNING).with(turn.state.effects().start(run));
        turn.effect(new FlowEffect.Run(
                run.effectId(), "verify_" + slot.name(), number, policy, () -> slot.verified(value, slots)));
    }

    private static EffectPolicy policy(Duration limit) {
        return new EffectPolicy(limit, 0, EffectPolicy.DEFAULT.slowAfter(), EffectPolicy.Again.LOOKS);
    }

    /** What the rule that may wait has said. */
    <T> void settled(Slot<T> slot, ToolOutcome outcome) {
        switch (outcome) {
            case ToolOutcome.Ok ok -> {
                if (ok.value() instanceof Verdict<?> verdict) {
                    @SuppressWarnings("unchecked") // the work of verify() gives what the slot's own rule gave
                    Verdict<T> own = (Verdict<T>) verdict;
                    judged(slot, value(slot), own);
                } else {
                    cannotCheck(slot, "it gave no verdict", Optional.empty());
                }
            }
            case ToolOutcome.Failed failed ->
                cannotCheck(slot, "it failed: " + CheckFailed.kind(failed.cause()), Optional.of(failed.cause()));
            case ToolOutcome.TimedOut timedOut -> cannotCheck(slot, "it took too long", Optional.empty());
            case ToolOutcome.Rejected rejected -> cannotCheck(slot, "the tool pool refused it", Optional.empty());
            case ToolOutcome.UnknownTool unknown -> cannotCheck(slot, "it could not be run", Optional.empty());
            case ToolOutcome.Cancelled cancelled -> cannotCheck(slot, "it was cancelled", Optional.empty());
        }
    }

    private <T> void judged(Slot<T> slot, T value, Verdict<T> verdict) {
        switch (verdict) {
            case Verdict.Ok<T> ok -> accept(slot, ok.normalised().orElse(value));
            case Verdict.Reject<T> rejected -> {
                changes.remove(slot);
                changes.refuse(slot, rejected.reason());
            }
            case Verdict.Alternatives<T> others -> {
                List<T> possible = possible(slot, value, others.options());
                if (possible.isEmpty() && !others.options().isEmpty()) {
                    cannotCheck(
                            slot,
                            "none of its " + Plainly.count(others.options().size(), "alternative")
                                    + " is another value that the slot can hold",
                            Optional.empty());
                    return;
                }
                changes.remove(slot);
                String said = Spoken.sentence(slot.type().spoken(value, turn.language()));
                changes.refuse(slot, others.reason().orElseGet(() -> turn.text(Phrase.NOT_AVAILABLE, "value", said)));
                changes.offer(slot, possible, others.isAll());
            }
            case Verdict.Unsure<T> unsure -> {
                if (chosen.contains(slot.name())) {
                    accept(slot, value);
                } else {
                    changes.remove(slot);
                    changes.clarify(slot, unsure.candidates());
                }
            }
        }
    }

    /** Of what is possible instead, what is something else and would be taken. */
    private <T> List<T> possible(Slot<T> slot, T refused, List<T> options) {
        return options.stream()
                .filter(option -> !refused.equals(option)
                        && NormalForms.of(turn, slot, option).isPresent()
                        && !(slot.judgeAlone(option, turn.now, turn.language()) instanceof Verdict.Reject<T>))
                .toList();
    }

    private <T> void accept(Slot<T> slot, T value) {
        if (slot.confirmPolicy() == ConfirmPolicy.EXPLICIT && !chosen.contains(slot.name())) {
            askBack(slot, value);
            return;
        }
        NormalForms.of(turn, slot, value)
                .ifPresentOrElse(
                        normal -> turn.state = turn.state
                                .with(turn.state.slots().checked(slot.name(), normal))
                                .with(turn.state.repair().stuck().accepted(slot.name())),
                        () -> cannotCheck(slot, "its check gave a value that the slot cannot hold", Optional.empty()));
    }

    /** A value that needs a yes of its own; while another one is asked back, it waits unchecked. */
    private <T> void askBack(Slot<T> slot, T value) {
        if (turn.state.offer().isEmpty()) {
            changes.remove(slot);
            changes.clarify(slot, List.of(value));
        }
        changes.news.remove(slot.name());
    }

    /** A check that does not work says nothing of the value: that is as good as not understood, and the cause is kept. */
    private void cannotCheck(Slot<?> slot, String cause, Optional<Throwable> thrown) {
        String where = "check of slot " + slot.name();
        thrown.ifPresent(failure -> turn.fault(where, failure));
        turn.struggle(Signal.NO_MATCH, where + ": " + cause);
        failed = true;
        changes.remove(slot);
        changes.refuse(slot, turn.text(Phrase.CANNOT_CHECK, "label", slot.label()));
    }
}
