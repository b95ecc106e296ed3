package dev.antiphon.flow.test;

/**
 * One thing that can happen in a flow, as its tests may visit it.
 *
 * @param of what it belongs to: {@code slot date}, {@code effect book}, {@code call}
 * @param what what happens: {@code asked}, {@code timed out}
 * @param task the task of a service that it belongs to; empty when it belongs to the flow
 * @param step the step of the flow's drawing that it belongs to; empty when none
 */
public record FlowPart(String of, String what, String task, String step) {
    /** As reports and {@link FlowCoverage#except} name it: {@code slot date: asked}. */
    @Override
    public String toString() {
        return of + ": " + what;
    }
}
