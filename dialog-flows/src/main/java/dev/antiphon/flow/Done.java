package dev.antiphon.flow;

import java.util.Optional;

/**
 * What came of a transaction of a service, where "it worked" or an exception is not all that can happen, see
 * {@link TaskBuilder#attempt}. Success cannot be told from values, so it is said.
 *
 * @param <X> what success gives, as {@link TaskBuilder#done} gets it
 */
public sealed interface Done<X> {

    /**
     * It is done.
     *
     * @param item what there is now, for questions about it
     * @param result what {@link TaskBuilder#done} and the outcome tell
     */
    record Made<X>(Optional<Item> item, X result) implements Done<X> {}

    /** It is not done; what differs in this item is possible instead, and done after a yes to it. */
    record Alternative<X>(Item instead) implements Done<X> {}

    /** It is not done. The values are kept, for a caller who changes some of them. {@code reason} is a sentence, or empty. */
    record Refused<X>(String reason) implements Done<X> {}
}
