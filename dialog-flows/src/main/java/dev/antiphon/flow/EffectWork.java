package dev.antiphon.flow;

/** The author's code of an effect. It runs on a thread of the tool pool and may block and throw. */
@FunctionalInterface
public interface EffectWork<R, X> {

    /** Does it; the result is handed to {@link FlowBuilder#done}. */
    X run(R values) throws Exception;
}
