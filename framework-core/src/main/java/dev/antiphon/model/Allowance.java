package dev.antiphon.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** A copy with another number of requests. */
    public Allowance withRequestsPerMinute(int most) {
        return new Allowance(sessions, Optional.of(most), tokensPerMinute);
    }

    /** A copy with another number of tokens. */
    public Allowance withTokensPerMinute(int most) {
        return new Allowance(sessions, requestsPerMinute, Optional.of(most));
    }

    /** The smaller one of each limit. */
    public Allowance and(Allowance other) {
        return new Allowance(
                smaller(sessions, other.sessions),
                smaller(requestsPerMinute, other.requestsPerMinute),
                smaller(tokensPerMinute, other.tokensPerMinute));
    }

    private static Optional<Integer> smaller(Optional<Integer> one, Optional<Integer> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }
}
