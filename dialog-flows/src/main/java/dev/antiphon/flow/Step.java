package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One box of a flow's diagram.
 *
 * @param id unique in the flow: a slot's or effect's name, or one of the fixed ones
 * @param kind what happens there
 * @param label for people
 */
public record Step(String id, Kind kind, String label) {
    /** What happens in a step. */
    public enum Kind {
        /** The call begins. */
        START,
        /** A value is asked. */
        SLOT,
        /** The values are read back. */
        CONFIRM,
        /** Something is done. */
        EFFECT,
        /** Questions are answered. */
        ANSWERS,
        /** The goal is reached. */
        DONE,
        /** A person takes over. */
        HAND_OVER
    }

    static final String START = "start";
    static final String CONFIRM = "confirm";
    static final String ANSWERS = "answers";
    static final String DONE = "done";
    static final String HAND_OVER = "hand_over";
    static final Set<String> RESERVED = Set.of(START, CONFIRM, ANSWERS, DONE, HAND_OVER);

    /** What stands behind a slot's name in a drawing. */
    static String remark(Slot<?> slot) {
        return slot.isOptional()
                ? " (optional)"
                : slot.occasion().map(words -> " (when " + words + ")").orElse("");
    }

    static List<Step> of(Flow<?> flow) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(START, Kind.START, flow.name()));
        for (Slot<?> slot : flow.slots()) {
            steps.add(new Step(slot.name(), Kind.SLOT, slot.label() + remark(slot)));
        }
        if (flow.confirms()) {
            steps.add(new Step(CONFIRM, Kind.CONFIRM, "read back, yes?"));
        }
        flow.effects().forEach(effect -> steps.add(new Step(effect.name(), Kind.EFFECT, effect.name())));
        if (flow.slots().isEmpty()) {
            steps.add(new Step(ANSWERS, Kind.ANSWERS, "answer questions"));
        }
        steps.add(new Step(DONE, Kind.DONE, "done"));
        flow.handOverTarget().ifPresent(target -> steps.add(new Step(HAND_OVER, Kind.HAND_OVER, target)));
        return List.copyOf(steps);
    }
}
