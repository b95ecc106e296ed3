package dev.antiphon.flow;

/** Sees every step of every flow of a call, for coverage and tools. Called on the call's thread; must not throw. */
@FunctionalInterface
public interface FlowObserver {
    /** Sees nothing. */
    FlowObserver NONE = (flow, before, event, step) -> {};

    /** A flow took a step: from {@code before} through {@code event}. */
    void stepped(Flow<?> flow, FlowState before, FlowEvent event, Transition step);
}
