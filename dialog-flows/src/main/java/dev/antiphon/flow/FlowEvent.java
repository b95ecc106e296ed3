package dev.antiphon.flow;

import dev.antiphon.flow.say.Phrase;
import dev.antiphon.session.ToolOutcome;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/** What the machine reacts to. */
public sealed interface FlowEvent {

    /**
     * Something is known of the caller, best before the call begins: nothing is said of it, open slots are filled, and what is filled
     * so is read back like any other value.
     *
     * @param values normal forms by slot name; names that are no slots are for the author's rules
     */
    record CallerKnown(Map<String, String> values) implements FlowEvent {
        public CallerKnown {
            values = Map.copyOf(values);
        }
    }

    /**
     * The call is connected.
     *
     * @param again whether the dialog had begun before, in a call that was cut off
     */
    record Started(boolean again) implements FlowEvent {
        /** For the first time. */
        public Started() {
            this(false);
        }
    }

    /**
     * All that the caller meant in one turn: it is taken together, and answered exactly once.
     *
     * @param callId what is answered
     * @param aside whether the caller goes on to something else in the same breath, so that nothing is asked here
     */
    record CallerTurn(String callId, List<DialogueAct> acts, boolean aside, ZonedDateTime at) implements FlowEvent {
        public CallerTurn {
            acts = List.copyOf(acts);
        }

        /** A turn that means one thing. */
        public static CallerTurn of(String callId, DialogueAct act, ZonedDateTime at) {
            return new CallerTurn(callId, List.of(act), false, at);
        }
    }

    /** An effect has settled; after a timeout perhaps once more. */
    record EffectSettled(String effectId, ToolOutcome outcome) implements FlowEvent {}

    /** An effect takes long. */
    record EffectSlow(String effectId) implements FlowEvent {}

    /** The agent finished speaking; {@code actedOn}: the caller's last turn led to an act. */
    record AgentSpoke(String text, boolean actedOn) implements FlowEvent {}

    /** Nobody spoke; {@code count} times in a row, from 1. */
    record CallerSilent(int count) implements FlowEvent {}

    /** The caller cut in: the agent's last words were heard to this share, 0 to 1. */
    record AgentCutOff(double heardShare) implements FlowEvent {}

    /**
     * Nobody took over a run that ended as handed over: the caller is told, and it goes on if nothing is done or being done that this could
     * repeat.
     *
     * @param words what the caller is told
     * @param why the result, for people who read how the call ended
     * @param last whether it ends in any case
     */
    record NotTakenOver(Phrase words, String why, boolean last) implements FlowEvent {}

    /**
     * The call struggles so much that a person should take it. It is handed over, or its caller asked first, as a caller's own wish would
     * be; nothing happens while something runs, at the end, or without a target.
     *
     * @param reason for people who read how the call ended
     */
    record PersonNeeded(String reason) implements FlowEvent {}

    /** The caller is gone: the run ends, completed when its goal was reached. */
    record CallerHungUp(String reason) implements FlowEvent {}
}
