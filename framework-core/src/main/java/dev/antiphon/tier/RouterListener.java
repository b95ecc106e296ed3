package dev.antiphon.tier;

/** Hears of what the router decides and measures, on the router's thread: must not block. What it throws is logged once and ignored. */
public interface RouterListener {

    /** It decided. */
    default void decided(RouterDecision decision) {}

    /**
     * The evidence or the state of a tier may have changed.
     *
     * @param evidence see {@link ShiryaevRoberts#value}
     */
    default void measured(String flow, String tier, RouterDecision.State state, double evidence) {}

    /**
     * The guard against causes that are not the model may have changed.
     *
     * @param calls finished calls of the flow for which nothing moves up any more; 0 when the guard is not active
     */
    default void guarded(String flow, String tier, int calls) {}
}
