package dev.antiphon.flow;

import dev.antiphon.flow.EffectProgress.Purpose;
import dev.antiphon.flow.EffectProgress.Running;
import dev.antiphon.flow.FlowState.Offer;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.CheckFailed;
import dev.antiphon.flow.slot.ConfirmPolicy;
import dev.antiphon.flow.slot.Reading;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Slots;
import dev.antiphon.flow.slot.Spoken;
import dev.antiphon.flow.slot.Verdict;
import dev.antiphon.session.Conversation.EffectPolicy;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes values: reads, checks, keeps or refuses them, and drops what depended on what changed. */
final class SlotFilling {
    private static final Set<String> NO_VALUE = Set.of("", "any", "null", "none", "unknown", "dontcare");

    private final Turn turn;
    private final Map<String, String> given;
    private final Set<String> chosen;
    private final List<String> news = new ArrayList<>();
    private final Set<String> corrected = new LinkedHashSet<>();
    private final Set<String> dropped = new LinkedHashSet<>();
    private final Set<String> because = new LinkedHashSet<>();
    private final List<String> refusals = new ArrayList<>();
    private boolean failedChecks;

    /** @param chosen which values the caller chose from what was offered */
    private SlotFilling(Turn turn, Map<String, String> given, Set<String> chosen) {
        this.turn = turn;
        this.given = given;
        this.chosen = chosen;
    }

    /** Takes the values of one act. {@code fromOffer}: the caller chose from what was offered. */
    static void inform(Turn turn, Map<String, String> given, boolean fromOffer) {
        if (turn.state.phase() != Phase.COLLECTING) {
            turn.say(turn.state.phase() == Phase.RUNNING ? Phrase.WAIT : Phrase.ALREADY_DONE);
            if (turn.state.phase() != Phase.RUNNING) {
                turn.flow
                        .handOverTarget()
                        .ifPresent(to -> turn.say(Spoken.sentence(turn.text(Phrase.ASK_TARGET, "target", to))));
            }
            Questions.resume(turn);
        } else if (turn.state.effects().unsettled().isPresent()) {
            EffectRunning.refuseChanges(turn);
        } else {
            new SlotFilling(turn, given, fromOffer ? given.keySet() : Set.of()).take();
        }
    }

    /** Fills open slots with what is known of the caller; what a slot cannot hold is reported and left out. */
    static void know(Turn turn, Map<String, String> values) {
        Map<String, String> slots = new HashMap<>(turn.state.slots().known().slots());
        Map<String, String> variables = new HashMap<>(turn.state.slots().known().variables());
        values.forEach((name, normal) -> turn.flow
                .slot(name)
                .ifPresentOrElse(
                        slot -> {
                            if (holds(turn, slot, normal)) {
                                slots.put(name, normal);
                            }
                        },
                        () -> variables.put(name, normal)));
        turn.state = turn.state.with(turn.state.slots().knowing(new SlotValues.Known(slots, variables)));
    }

    private static boolean holds(Turn turn, Slot<?> slot, String normal) {
        try {
            slot.type().restore(normal);
            return true;
        } catch (RuntimeException e) {
            turn.fault("known value of slot " + slot.name(), e);
            return false;
        }
    }

    /** Goes on after a slot was left out: what waited for it can be checked now. */
    static void goOn(Turn turn) {
        new SlotFilling(turn, Map.of(), Set.of()).checkAndAsk();
    }

    /** After a failed effect: the slot and what depends on it are open again. {@code exhausted}: so must be another one. */
    static void takeBack(Turn turn, Slot<?> slot, boolean exhausted) {
        SlotFilling filling = new SlotFilling(turn, Map.of(), Set.of());
        filling.remove(slot);
        if (exhausted) {
            filling.nothingLeft(slot);
        }
        filling.refusals.forEach(turn::say);
        if (!filling.dropped.isEmpty()) {
            turn.say(Phrase.NEEDED_AGAIN, "labels", turn.language().all(List.copyOf(filling.dropped)));
        }
    }

    private void take() {
        unknownSlots();
        if (turn.flow.isService()) {
            turn.wishes = true;
        }
        for (Slot<?> slot : turn.flow.slots()) {
            Optional.ofNullable(given.get(slot.name())).ifPresent(said -> read(slot, said));
        }
        if (turn.flow.isService()) {
            Tasks.startWhatTakes(turn, given.keySet(), turn.wantsOthers());
        }
        checkAndAsk();
    }

    private void checkAndAsk() {
        for (Slot<?> slot : Dependencies.inOrder(turn.flow)) {
            if (turn.state.phase() == Phase.COLLECTING && isReady(slot)) {
                check(slot);
            }
        }
        if (!refusals.isEmpty()) {
            Confirming.again(turn);
        }
        tell();
        if (turn.state.phase() == Phase.RUNNING) {
            return;
        }
        Questions.Wording wording = refusals.isEmpty() ? afterNews() : Repairing.afterRefusal(turn, failedChecks);
        Repairing.askAgain(turn, wording);
    }

    /** What was read back and is said once more, as in "yes, on Tuesday", needs no second read-back. */
    private Questions.Wording afterNews() {
        boolean nothingNew = news.isEmpty() && turn.state.confirmation().isPresent();
        return nothingNew ? Questions.Wording.SHORT : Questions.Wording.FULL;
    }

    private void unknownSlots() {
        List<String> unknown = given.keySet().stream()
                .filter(name -> turn.flow.slot(name).isEmpty())
                .sorted()
                .limit(3)
                .map(name -> name.length() > 40 ? name.substring(0, 40) + "…" : name)
                .toList();
        if (!unknown.isEmpty()) {
            String problem = "unknown slots " + unknown + "; known are "
                    + turn.flow.slots().stream().map(Slot::name).toList();
            turn.struggle(Signal.TOOL_ERROR, problem);
            turn.error(problem);
            Confirming.again(turn);
        }
    }

    private <T> void read(Slot<T> slot, String said) {
        if (slot.isOptional()
                && turn.flow.isService()
                && turn.language().cues().indifferent().contains(said.strip().toLowerCase(Locale.ROOT))) {
            remove(slot);
            turn.state = turn.state.with(turn.state.slots().skip(slot.name())).confirmingNothing();
            return;
        }
        switch (slot.type().read(said, turn.now)) {
            case Reading.Understood<T> understood -> understood(slot, understood.value());
            case Reading.Unsure<T> unsure -> unsure(slot, unsure.candidates());
            case Reading.Unclear<T> unclear -> {
                if (!NO_VALUE.contains(said.strip().toLowerCase(Locale.ROOT))) {
                    unclear(slot, unclear);
                }
            }
        }
    }

    private void unclear(Slot<?> slot, Reading.Unclear<?> unclear) {
        refuse(slot, unclear.line().in(turn.language(), "label", slot.label()));
        if (unclear.malformed()) {
            turn.struggle(Signal.TOOL_ERROR, "value of " + slot.name() + " is not in its form");
        }
    }

    /** Asks which one is meant, of those that are possible; one alone needs no question. */
    private <T> void unsure(Slot<T> slot, List<T> candidates) {
        List<T> possible = candidates.stream()
                .filter(each -> !(slot.judgeAlone(each, turn.now, turn.language()) instanceof Verdict.Reject<T>))
                .toList();
        if (possible.size() > 1 && turn.state.effects().finished().isEmpty()) {
            remove(slot);
            offer(slot, possible, true);
        } else {
            understood(slot, possible.isEmpty() ? candidates.getFirst() : possible.getFirst());
        }
    }

    private <T> void understood(Slot<T> slot, T value) {
        Optional<String> normal = NormalForms.of(turn, slot, value);
        if (normal.isEmpty()) {
            refuse(slot, turn.text(Phrase.CANNOT_TAKE, "label", slot.label()));
        } else if (turn.state.effects().finishedOfTask() > 0
                && turn.state.slots().has(slot.name())) {
            refusals.add(turn.text(Phrase.CANNOT_CHANGE, "label", slot.label()));
        } else {
            alone(slot, value, normal.get());
        }
    }

    private <T> void alone(Slot<T> slot, T value, String normal) {
        Optional<String> old = turn.state.slots().find(slot.name()).map(SlotValues.Value::normal);
        boolean changes = old.isPresent() && !old.get().equals(normal);
        if (changes) {
            corrected.add(slot.name());
            turn.struggle(Signal.CORRECTION, slot.name());
        }
        if (slot.judgeAlone(value, turn.now, turn.language()) instanceof Verdict.Reject<T> rejected) {
            remove(slot);
            refuse(slot, rejected.reason());
        } else if (!old.equals(Optional.of(normal))) {
            turn.state = turn.state.with(turn.state.slots().set(slot.name(), normal));
            news.add(slot.name());
            dropDependents(slot, changes);
        }
        closeOffer(slot);
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
        news.remove(slot.name());
        int number = turn.state.effects().started() + 1;
        Slots slots = turn.slots();
        Running run = new Running(
                slot.name() + "?" + number,
                slot.name(),
                number,
                false,
                chosen.contains(slot.name()) ? Purpose.CHOSEN_VALUE : Purpose.VALUE);
        turn.state = turn.state.with(Phase.RUNNING).with(turn.state.effects().start(run));
        turn.effect(new FlowEffect.Run(
                run.effectId(), "verify_" + slot.name(), number, policy(limit), () -> slot.verified(value, slots)));
    }

    private static EffectPolicy policy(Duration limit) {
        return new EffectPolicy(limit, 0, EffectPolicy.DEFAULT.slowAfter());
    }

    /** What an author's rule that may wait has said. */
    static void verified(Turn turn, Running run, ToolOutcome outcome) {
        Set<String> chosen = run.purpose() == Purpose.CHOSEN_VALUE ? Set.of(run.name()) : Set.of();
        SlotFilling filling = new SlotFilling(turn, Map.of(), chosen);
        turn.flow
                .slot(run.name())
                .filter(slot -> turn.state.slots().has(slot.name()))
                .ifPresent(slot -> {
                    filling.news.add(slot.name());
                    filling.settled(slot, outcome);
                });
        filling.checkAndAsk();
    }

    private <T> void settled(Slot<T> slot, ToolOutcome outcome) {
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
                cannotCheck(slot, "it failed: " + failed.message(), Optional.of(failed.cause()));
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
                remove(slot);
                refuse(slot, rejected.reason());
            }
            case Verdict.Alternatives<T> others -> {
                remove(slot);
                String said = Spoken.sentence(slot.type().spoken(value, turn.language()));
                refuse(slot, others.reason().orElseGet(() -> turn.text(Phrase.NOT_AVAILABLE, "value", said)));
                offer(slot, others.options(), false);
            }
            case Verdict.Unsure<T> unsure -> {
                if (chosen.contains(slot.name())) {
                    accept(slot, value);
                } else {
                    remove(slot);
                    offer(slot, unsure.candidates(), true);
                }
            }
        }
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
            remove(slot);
            offer(slot, List.of(value), true);
        }
        news.remove(slot.name());
    }

    /** A check that does not work says nothing of the value: that is as good as not understood, and the cause is kept. */
    private void cannotCheck(Slot<?> slot, String cause, Optional<Throwable> thrown) {
        String where = "check of slot " + slot.name();
        thrown.ifPresent(failure -> turn.fault(where, failure));
        turn.struggle(Signal.NO_MATCH, where + ": " + cause);
        failedChecks = true;
        remove(slot);
        refuse(slot, turn.text(Phrase.CANNOT_CHECK, "label", slot.label()));
    }

    private <T> void offer(Slot<T> slot, List<T> options, boolean clarifying) {
        List<String> normals = NormalForms.of(turn, slot, options);
        if (!normals.isEmpty()) {
            turn.state = turn.state.offering(Offer.first(slot.name(), normals, clarifying));
        } else if (!clarifying) {
            nothingLeft(slot);
        }
    }

    /** No value of the slot is possible: then another value of what it depends on is wanted. */
    private void nothingLeft(Slot<?> slot) {
        Optional<Slot<?>> other = slot.dependencies().stream()
                .flatMap(needed -> turn.flow.slot(needed.name()).stream())
                .filter(needed -> turn.state.slots().has(needed.name()))
                .<Slot<?>>map(needed -> needed)
                .reduce((first, last) -> last);
        if (other.isEmpty()) {
            refusals.add(turn.text(Phrase.NOTHING_CLOSE));
            return;
        }
        String taken = turn.spoken(other.get()).orElse("");
        refusals.add(turn.text(
                Phrase.NOTHING_LEFT, "value", taken, "label", other.get().label()));
        remove(other.get());
    }

    /** An offer for this slot, or for one that depends on it, is over. */
    private void closeOffer(Slot<?> slot) {
        boolean over = turn.state
                .offer()
                .flatMap(open -> turn.flow.slot(open.slot()))
                .filter(open -> open.name().equals(slot.name()) || Dependencies.needs(turn.flow, open, slot))
                .isPresent();
        if (over) {
            turn.state = turn.state.offeringNothing();
        }
    }

    private void refuse(Slot<?> slot, String reason) {
        refusals.add(reason);
        turn.state = turn.state.with(turn.state.repair().stuck().rejected(slot.name()));
    }

    private void remove(Slot<?> slot) {
        if (turn.state.slots().has(slot.name())) {
            turn.state = turn.state.with(turn.state.slots().drop(slot.name()));
            dropDependents(slot, true);
        }
        news.remove(slot.name());
    }

    /** What depends on a changed slot is asked again; on one that had no value before, only checked again. */
    private void dropDependents(Slot<?> changed, boolean hadValue) {
        for (Slot<?> slot : turn.flow.slots()) {
            Optional<SlotValues.Value> value = turn.state.slots().find(slot.name());
            if (!Dependencies.needs(turn.flow, slot, changed) || value.isEmpty()) {
                continue;
            }
            if (!hadValue || given.containsKey(slot.name()) || slot.isKeptIfStillPossible()) {
                turn.state = turn.state.with(turn.state.slots().unchecked(slot.name()));
            } else if (value.get().checked()) {
                turn.state = turn.state.with(turn.state.slots().drop(slot.name()));
                dropped.add(slot.label());
                because.add(changed.label());
            }
        }
    }

    private void tell() {
        turn.progressed |= !news.isEmpty();
        refusals.forEach(turn::say);
        boolean readBackFollows =
                Questions.missing(turn).isEmpty() && turn.state.offer().isEmpty();
        List<String> plain = new ArrayList<>();
        for (String name : news) {
            Slot<?> slot = turn.flow.slot(name).orElseThrow();
            acknowledge(slot, readBackFollows).ifPresent(plain::add);
        }
        if (!plain.isEmpty()) {
            turn.say(Phrase.ACKNOWLEDGED, "values", String.join(", ", plain));
        }
        if (!dropped.isEmpty()) {
            String changes = turn.language().all(List.copyOf(because));
            turn.say(
                    Phrase.CHANGED,
                    "changed",
                    changes,
                    "labels",
                    turn.language().all(List.copyOf(dropped)));
        }
    }

    /** What is said of a new value; corrections and phone numbers are always said, others when no read-back follows. */
    private <T> Optional<String> acknowledge(Slot<T> slot, boolean readBackFollows) {
        Optional<T> value = turn.slots().find(slot);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        boolean correction = corrected.contains(slot.name());
        String words = slot.type().spoken(value.get(), turn.language());
        if (slot.wantsSpelling(value.get(), correction)) {
            return Optional.of(turn.text(
                    Phrase.SPELLED, "value", words, "spelled", slot.type().spelled(value.get(), turn.language())));
        }
        if (slot.confirmPolicy() == ConfirmPolicy.NONE) {
            return Optional.empty();
        }
        if (correction) {
            return Optional.of(turn.text(Phrase.CORRECTED, "value", words));
        }
        return slot.type().readBack() || !readBackFollows ? Optional.of(words) : Optional.empty();
    }
}
