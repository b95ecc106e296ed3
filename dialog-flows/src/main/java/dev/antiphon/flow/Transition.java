package dev.antiphon.flow;

import java.util.List;

/** The result of one step: the next state and what is to be done, in order. */
public record Transition(FlowState next, List<FlowEffect> effects) {
    public Transition {
        effects = List.copyOf(effects);
    }
}
