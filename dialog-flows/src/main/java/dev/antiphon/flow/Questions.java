package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Confirmation;
import dev.antiphon.flow.FlowState.Offer;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.FlowState.Purpose;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the caller is asked next, and in which words. */
final class Questions {
    static final String MASK = "•••";

    private Questions() {}

    /** How a question is worded. */
    enum Wording {
        /** As the author wrote it. */
        FULL,
        /** In a few words, after a digression. */
        SHORT,
        /** With help, for a caller who is stuck. */
        SIMPLE
    }

    /** Goes on after values changed: opens the confirmation when everything is there, then asks. */
    static void proceed(Turn turn) {
        ask(turn, Wording.FULL);
    }

    /** Comes back to the open question after a digression. */
    static void resume(Turn turn) {
        ask(turn, Wording.SHORT);
    }

    /** Comes back to it with words in any case, for what is said with them. */
    static void resumeAloud(Turn turn) {
        ask(turn, question(turn, Wording.SHORT).isEmpty() ? Wording.FULL : Wording.SHORT);
    }

    /** Asks the open question; one that was asked since the agent last spoke is not asked twice. */
    static void ask(Turn turn, Wording wanted) {
        if (turn.postpones(wanted)) {
            return;
        }
        goOn(turn);
        String key = key(turn);
        Repair repair = turn.state.repair();
        boolean again = key.equals(repair.asked());
        boolean unspoken = again && !repair.spokenSince();
        if (again
                && !unspoken
                && !turn.progressed
                && wanted == Wording.FULL
                && turn.state.phase() == Phase.COLLECTING) {
            turn.struggle(Signal.REPEATED_PROMPT, topic(turn));
        }
        boolean mustBeWhole = turn.state
                .confirmation()
                .filter(open -> !open.heard() && open.purpose() != Purpose.CHANGE)
                .isPresent();
        Wording asWanted = unspoken ? Wording.SHORT : wanted;
        Wording wording = mustBeWhole && asWanted == Wording.SHORT ? Wording.FULL : asWanted;
        boolean alreadySaid = unspoken && !turn.silent();
        String question = question(turn, wording);
        if (!alreadySaid) {
            boolean saidOtherwise = mustBeWhole && again && !unspoken;
            turn.say(new Utterance(question, saidOtherwise));
            asked(turn, wording);
        }
        if (!key.isEmpty()) {
            turn.state = turn.state.with(turn.state.repair().asking(key));
        }
    }

    /** The open question as an act. */
    private static void asked(Turn turn, Wording wording) {
        FlowState state = turn.state;
        if (state.phase() == Phase.DONE) {
            turn.does(new SystemAct.AnythingElse());
        }
        if (state.phase() != Phase.COLLECTING) {
            return;
        }
        if (state.confirmation().isPresent()) {
            Confirming.asked(turn, state.confirmation().get(), wording);
        } else if (state.offer().isPresent()) {
            Offer offer = state.offer().get();
            turn.does(new SystemAct.Offers(
                    offer.page().stream()
                            .map(normal -> new Item(Map.of(offer.slot(), normal)))
                            .toList(),
                    List.of(offer.slot())));
        } else if (missing(turn).isPresent()) {
            together(turn, wording).forEach(slot -> turn.does(new SystemAct.Asks(slot.name())));
        } else if (isIdle(turn)) {
            if (wording != Wording.SHORT) {
                turn.does(new SystemAct.AnythingElse());
            }
        } else if (turn.flow.isService()) {
            Browsing.asked(turn, wording);
        }
    }

    /** Whether a service waits for the caller's next wish. */
    static boolean isIdle(Turn turn) {
        Agenda agenda = turn.state.agenda();
        return turn.flow.isService()
                && (agenda.waiting() || turn.task() == Task.NONE)
                && agenda.proposed().isEmpty();
    }

    /** Whether the open question was given to the agent, who has not spoken since. */
    static boolean isBeingAsked(Turn turn) {
        Repair repair = turn.state.repair();
        return key(turn).equals(repair.asked()) && !repair.spokenSince();
    }

    /** Whether the agent has said the open question to its end. */
    static boolean wasHeard(Turn turn) {
        Repair repair = turn.state.repair();
        return key(turn).equals(repair.asked()) && repair.spokenSince();
    }

    /** Whether an answer to the open question must lead to an act. */
    static boolean expectsAnAct(Turn turn) {
        return turn.state.phase() == Phase.COLLECTING && !turn.flow.slots().isEmpty() && !isIdle(turn);
    }

    /** The names of the slots that the open question is about. */
    static Set<String> asked(Turn turn) {
        return turn.state
                .offer()
                .map(offer -> Set.of(offer.slot()))
                .orElseGet(() ->
                        together(turn, Wording.FULL).stream().map(Slot::name).collect(Collectors.toSet()));
    }

    /** The name of the open question; empty when nothing is open. */
    static String key(Turn turn) {
        FlowState state = turn.state;
        return switch (state.phase()) {
            case RUNNING, ENDED -> "";
            case DONE -> "anything-else";
            case COLLECTING ->
                isIdle(turn) && state.confirmation().isEmpty()
                        ? "anything-else"
                        : state.confirmation()
                                .map(open -> "confirm:" + open.purpose() + ":" + open.revision())
                                .or(() -> state.offer().map(Questions::offerKey))
                                .or(() -> missing(turn).map(slot -> "slot:" + slot.name()))
                                .or(() ->
                                        state.agenda().findings().map(found -> "found:" + found.task() + found.page()))
                                .orElse("question");
        };
    }

    private static String offerKey(Offer offer) {
        return "offer:" + offer.slot() + ":" + offer.options().hashCode() + ":" + offer.from() + offer.exhausted();
    }

    /** Whether these words ask the open question, in whatever wording; what needs a yes must be there as a whole. */
    static boolean isIn(Turn turn, String words) {
        Optional<Confirmation> confirmation = turn.state.confirmation();
        if (confirmation.isPresent()) {
            return words.contains(confirmation.get().question());
        }
        return !key(turn).isEmpty()
                && Stream.of(Wording.values())
                        .map(wording -> question(turn, wording))
                        .anyMatch(question -> !question.isEmpty() && words.contains(question));
    }

    /** The open question in full; empty when nothing is open. */
    static String inFull(Turn turn) {
        return question(turn, Wording.FULL);
    }

    /** What the open question is about, for people. */
    static String topic(Turn turn) {
        return turn.state
                .confirmation()
                .map(open -> "confirmation")
                .or(() -> turn.state.offer().map(Offer::slot))
                .or(() -> missing(turn).map(Slot::name))
                .orElse(turn.state.phase().name().toLowerCase(Locale.ROOT));
    }

    /** The first slot that is open and wanted. */
    static Optional<Slot<?>> missing(Turn turn) {
        return missing(turn.flow, turn.state);
    }

    /** What one question asks for: in other words than the author's, only the first. */
    private static List<Slot<?>> together(Turn turn, Wording wording) {
        int most = wording == Wording.FULL ? turn.flow.askTogether() : 1;
        return toAsk(turn.flow, turn.state).limit(most).toList();
    }

    /** The first slot that is open and wanted. */
    static Optional<Slot<?>> missing(Flow<?> flow, FlowState state) {
        boolean waiting = flow.isService() && state.agenda().waiting();
        return waiting ? Optional.empty() : toAsk(flow, state).findFirst();
    }

    /**
     * How many answers the goal still needs before a final yes; empty where nothing is wanted yet, or what was found is looked
     * through.
     */
    static OptionalInt stepsToGoal(Turn turn) {
        if (turn.state.phase() != Phase.COLLECTING) {
            return OptionalInt.of(0);
        }
        Task<?> task = turn.task();
        boolean nothingWanted = turn.flow.slots().isEmpty() || task == Task.NONE || isIdle(turn);
        int missing = nothingWanted ? 0 : (int) toAsk(turn.flow, turn.state).count();
        if (nothingWanted || missing == 0 && task.search().isPresent()) {
            return OptionalInt.empty();
        }
        boolean changes = turn.state
                .confirmation()
                .filter(open -> open.purpose() == Purpose.CHANGE)
                .isPresent();
        return OptionalInt.of(missing == 0 && changes ? 1 : missing);
    }

    /** What is to be asked for, in this order: what was refused, then as the author collects it. */
    private static Stream<Slot<?>> toAsk(Flow<?> flow, FlowState state) {
        SlotValues values = state.slots();
        Stuck stuck = state.repair().stuck();
        Predicate<Slot<?>> wasRefused =
                slot -> stuck.rejections(slot.name()) > 0 && Dependencies.areSettled(flow, values, slot);
        return flow.wanted(state).slots().stream()
                .<Slot<?>>map(slot -> slot)
                .filter(slot -> !values.has(slot.name()) && !values.skipped().contains(slot.name()))
                .filter(slot -> !slot.isOptional() || slot.prompt().isPresent())
                .filter(new TypedSlots(values)::wants)
                .sorted(Comparator.comparing(slot -> !wasRefused.test(slot)));
    }

    /** The open question in words, for consoles and seeds; sensitive values are masked. */
    static Optional<String> open(Flow<?> flow, FlowState state) {
        Turn look = new Turn(flow, state, List.of(), Instant.EPOCH.atZone(ZoneOffset.UTC));
        boolean sensitiveOffer = state.offer()
                .flatMap(offer -> flow.slot(offer.slot()))
                .filter(Slot::isSensitive)
                .isPresent();
        String words = question(look, Wording.FULL);
        for (Slot<?> slot : flow.slots()) {
            Optional<String> value = look.spoken(slot).filter(spoken -> slot.isSensitive() && !spoken.isEmpty());
            words = value.isPresent() ? words.replace(value.get(), MASK) : words;
        }
        return Optional.of(sensitiveOffer ? "One of several values was offered." : words)
                .filter(open -> !open.isEmpty());
    }

    private static String question(Turn turn, Wording wording) {
        FlowState state = turn.state;
        return switch (state.phase()) {
            case RUNNING, ENDED -> "";
            case DONE -> turn.text(Phrase.ANYTHING_ELSE);
            case COLLECTING -> {
                if (state.confirmation().isPresent()) {
                    yield confirmation(turn, state.confirmation().get(), wording);
                }
                if (state.offer().isPresent()) {
                    yield offer(turn, state.offer().get(), wording);
                }
                if (turn.flow.isService()) {
                    yield missing(turn).isPresent() ? slots(turn, wording) : ofService(turn, wording);
                }
                yield missing(turn)
                        .map(slot -> turn.rephrased().orElseGet(() -> slot(turn, slot, wording)))
                        .orElseGet(
                                () -> turn.text(wording == Wording.SHORT ? Phrase.ANYTHING_ELSE : Phrase.WHAT_TO_KNOW));
            }
        };
    }

    /** What was found is not offered again after a digression, nor is more help. */
    private static String ofService(Turn turn, Wording wording) {
        if (wording == Wording.SHORT) {
            return "";
        }
        boolean begun = !turn.state.agenda().equals(Agenda.EMPTY);
        return isIdle(turn) ? turn.text(begun ? Phrase.ANYTHING_ELSE : Phrase.WHAT_TO_DO) : Browsing.question(turn);
    }

    private static String slots(Turn turn, Wording wording) {
        return turn.rephrased()
                .orElseGet(() -> together(turn, wording).stream()
                        .map(slot -> slot(turn, slot, wording))
                        .filter(words -> !words.isEmpty())
                        .reduce((first, second) -> turn.text(Phrase.TWO_QUESTIONS, "first", first, "second", second))
                        .orElse(""));
    }

    private static String slot(Turn turn, Slot<?> slot, Wording wording) {
        Optional<String> rephrased = turn.state.repair().stuck().rephrased(slot.name());
        if (rephrased.isPresent()) {
            return rephrased.get();
        }
        if (wording != Wording.SHORT && areJustNamed(turn, slot)) {
            return turn.text(Phrase.WHICH_OF_THEM);
        }
        return switch (wording) {
            case FULL -> slot.prompt().orElse("");
            case SHORT -> slot.type().shortQuestion().in(turn.language(), "label", slot.label());
            case SIMPLE -> slot.simplerPrompt(turn.language());
        };
    }

    /** Whether a question that names what may be chosen would repeat what was just said. */
    private static boolean areJustNamed(Turn turn, Slot<?> slot) {
        return slot.prompt().filter(slot::namesTheChoices).isPresent()
                && turn.isSaying(slot.type().hint().in(turn.language(), "label", slot.label()));
    }

    private static String confirmation(Turn turn, Confirmation open, Wording wording) {
        if (open.purpose() != Purpose.CHANGE) {
            turn.confirmRevision(open.revision());
        }
        return switch (wording) {
            case FULL -> open.question();
            case SHORT -> turn.text(Phrase.SO, "question", lastSentence(turn, open.question()));
            case SIMPLE ->
                open.purpose() == Purpose.CHANGE
                        ? open.question()
                        : open.question() + " " + turn.text(Phrase.YES_OR_NO);
        };
    }

    private static String offer(Turn turn, Offer offer, Wording wording) {
        Slot<?> slot = turn.flow.slot(offer.slot()).orElseThrow();
        List<String> page =
                offer.page().stream().map(normal -> turn.spoken(slot, normal)).toList();
        turn.options(page);
        String either = turn.language().either(page);
        Optional<String> proposal = Proposing.question(turn, slot, offer);
        if (proposal.isPresent()) {
            return proposal.get();
        }
        if (offer.clarifying() && page.size() == 1) {
            return turn.text(Phrase.IS_THAT_RIGHT, "value", either);
        }
        if (offer.clarifying()) {
            return turn.text(Phrase.DID_YOU_MEAN, "options", either);
        }
        if (offer.exhausted()) {
            return slot.dependencies().stream()
                    .map(needed -> turn.flow.slot(needed.name()).orElse(needed))
                    .map(Slot::label)
                    .reduce((first, last) -> last)
                    .map(other -> turn.text(Phrase.OFFER_EXHAUSTED_OR_ANOTHER, "options", either, "label", other))
                    .orElseGet(() -> turn.text(Phrase.OFFER_EXHAUSTED, "options", either));
        }
        Phrase full = page.size() == 1 ? Phrase.OFFER_ONE : Phrase.OFFER_SEVERAL;
        return turn.text(wording == Wording.SHORT ? Phrase.OFFER_AGAIN : full, "options", either);
    }

    private static String lastSentence(Turn turn, String text) {
        List<String> sentences =
                turn.language().cues().sentenceEnd().splitAsStream(text).toList();
        return sentences.isEmpty() ? "" : sentences.getLast();
    }

    /** Whether all that the wanted task asks for is known and checked. */
    static boolean isComplete(Turn turn) {
        FlowState state = turn.state;
        Task<?> task = turn.task();
        return state.phase() == Phase.COLLECTING
                && task != Task.NONE
                && (turn.flow.isService() || !task.allSlots().isEmpty())
                && !state.agenda().waiting()
                && missing(turn).isEmpty()
                && task.allSlots().stream()
                        .flatMap(slot -> state.slots().find(slot.name()).stream())
                        .allMatch(SlotValues.Value::checked);
    }

    /** When everything is there: looks it up, reads it back, or is done. */
    private static void goOn(Turn turn) {
        RecordRules.apply(turn);
        Proposing.begin(turn);
        FlowState state = turn.state;
        Task<?> task = turn.task();
        boolean unanswered = state.confirmation().isPresent() || state.offer().isPresent();
        if (unanswered || !isComplete(turn)) {
            return;
        }
        if (task.search().isPresent()) {
            Browsing.lookUp(turn);
        } else if (task.confirmation().isPresent() || task.isTransaction()) {
            Confirming.readBack(turn);
        } else {
            EffectRunning.finish(turn, "");
        }
    }
}
