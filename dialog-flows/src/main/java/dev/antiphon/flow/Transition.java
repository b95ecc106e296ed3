package dev.antiphon.flow;

import java.util.List;

/**
 * The result of one step.
 *
 * @param next the next state
 * @param effects what is to be done, in order
 * @param acts what the agent is given to say, as acts
 */
public record Transition(FlowState next, List<FlowEffect> effects, List<SystemAct> acts) {
    public Transition {
        effects = List.copyOf(effects);
        acts = List.copyOf(acts);
    }
}
