package dev.antiphon.flow;

import dev.antiphon.session.Outcome;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Where one run of a flow stands: a small immutable value of strings and numbers.
 *
 * @param phase how far it is
 * @param slots the values so far
 * @param confirmation the yes-or-no question that is open
 * @param offer the options that are open
 * @param effects what was done and what is running
 * @param repair what is needed to recover from misunderstandings
 * @param outcome how it ended
 * @param agenda what of a service is wanted, was offered and was done
 * @param inquiry what the caller asked, and which answer was found
 * @param today when the caller last said something, by which the year of a date is said or not; empty before
 */
public record FlowState(
        Phase phase,
        SlotValues slots,
        Optional<Confirmation> confirmation,
        Optional<Offer> offer,
        EffectProgress effects,
        Repair repair,
        Optional<Outcome> outcome,
        Agenda agenda,
        Inquiry inquiry,
        Optional<LocalDate> today) {

    /** How far a run is. */
    public enum Phase {
        /** Values are collected, read back, corrected. */
        COLLECTING,
        /** An effect is running; values cannot change. */
        RUNNING,
        /** The goal is reached; nothing can change any more. */
        DONE,
        /** The call ends. */
        ENDED
    }

    /**
     * An open yes-or-no question.
     *
     * @param revision what a yes must carry; never used twice for different questions
     * @param purpose what a yes does
     * @param question what was asked
     * @param heard whether the agent has said it since and was not cut off; before that nobody can have said yes
     */
    public record Confirmation(int revision, Purpose purpose, String question, boolean heard) {
        Confirmation spoken() {
            return new Confirmation(revision, purpose, question, true);
        }
    }

    /** What a yes does. */
    public enum Purpose {
        /** The values are right: run the effects. */
        VALUES,
        /** Run the failed effect again. */
        RETRY,
        /** Really stop. */
        CANCEL,
        /** Hand over to a person. */
        PERSON,
        /** End the call before the goal. */
        LEAVE,
        /** Begin the proposed task. */
        START,
        /** Do what is possible instead. */
        ALTERNATIVE,
        /** Not a confirmation: the caller said no and is asked what to change. */
        CHANGE;

        /** Whether a yes to it may run an effect. */
        boolean does() {
            return this == VALUES || this == RETRY || this == ALTERNATIVE;
        }

        /** Whether a no to it goes on where the dialog stood. */
        boolean leaves() {
            return this == CANCEL || this == PERSON || this == LEAVE;
        }
    }

    /**
     * Options for one slot.
     *
     * @param slot its name
     * @param options normal forms, best first
     * @param from index of the first option that was read out last
     * @param to index after the last option that was read out
     * @param exhausted whether the caller was told that there are no more
     * @param clarifying whether these are possible meanings of what the caller said
     * @param isAll whether there are no others
     */
    public record Offer(
            String slot, List<String> options, int from, int to, boolean exhausted, boolean clarifying, boolean isAll) {
        static final int PAGE = 3;

        public Offer {
            options = List.copyOf(options);
        }

        static Offer first(String slot, List<String> options, boolean clarifying) {
            return first(slot, options, clarifying, clarifying);
        }

        static Offer first(String slot, List<String> options, boolean clarifying, boolean isAll) {
            return new Offer(slot, options, 0, Math.min(PAGE, options.size()), false, clarifying, isAll);
        }

        List<String> page() {
            return options.subList(from, to);
        }

        Offer next() {
            return to < options.size()
                    ? new Offer(slot, options, to, Math.min(to + PAGE, options.size()), false, clarifying, isAll)
                    : new Offer(slot, options, from, to, true, clarifying, isAll);
        }
    }

    /** The state before anything happened. */
    public static FlowState initial() {
        return new FlowState(
                Phase.COLLECTING,
                SlotValues.EMPTY,
                Optional.empty(),
                Optional.empty(),
                EffectProgress.NONE,
                Repair.NONE,
                Optional.empty(),
                Agenda.EMPTY,
                Inquiry.NONE,
                Optional.empty());
    }

    FlowState on(LocalDate day) {
        return new FlowState(
                phase, slots, confirmation, offer, effects, repair, outcome, agenda, inquiry, Optional.of(day));
    }

    FlowState with(Phase next) {
        return new FlowState(next, slots, confirmation, offer, effects, repair, outcome, agenda, inquiry, today);
    }

    /** Changed values close the open confirmation: it was about others. */
    FlowState with(SlotValues next) {
        Optional<Confirmation> still = next.revision() == slots.revision() ? confirmation : Optional.empty();
        return new FlowState(phase, next, still, offer, effects, repair, outcome, agenda, inquiry, today);
    }

    /** What was offered is over, unless it is only asked whether to leave it. */
    FlowState confirming(Confirmation next) {
        Optional<Offer> still = next.purpose().leaves() ? offer : Optional.empty();
        return new FlowState(phase, slots, Optional.of(next), still, effects, repair, outcome, agenda, inquiry, today);
    }

    FlowState confirmingNothing() {
        return new FlowState(phase, slots, Optional.empty(), offer, effects, repair, outcome, agenda, inquiry, today);
    }

    FlowState offering(Offer next) {
        return new FlowState(
                phase, slots, Optional.empty(), Optional.of(next), effects, repair, outcome, agenda, inquiry, today);
    }

    FlowState offeringNothing() {
        return new FlowState(
                phase, slots, confirmation, Optional.empty(), effects, repair, outcome, agenda, inquiry, today);
    }

    FlowState with(EffectProgress next) {
        return new FlowState(phase, slots, confirmation, offer, next, repair, outcome, agenda, inquiry, today);
    }

    FlowState with(Repair next) {
        return new FlowState(phase, slots, confirmation, offer, effects, next, outcome, agenda, inquiry, today);
    }

    FlowState with(Stuck counts) {
        return with(repair.with(counts));
    }

    FlowState with(Agenda next) {
        return new FlowState(phase, slots, confirmation, offer, effects, repair, outcome, next, inquiry, today);
    }

    FlowState with(Inquiry next) {
        return new FlowState(phase, slots, confirmation, offer, effects, repair, outcome, agenda, next, today);
    }

    /** What is known of the caller, and what others come after, are those of another run in the same call. */
    FlowState heir(FlowState of) {
        return with(slots.knowing(of.slots.known())).with(agenda.knowing(of.agenda.settled()));
    }

    /** What is open is no longer asked; a yes to it needs that it is asked again. */
    FlowState leftAlone() {
        Optional<Confirmation> unheard =
                confirmation.map(open -> new Confirmation(open.revision(), open.purpose(), open.question(), false));
        return new FlowState(
                phase, slots, unheard, offer, effects, repair.asking(""), outcome, agenda, inquiry.closed(), today);
    }

    FlowState heardConfirmation() {
        return new FlowState(
                phase,
                slots,
                confirmation.map(Confirmation::spoken),
                offer,
                effects,
                repair,
                outcome,
                agenda,
                inquiry,
                today);
    }

    /** It goes on with the values that it has; what was asked is asked anew. */
    FlowState reopened() {
        return new FlowState(
                Phase.COLLECTING,
                slots,
                Optional.empty(),
                Optional.empty(),
                effects,
                repair.asking(""),
                Optional.empty(),
                agenda,
                inquiry.closed(),
                today);
    }

    FlowState ended(Outcome how) {
        return new FlowState(
                Phase.ENDED,
                slots,
                Optional.empty(),
                Optional.empty(),
                effects,
                repair,
                Optional.of(how),
                agenda,
                inquiry,
                today);
    }
}
