package dev.antiphon.tier;

/** Where the router has its policies from. It asks again and again, so they may change while calls run. */
@FunctionalInterface
public interface PolicySource {

    /** The policies now. Must not block; an equal value is no change. */
    RouterPolicies current();

    /** Always these. */
    static PolicySource of(RouterPolicies policies) {
        return () -> policies;
    }
}
