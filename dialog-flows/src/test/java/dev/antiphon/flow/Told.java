package dev.antiphon.flow;

import java.util.List;

/** What a step of a flow gave besides its state, in a form that can be compared: work is told by its name, a fault by its place. */
record Told(List<FlowEffect> effects, List<String> works, List<String> faults, List<SystemAct> acts) {

    static Told of(List<FlowEffect> effects, List<SystemAct> acts) {
        return new Told(
                effects.stream()
                        .filter(effect -> !(effect instanceof FlowEffect.Run || effect instanceof FlowEffect.Fault))
                        .toList(),
                effects.stream()
                        .filter(FlowEffect.Run.class::isInstance)
                        .map(FlowEffect.Run.class::cast)
                        .map(run -> run.effectId() + " " + run.name() + " " + run.revision() + " " + run.policy())
                        .toList(),
                effects.stream()
                        .filter(FlowEffect.Fault.class::isInstance)
                        .map(FlowEffect.Fault.class::cast)
                        .map(fault -> fault.where() + " " + fault.cause())
                        .toList(),
                acts);
    }
}
