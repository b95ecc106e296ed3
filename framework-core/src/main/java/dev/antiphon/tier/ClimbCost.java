package dev.antiphon.tier;

import dev.antiphon.model.Money;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.realtime.Usage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What climbing would cost a call. Nobody knows how long a call goes on; it is assumed that as much comes as has been. Pure.
 *
 * <ul>
 *   <li>A larger model: the tokens so far at its prices, less the same at the prices of the model in use, at least nothing.
 *   <li>More effort: as many output tokens of text as the model has given tokens so far, which is what reasoning is billed as.
 *   <li>A person: not known.
 * </ul>
 */
public final class ClimbCost {
    private ClimbCost() {}

    /**
     * The estimate of each rung; none of a rung whose prices are not known, which is what {@link PriceCard#FREE} says.
     *
     * @param now the tier in use
     * @param above the next one, if there is one
     * @param usage of the call so far
     */
    public static Map<Rung, Money> of(List<Rung> rungs, Tier now, Optional<Tier> above, Usage usage) {
        Map<Rung, Money> estimates = new HashMap<>();
        rungs.forEach(rung -> estimate(rung, now, above, usage).ifPresent(estimate -> estimates.put(rung, estimate)));
        return estimates;
    }

    private static Optional<Money> estimate(Rung rung, Tier now, Optional<Tier> above, Usage usage) {
        return switch (rung) {
            case Rung.RaiseEffort ignored ->
                known(now.prices())
                        .map(prices -> new Money(prices.textOut()
                                .multiply(
                                        BigDecimal.valueOf((long) usage.outputTextTokens() + usage.outputAudioTokens()))
                                .movePointLeft(6)));
            case Rung.LargerModel ignored ->
                known(now.prices())
                        .flatMap(prices -> above.flatMap(next -> known(next.prices()))
                                .map(dearer -> more(dearer.cost(usage), prices.cost(usage))));
            case Rung.Person ignored -> Optional.empty();
        };
    }

    private static Optional<PriceCard> known(PriceCard prices) {
        return Optional.of(prices).filter(card -> !card.equals(PriceCard.FREE));
    }

    private static Money more(Money dearer, Money cheaper) {
        return new Money(dearer.usd().subtract(cheaper.usd()).max(BigDecimal.ZERO));
    }
}
