package dev.antiphon.session;

import dev.antiphon.model.Money;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a call has cost, exactly. Immutable.
 *
 * @param model what the answering models cost, by tier, in the order of use
 * @param transcription what the transcription of the caller's audio cost
 * @param unknown how many usages the service did not tell, or told so that no price is known for them: they are not in the sums
 */
public record CallCost(Map<String, Money> model, Money transcription, int unknown) {

    /** Nothing was used. */
    public static final CallCost NONE = new CallCost(Map.of(), Money.ZERO, 0);

    public CallCost {
        model = Collections.unmodifiableMap(new LinkedHashMap<>(model));
    }

    /** All of it that is known. */
    public Money total() {
        return model.values().stream().reduce(transcription, Money::plus);
    }

    /** Whether every usage is in the sums. */
    public boolean isComplete() {
        return unknown == 0;
    }

    /** With a response on this tier. */
    public CallCost plusModel(String tier, Money cost) {
        Map<String, Money> next = new LinkedHashMap<>(model);
        next.merge(tier, cost, Money::plus);
        return new CallCost(next, transcription, unknown);
    }

    /** With a transcription. */
    public CallCost plusTranscription(Money cost) {
        return new CallCost(model, transcription.plus(cost), unknown);
    }

    /** With a usage that nobody knows. */
    public CallCost plusUnknown() {
        return new CallCost(model, transcription, unknown + 1);
    }
}
