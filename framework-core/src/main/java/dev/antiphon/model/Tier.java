package dev.antiphon.model;

import java.util.Map;

/**
 * One rung of the ladder of models that a call may run on.
 *
 * @param name bounded and stable, for meters: for example {@code mini} or {@code full}
 * @param endpoint where its model is
 * @param prices what its tokens cost
 * @param transcription what transcription models cost there, by name; one that is missing costs nobody knows what
 */
public record Tier(
        String name, ModelEndpoint endpoint, PriceCard prices, Map<String, TranscriptionPrice> transcription) {
    public Tier {
        transcription = Map.copyOf(transcription);
    }

    /** A tier that knows no prices of transcription. */
    public Tier(String name, ModelEndpoint endpoint, PriceCard prices) {
        this(name, endpoint, prices, Map.of());
    }
}
