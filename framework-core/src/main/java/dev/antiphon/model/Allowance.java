package dev.antiphon.model;

import java.util.Optional;

/**
 * What one key may use at once, at its provider. Empty parts have no limit.
 *
 * @param sessions open at the same time, at least 1
 * @param requestsPerMinute responses asked for in a minute, at least 1
 * @param tokensPerMinute read and written in a minute, at least 1
 */
public record Allowance(
        Optional<Integer> sessions, Optional<Integer> requestsPerMinute, Optional<Integer> tokensPerMinute) {

    /** No limits. */
    public static final Allowance UNLIMITED = new Allowance(Optional.empty(), Optional.empty(), Optional.empty());

    public Allowance {
        atLeastOne("sessions", sessions);
        atLeastOne("requestsPerMinute", requestsPerMinute);
        atLeastOne("tokensPerMinute", tokensPerMinute);
    }

    private static void atLeastOne(String name, Optional<Integer> value) {
        value.filter(number -> number < 1).ifPresent(number -> {
            throw new IllegalArgumentException(name + " must be at least 1, but was " + number);
        });
    }

    /** A copy with another number of sessions. */
    public Allowance withSessions(int most) {
        return new Allowance(Optional.of(most), requestsPerMinute, tokensPerMinute);
    }
}
