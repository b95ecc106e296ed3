package dev.antiphon.model;

/**
 * One rung of the ladder of models that a call may run on.
 *
 * @param name bounded and stable, for meters: for example {@code mini} or {@code full}
 * @param endpoint where its model is
 * @param prices what its tokens cost
 */
public record Tier(String name, ModelEndpoint endpoint, PriceCard prices) {}
