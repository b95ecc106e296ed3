package dev.antiphon.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One rung of the ladder of models that a call may run on. It may be had at several places; calls are moved and counted by its
 * name.
 *
 * @param name bounded and stable, for meters: for example {@code mini} or {@code full}
 * @param endpoint where its model is
 * @param prices what its tokens cost
 * @param transcription what transcription models cost there, by name; one that is missing costs nobody knows what
 * @param others where else the same tier can be had when this endpoint is sick, in the order of preference
 * @param reasoningEffort whether its model there can be told to reason more or less
 * @param voices with which its model there can speak; empty when nobody knows
 */
public record Tier(
        String name,
        ModelEndpoint endpoint,
        PriceCard prices,
        Map<String, TranscriptionPrice> transcription,
        List<Place> others,
        boolean reasoningEffort,
        List<String> voices) {
    public Tier {
        transcription = Map.copyOf(transcription);
        others = List.copyOf(others);
        voices = List.copyOf(voices);
    }

    /**
     * One place where a tier can be had, with its prices.
     *
     * @param endpoint how it is reached
     * @param prices what tokens cost there
     * @param transcription what transcription models cost there, by name
     * @param reasoningEffort whether its model can be told to reason more or less
     * @param voices with which it can speak; empty when nobody knows
     */
    public record Place(
            ModelEndpoint endpoint,
            PriceCard prices,
            Map<String, TranscriptionPrice> transcription,
            boolean reasoningEffort,
            List<String> voices) {
        public Place {
            transcription = Map.copyOf(transcription);
            voices = List.copyOf(voices);
        }
    }

    /** A tier that can be had in one place, without reasoning effort. */
    public Tier(String name, ModelEndpoint endpoint, PriceCard prices, Map<String, TranscriptionPrice> transcription) {
        this(name, endpoint, prices, transcription, List.of(), false, List.of());
    }

    /** A tier that can be had in one place and knows no prices of transcription. */
    public Tier(String name, ModelEndpoint endpoint, PriceCard prices) {
        this(name, endpoint, prices, Map.of());
    }

    /** A copy whose model at its first place can, or cannot, be told to reason more or less. */
    public Tier withReasoningEffort(boolean has) {
        return new Tier(name, endpoint, prices, transcription, others, has, voices);
    }

    /** A copy whose model at its first place speaks with these voices. */
    public Tier withVoices(List<String> known) {
        return new Tier(name, endpoint, prices, transcription, others, reasoningEffort, known);
    }

    /** Every place, this one first. */
    public List<Place> places() {
        List<Place> all = new ArrayList<>(List.of(new Place(endpoint, prices, transcription, reasoningEffort, voices)));
        all.addAll(others);
        return all;
    }

    /** The same tier at one of its {@link #places}; the other ones keep their order. */
    public Tier at(Place place) {
        List<Place> rest = new ArrayList<>(places());
        rest.remove(place);
        return new Tier(
                name,
                place.endpoint(),
                place.prices(),
                place.transcription(),
                rest,
                place.reasoningEffort(),
                place.voices());
    }

    /** With another tier's places behind its own: the same rung, to be had there too. */
    public Tier orElse(Tier elsewhere) {
        List<Place> all = new ArrayList<>(others);
        all.addAll(elsewhere.places());
        return new Tier(name, endpoint, prices, transcription, all, reasoningEffort, voices);
    }

    /** Whether it is the same rung of a ladder, wherever it is had. */
    public boolean isSameAs(Tier other) {
        return name.equals(other.name);
    }
}
