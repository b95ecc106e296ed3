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

    /** Every endpoint at which one of the tiers can be had, once. */
    public List<ModelEndpoint> endpoints() {
        return tiers.stream()
                .flatMap(tier -> tier.places().stream())
                .map(Tier.Place::endpoint)
                .distinct()
                .toList();
    }

    /** Each tier with the places of the other ladder's tier of the same name behind its own. */
    public TierLadder orElse(TierLadder elsewhere) {
        return new TierLadder(tiers.stream()
                .map(tier -> elsewhere.named(tier.name()).map(tier::orElse).orElse(tier))
                .toList());
    }

    /** The next tier up, or empty at the top. */
    public Optional<Tier> above(Tier tier) {
        int index = tiers.stream().map(Tier::name).toList().indexOf(tier.name());
        return index >= 0 && index + 1 < tiers.size() ? Optional.of(tiers.get(index + 1)) : Optional.empty();
    }
}
