package dev.antiphon.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The usage tiers of a provider for models that share their limits, as data. They age, so each has a day and a source.
 *
 * @param name of this group, in the catalogue
 * @param provider whose they are, by its name in the catalogue
 * @param models the names of their cards; each model has the limits for itself
 * @param asOf the day of their reading
 * @param source where they were read
 * @param tiers the lowest first
 */
public record UsageTiers(
        String name, String provider, List<String> models, LocalDate asOf, String source, List<UsageTier> tiers) {
    public UsageTiers {
        models = List.copyOf(models);
        tiers = List.copyOf(tiers);
    }

    /** The tier of this name. */
    public Optional<UsageTier> named(String tier) {
        return tiers.stream().filter(known -> known.name().equals(tier)).findFirst();
    }

    /** For people: the names of the tiers, the lowest first. */
    public String names() {
        return tiers.stream().map(UsageTier::name).collect(Collectors.joining(", "));
    }
}
