package dev.antiphon.flow;

import java.util.Optional;

/**
 * What came of a transaction, where "it worked" or an exception is not all that can happen: an effect returns one of these as its
 * result. Success cannot be told from values, so it is said.
 */
public sealed interface Done {

    /**
     * It is done.
     *
     * @param item what there is now, for questions about it
     * @param result what {@link FlowBuilder#done} and the outcome tell
     */
    record Made(Optional<Item> item, Object result) implements Done {}

    /** It is not done; what differs in this item is possible instead, and done after a yes to it. */
    record Alternative(Item instead) implements Done {}

    /** It is not done. The values are kept, for a caller who changes some of them. {@code reason} is a sentence, or empty. */
    record Refused(String reason) implements Done {}
}
