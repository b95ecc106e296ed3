package dev.antiphon.flow;

import java.io.Serializable;
import java.util.function.BiFunction;

/**
 * An author's code that words a success, see {@link TaskBuilder#done} and {@link FlowBuilder#done}: a lambda or method reference that
 * does nothing but word. It can be serialized only so that the types of its values are known when the flow is built; it never is.
 *
 * @param <R> what the caller's values make
 * @param <X> what the last effect gives
 */
@FunctionalInterface
public interface SuccessWords<R, X> extends BiFunction<R, X, Saying>, Serializable {}
