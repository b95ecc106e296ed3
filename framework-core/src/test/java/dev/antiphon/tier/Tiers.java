package dev.antiphon.tier;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Tiers for tests. */
final class Tiers {
    private Tiers() {}

    static Tier tier(String name) {
        return tier(name, PriceCard.FREE);
    }

    static Tier tier(String name, PriceCard prices) {
        return new Tier(
                name,
                new ModelEndpoint("test", name, URI.create("ws://127.0.0.1/" + name), Map.of(), List.of()),
                prices);
    }

    static TierLadder ladder(String... names) {
        return new TierLadder(Arrays.stream(names).map(Tiers::tier).toList());
    }
}
