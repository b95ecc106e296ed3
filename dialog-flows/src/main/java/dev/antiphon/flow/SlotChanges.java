package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Offer;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.ConfirmPolicy;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.YesNoType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What becomes of values in one step, and how it is told: new ones, corrected ones, refused ones, and those that went with others. */
final class SlotChanges {
    private final Turn turn;
    private final Set<String> given;
    final List<String> news = new ArrayList<>();
    final Set<String> corrected = new LinkedHashSet<>();
    final List<String> refusals = new ArrayList<>();
    final Set<String> refused = new LinkedHashSet<>();
    final Set<String> dropped = new LinkedHashSet<>();
    /** The normal forms of values that were asked back alone, and that the caller said yes to. */
    private final Map<String, String> agreed = new HashMap<>();

    private final Set<String> asked;
    private final Set<String> locked = new LinkedHashSet<>();
    private final Set<String> because = new LinkedHashSet<>();

    /** @param given names of the slots that the caller gave values for in the same breath: those are not dropped, but checked again */
    SlotChanges(Turn turn, Set<String> given) {
        this.turn = turn;
        this.given = given;
        this.asked = Questions.asked(turn);
    }

    /** Whether something could not be taken. */
    boolean hasRefused() {
        return !refusals.isEmpty() || !locked.isEmpty();
    }

    void remove(Slot<?> slot) {
        if (turn.state.slots().has(slot.name())) {
            turn.state = turn.state.with(turn.state.slots().drop(slot.name()));
            dropDependents(slot, true);
        }
        news.remove(slot.name());
    }

    void refuse(Slot<?> slot, String reason) {
        refusals.add(closed(reason));
        refused.add(slot.name());
        turn.state = turn.state.with(turn.state.repair().stuck().rejected(slot.name()));
    }

    /** The same for a reason that does not name the slot: one that was not asked for, or is one of several, is named. */
    void refuseNaming(Slot<?> slot, String reason) {
        String label = turn.language().bare(slot.label());
        boolean isClear = asked.contains(slot.name()) && given.size() < 2
                || reason.toLowerCase(Locale.ROOT).contains(label.toLowerCase(Locale.ROOT));
        refuse(slot, isClear ? reason : turn.text(Phrase.ABOUT, "label", slot.label(), "reason", reason));
    }

    /** The caller has heard this value and said yes to it: it needs no third mention. */
    void agree(Slot<?> slot) {
        turn.state.slots().find(slot.name()).ifPresent(value -> agreed.put(slot.name(), value.normal()));
    }

    /** Whether the caller said yes to what the slot holds now. */
    boolean isAgreed(Slot<?> slot) {
        return turn.state
                .slots()
                .find(slot.name())
                .filter(value -> value.normal().equals(agreed.get(slot.name())))
                .isPresent();
    }

    /** What is not asked for is done without, which the caller is told. */
    void leaveOut(Slot<?> slot) {
        if (slot.isOptional() && slot.prompt().isEmpty()) {
            refusals.add(turn.text(Phrase.GOES_WITHOUT));
        }
    }

    /** It belongs to what is done; several such values are told in one sentence. */
    void lock(Slot<?> slot) {
        locked.add(slot.label());
    }

    private void tellLocked() {
        if (!locked.isEmpty()) {
            turn.say(
                    turn.state.agenda().closed() ? Phrase.CANNOT_CHANGE_DONE : Phrase.CANNOT_CHANGE,
                    "label",
                    turn.language().all(List.copyOf(locked)));
        }
    }

    /** Authors' reasons stand before a question: without an end they would run into it. */
    private static String closed(String reason) {
        return reason.matches("(?s).*[\\p{L}\\p{N}]\\s*") ? reason.strip() + "." : reason;
    }

    /** Asks which value is meant. */
    <T> void clarify(Slot<T> slot, List<T> candidates) {
        offer(slot, candidates, true, true);
    }

    /** Offers what is possible instead; {@code isAll}: and nothing else is. */
    <T> void offer(Slot<T> slot, List<T> options, boolean isAll) {
        offer(slot, options, false, isAll);
    }

    private <T> void offer(Slot<T> slot, List<T> options, boolean clarifying, boolean isAll) {
        List<String> normals = NormalForms.of(turn, slot, options);
        if (!normals.isEmpty()) {
            turn.state = turn.state.offering(Offer.first(slot.name(), normals, clarifying, isAll));
        } else if (!clarifying) {
            nothingLeft(slot);
        }
    }

    /** An offer for this slot, or for one that depends on it, is over. */
    void closeOffer(Slot<?> slot) {
        boolean over = turn.state
                .offer()
                .flatMap(open -> turn.flow.slot(open.slot()))
                .filter(open -> open.name().equals(slot.name()) || Dependencies.needs(turn.flow, open, slot))
                .isPresent();
        if (over) {
            turn.state = turn.state.offeringNothing();
        }
    }

    /** No value of the slot is possible: then another value of what it depends on is wanted. */
    void nothingLeft(Slot<?> slot) {
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

    /** What depends on a changed slot is asked again; on one that had no value before, only checked again. */
    void dropDependents(Slot<?> changed, boolean hadValue) {
        for (Slot<?> slot : turn.flow.slots()) {
            Optional<SlotValues.Value> value = turn.state.slots().find(slot.name());
            if (!Dependencies.needs(turn.flow, slot, changed) || value.isEmpty()) {
                continue;
            }
            if (!hadValue || given.contains(slot.name()) || slot.isKeptIfStillPossible()) {
                turn.state = turn.state.with(turn.state.slots().unchecked(slot.name()));
            } else if (value.get().checked()) {
                turn.state = turn.state.with(turn.state.slots().drop(slot.name()));
                if (new TypedSlots(turn.state.slots()).wants(slot)) {
                    dropped.add(slot.label());
                    because.add(changed.label());
                }
            }
        }
    }

    void tell() {
        turn.progressed |= !news.isEmpty();
        boolean readBackFollows =
                Questions.missing(turn).isEmpty() && turn.state.offer().isEmpty();
        Map<Slot<?>, String> plain = new LinkedHashMap<>();
        Set<Slot<?>> instead = new LinkedHashSet<>();
        for (String name : news) {
            Slot<?> slot = turn.flow.slot(name).orElseThrow();
            if (!new TypedSlots(turn.state.slots()).wants(slot) || isToBeVerified(slot) || isAgreed(slot)) {
                continue;
            }
            acknowledge(slot, toldAnyway(slot, readBackFollows)).ifPresent(words -> plain.put(slot, words));
            if (isToldAsCorrected(slot)) {
                instead.add(slot);
            }
        }
        if (!plain.isEmpty()) {
            boolean alone = plain.size() == 1 && !turn.acknowledged();
            plain.replaceAll((slot, words) -> alone ? words : named(slot, words, plain.keySet()));
            turn.acknowledge(newAndCorrected(plain, instead));
        }
        tellLocked();
        refusals.forEach(turn::refuse);
        if (dropped.isEmpty()) {
            return;
        }
        String labels = turn.language().all(List.copyOf(dropped));
        if (refusedLabels().containsAll(because)) {
            turn.say(Phrase.NEEDED_AGAIN, "labels", labels);
        } else {
            turn.say(Phrase.CHANGED, "changed", turn.language().all(List.copyOf(because)), "labels", labels);
        }
    }

    /** It is told when that is done. */
    private boolean isToBeVerified(Slot<?> slot) {
        return slot.verifiedWithin().isPresent()
                && turn.state
                        .slots()
                        .find(slot.name())
                        .filter(value -> !value.checked())
                        .isPresent();
    }

    /** New ones, then those that take the place of others, which is said once. */
    private List<String> newAndCorrected(Map<Slot<?>, String> words, Set<Slot<?>> instead) {
        Map<Boolean, List<String>> corrects = words.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        value -> instead.contains(value.getKey()),
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        List<String> told = new ArrayList<>(corrects.getOrDefault(false, List.of()));
        List<String> others = corrects.getOrDefault(true, List.of());
        if (!others.isEmpty()) {
            told.add(turn.text(Phrase.CORRECTED, "value", turn.language().all(others)));
        }
        return told;
    }

    /** What has no new value, so that nothing can be said to have changed. */
    private Set<String> refusedLabels() {
        return refused.stream()
                .filter(name -> !turn.state.slots().has(name))
                .map(turn::label)
                .collect(Collectors.toSet());
    }

    /** Among several a value gets its name unless it tells by itself what it is, as a day does, and no other is of its kind. */
    private String named(Slot<?> slot, String words, Set<Slot<?>> all) {
        boolean several = all.stream()
                        .filter(other ->
                                other.type().getClass().equals(slot.type().getClass()))
                        .count()
                > 1;
        return several
                ? turn.text(Phrase.NAMED_VALUE, "label", slot.label(), "value", words)
                : turn.listed(slot, words);
    }

    /** Whether what follows tells the slot's value in these words. */
    private Predicate<String> toldAnyway(Slot<?> slot, boolean readBackFollows) {
        if (!readBackFollows) {
            return words -> false;
        }
        if (slot.type() instanceof YesNoType) {
            return words -> true;
        }
        return slot.type().readBack() ? this::isReadBackWordForWord : toldByTheReadBack();
    }

    /** Which values the read-back that follows tells, in whatever words. */
    private Predicate<String> toldByTheReadBack() {
        if (turn.task().confirmation().isEmpty()) {
            return words -> true;
        }
        Optional<String> readBack = turn.readBack().map(Utterance::text);
        return words -> readBack.isEmpty() // every value is read back then, see Confirming
                || ReadBack.tells(turn, readBack.get(), words);
    }

    /** Whether a read-back comes now, and has exactly these words. */
    private boolean isReadBackWordForWord(String words) {
        return Questions.isComplete(turn)
                && turn.task().search().isEmpty()
                && (turn.task().confirmation().isPresent() || turn.task().isTransaction())
                && ReadBack.hasWords(Confirming.readBackWords(turn).text(), words);
    }

    /** What is said of a new value: corrections always, others when no read-back tells them, codes and numbers of phones word for word. */
    private <T> Optional<String> acknowledge(Slot<T> slot, Predicate<String> toldAnyway) {
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
        boolean mustBeSaid = correction || !toldAnyway.test(words);
        return mustBeSaid ? Optional.of(words) : Optional.empty();
    }

    /** A value that is spelled is told by that alone. */
    private <T> boolean isToldAsCorrected(Slot<T> slot) {
        return corrected.contains(slot.name())
                && turn.slots()
                        .find(slot)
                        .filter(value -> !slot.wantsSpelling(value, true))
                        .isPresent();
    }
}
