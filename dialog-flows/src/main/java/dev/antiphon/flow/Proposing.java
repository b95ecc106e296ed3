package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Offer;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.CheckFailed;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a success of the same call made is proposed to the slots that say so, before they are asked for. */
final class Proposing {
    private Proposing() {}

    /** Proposes a value for the slot that would be asked for now; once it is not wanted or not possible, it is forgotten. */
    static void begin(Turn turn) {
        boolean other = turn.state.phase() != Phase.COLLECTING
                || turn.state.confirmation().isPresent()
                || turn.state.offer().isPresent();
        if (!other) {
            Questions.missing(turn).ifPresent(slot -> propose(turn, slot));
        }
    }

    private static <T> void propose(Turn turn, Slot<T> slot) {
        List<String> made = made(turn, slot);
        if (made.isEmpty() || !Dependencies.areSettled(turn.flow, turn.state.slots(), slot)) {
            return;
        }
        List<String> possible = possible(turn, slot);
        if (possible.isEmpty()) {
            forget(turn, slot);
        } else {
            turn.state = turn.state.offering(Offer.first(slot.name(), possible, true));
        }
    }

    /** What was made for a slot that is to be proposed. */
    private static List<String> made(Turn turn, Slot<?> slot) {
        return slot.proposal()
                .map(question -> turn.state.slots().known().madeFor(slot.name()))
                .orElse(List.of());
    }

    private static List<String> possible(Turn turn, Slot<?> slot) {
        return made(turn, slot).stream()
                .filter(each -> isPossible(turn, slot, each))
                .toList();
    }

    /** What was taken back is not proposed any more. */
    static void undone(Turn turn, Task<?> task) {
        task.values(turn.state.slots()).forEach((name, normal) -> {
            SlotValues slots = turn.state.slots();
            turn.state = turn.state.with(slots.remembering(slots.known().undoing(name, normal)));
        });
    }

    /** The slot of what was read back that holds one of several that were made. */
    private static Optional<Slot<?>> ofSeveral(Turn turn) {
        boolean isReadBack = turn.state
                .confirmation()
                .filter(open -> open.purpose() == FlowState.Purpose.VALUES)
                .isPresent();
        return turn.task().slots().stream()
                .<Slot<?>>map(slot -> slot)
                .filter(slot -> isReadBack && !others(turn, slot).isEmpty())
                .findFirst();
    }

    /** Of what was made, what is possible and not the value of the slot, which is one of them. */
    private static List<String> others(Turn turn, Slot<?> slot) {
        String value = turn.state
                .slots()
                .find(slot.name())
                .map(SlotValues.Value::normal)
                .orElse("");
        return made(turn, slot).contains(value)
                ? possible(turn, slot).stream()
                        .filter(each -> !each.equals(value))
                        .toList()
                : List.of();
    }

    /** After a no to what was read back: another one that was made may be meant; false when there is none. */
    static boolean offersOthers(Turn turn) {
        Optional<Slot<?>> slot = ofSeveral(turn);
        slot.ifPresent(open -> {
            List<String> others = others(turn, open);
            turn.wishes = true;
            turn.state = turn.state
                    .with(turn.state.slots().drop(open.name()))
                    .offering(Offer.first(open.name(), others, true));
        });
        return slot.isPresent();
    }

    /** "No, the other one", to what was read back: false when there is none. */
    static boolean takesTheOther(Turn turn) {
        Optional<Slot<?>> slot = ofSeveral(turn);
        if (slot.isPresent() && others(turn, slot.get()).size() == 1) {
            String other = others(turn, slot.get()).getFirst();
            SlotFilling.inform(turn, Map.of(slot.get().name(), other), true);
            return true;
        }
        return offersOthers(turn);
    }

    /** "No, the first one", to what was read back, from 1 in the order in which they were made: false when there is none. */
    static boolean takesTheOne(Turn turn, int option) {
        Optional<Slot<?>> slot = ofSeveral(turn);
        List<String> all = slot.map(open -> possible(turn, open)).orElse(List.of());
        if (option < 1 || option > all.size()) {
            return false;
        }
        SlotFilling.inform(turn, Map.of(slot.orElseThrow().name(), all.get(option - 1)), true);
        return true;
    }

    /** A rule that may wait is asked after the yes. */
    private static <T> boolean isPossible(Turn turn, Slot<T> slot, String normal) {
        try {
            T value = slot.type().restore(normal);
            return slot.judgeAlone(value, turn.now, turn.language()) instanceof Verdict.Ok<T>
                    && slot.judge(value, turn.slots()) instanceof Verdict.Ok<T>;
        } catch (CheckFailed e) {
            turn.fault("check of slot " + slot.name(), e);
            return false;
        } catch (IllegalArgumentException unreadable) { // made for a slot of the same name in another flow
            return false;
        }
    }

    /** The question of the open proposal; empty when what is open is none. */
    static Optional<String> question(Turn turn, Slot<?> slot, Offer offer) {
        boolean proposes = offer.clarifying() && made(turn, slot).containsAll(offer.options());
        List<String> words =
                offer.page().stream().map(normal -> turn.spoken(slot, normal)).toList();
        return slot.proposal()
                .filter(question -> proposes)
                .map(question -> words.size() == 1
                        ? question.replace("{}", words.getFirst())
                        : turn.text(
                                Phrase.DID_YOU_MEAN, "options", turn.language().either(words)));
    }

    /** The slot whose proposal is open. */
    static Optional<Slot<?>> open(Turn turn) {
        return turn.state
                .offer()
                .flatMap(offer -> turn.flow
                        .slot(offer.slot())
                        .filter(slot -> question(turn, slot, offer).isPresent()));
    }

    /** What was proposed is not meant: the slot is asked for, and the same is not proposed again. */
    static void decline(Turn turn, Slot<?> slot) {
        forget(turn, slot);
        turn.state = turn.state.offeringNothing();
        Questions.ask(turn, Questions.Wording.FULL);
    }

    /** A caller who names another value has that in mind. */
    static void named(Turn turn, Slot<?> slot, String normal) {
        List<String> made = made(turn, slot);
        if (!made.isEmpty() && !made.contains(normal)) {
            forget(turn, slot);
        }
    }

    private static void forget(Turn turn, Slot<?> slot) {
        SlotValues slots = turn.state.slots();
        turn.state = turn.state.with(slots.remembering(slots.known().forgetting(slot.name())));
    }
}
