package dev.antiphon.model;

import java.util.List;
import java.util.Optional;

/**
 * The tiers of a flow from the cheapest to the most able.
 *
 * @param tiers at least one, with distinct names
 */
public record TierLadder(List<Tier> tiers) {
    public TierLadder {
        tiers = List.copyOf(tiers);
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("a tier ladder needs at least one tier");
        }
        if (tiers.stream().map(Tier::name).distinct().count() != tiers.size()) {
            throw new IllegalArgumentException("tier names must be distinct, but were "
                    + tiers.stream().map(Tier::name).toList());
        }
    }

    /** Where calls start. */
    public Tier lowest() {
        return tiers.get(0);
    }

    /** The tier of this name. */
    public Optional<Tier> named(String name) {
        return tiers.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /** The next tier up, or empty at the top. */
    public Optional<Tier> above(Tier tier) {
        int index = tiers.indexOf(tier);
        return index >= 0 && index + 1 < tiers.size() ? Optional.of(tiers.get(index + 1)) : Optional.empty();
    }
}
