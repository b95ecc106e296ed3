package dev.antiphon.model;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What the catalogue knows of one model (protocol section 16).
 *
 * @param name as the provider spells it
 * @param snapshots other names of the same model: dated snapshots and older aliases
 * @param contextTokens largest conversation, in tokens, answer included
 * @param maxOutputTokens largest answer, in tokens
 * @param reasoningEffort whether {@code reasoning.effort} may be set
 * @param prices at its original provider; gateways reprice
 * @param shutdown the day on which its original provider ends it
 * @param successor what the catalogue suggests instead
 * @param voices it can speak with, the recommended ones first
 */
public record ModelCard(
        String name,
        List<String> snapshots,
        int contextTokens,
        int maxOutputTokens,
        boolean reasoningEffort,
        PriceCard prices,
        Optional<LocalDate> shutdown,
        Optional<String> successor,
        List<String> voices) {

    /** How long before its end a model is warned about. */
    private static final int WARNING_DAYS = 90;

    public ModelCard {
        snapshots = List.copyOf(snapshots);
        voices = List.copyOf(voices);
    }

    /** For people: that the model has ended or is to end within 90 days, and what to use instead. */
    public Optional<String> warning(LocalDate today) {
        return shutdown.filter(end -> today.plusDays(WARNING_DAYS).isAfter(end)).map(end -> ending(today, end));
    }

    private String ending(LocalDate today, LocalDate end) {
        String instead = successor.map(next -> " Use " + next + " instead.").orElse("");
        return today.isBefore(end)
                ? "Model " + name + " will be shut down on " + end + ", in " + ChronoUnit.DAYS.between(today, end)
                        + " days." + instead
                : "Model " + name + " was shut down by its provider on " + end + "." + instead;
    }
}
