package dev.antiphon.flow;

import dev.antiphon.session.Conversation.EffectPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How something is looked up and offered.
 *
 * @param work finds items; it changes nothing, is run as often as the wishes change, and is never confirmed
 * @param policy timeout, retries, when filler speech is due, in the language's words
 * @param key the value that tells two items apart, as a slot's name: none is offered twice
 * @param tells the values that an offer speaks, as slots' names, in order
 * @param page how many items one offer names, at least 1
 * @param wording how one item is told in an offer; without it, value by value
 * @param takesTheOnlyOne whether an item that is found alone is taken without asking, as with a customer's number
 * @param isAll whether what is found is all that there is, so that callers may be told so; else it is the best of it
 */
public record Search<R>(
        EffectWork<? super R, List<Item>> work,
        EffectPolicy policy,
        String key,
        List<String> tells,
        int page,
        Optional<Function<Item, Saying>> wording,
        boolean takesTheOnlyOne,
        boolean isAll) {
    public Search {
        tells = List.copyOf(tells);
        if (page < 1) {
            throw new IllegalArgumentException("page must be at least 1, but was " + page);
        }
    }
}
