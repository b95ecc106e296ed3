package dev.antiphon.admission;

import dev.antiphon.model.Allowance;
import dev.antiphon.realtime.ServerEvent.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the calls of a key need, and what the service says is left. Pure and immutable.
 *
 * <p>What a call needs in a minute is learned from calls that have ended (a moving average, a tenth for each call), because a call that has just begun
 * has used nothing yet; it begins at what a booking call needs on the emulator.
 *
 * @param live calls that are answered and not over
 * @param tokens that a call needs in a minute, estimated
 * @param requests that a call makes in a minute, estimated
 * @param exhausted a limit that the service has reported as used up, until it is reset
 */
record Demand(int live, double tokens, double requests, Optional<ServiceLimit> exhausted) {
    private static final double TOKENS_AT_FIRST = 6_000;
    private static final double REQUESTS_AT_FIRST = 8;
    private static final double SHARE_OF_THE_NEW = 0.1;
    /** A shorter call tells little about a minute. */
    private static final Duration SHORTEST = Duration.ofSeconds(20);

    private static final Duration LATER = Duration.ofSeconds(10);

    static Demand none() {
        return new Demand(0, TOKENS_AT_FIRST, REQUESTS_AT_FIRST, Optional.empty());
    }

    /** Whether one more call fits. */
    Verdict verdict(Allowance allowance, Instant now) {
        Optional<ServiceLimit> usedUp = usedUp(now);
        if (usedUp.isPresent()) {
            return refused(usedUp.get(), now);
        }
        return over(Verdict.Cause.SESSIONS, "sessions at once", allowance.sessions(), live + 1)
                .or(() -> over(
                        Verdict.Cause.REQUESTS,
                        "requests per minute",
                        allowance.requestsPerMinute(),
                        (live + 1) * requests))
                .or(() -> over(
                        Verdict.Cause.TOKENS, "tokens per minute", allowance.tokensPerMinute(), (live + 1) * tokens))
                .orElseGet(Verdict.Admitted::new);
    }

    /** What the service has reported as used up, while that holds. */
    Optional<ServiceLimit> usedUp(Instant now) {
        return exhausted.filter(limit -> now.isBefore(limit.until()));
    }

    private Optional<Verdict> over(Verdict.Cause cause, String what, Optional<Integer> limit, double needed) {
        return limit.filter(most -> needed > most)
                .map(most -> String.format(
                        Locale.ROOT,
                        "%,d %s in progress, and one more would need %,.0f %s of %,d",
                        live,
                        live == 1 ? "call is" : "calls are",
                        needed,
                        what,
                        most))
                .map(reason -> new Verdict.Refused(cause, reason, LATER));
    }

    private static Verdict refused(ServiceLimit limit, Instant now) {
        Duration left = Duration.between(now, limit.until());
        return new Verdict.Refused(
                Verdict.Cause.SERVICE,
                String.format(
                        Locale.ROOT,
                        "the model's service has %,d of %,d %s per minute left",
                        limit.remaining(),
                        limit.limit(),
                        limit.name()),
                left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left);
    }

    Demand begun() {
        return new Demand(live + 1, tokens, requests, exhausted);
    }

    Demand over() {
        return new Demand(Math.max(0, live - 1), tokens, requests, exhausted);
    }

    /** A call has ended, after so many tokens and requests. */
    Demand learned(long usedTokens, int usedRequests, Duration length) {
        if (length.compareTo(SHORTEST) < 0) {
            return this;
        }
        double minutes = length.toMillis() / 60_000.0;
        return new Demand(
                live,
                tokens + SHARE_OF_THE_NEW * (usedTokens / minutes - tokens),
                requests + SHARE_OF_THE_NEW * (usedRequests / minutes - requests),
                exhausted);
    }

    /** The service has said what is left of limits that fill up again evenly. Zero limits are none: gateways send such. */
    Demand reported(List<RateLimit> limits, Instant now) {
        Optional<ServiceLimit> empty = limits.stream()
                .filter(limit -> limit.limit() > 0 && limit.remaining() < needed(limit))
                .findFirst()
                .map(limit ->
                        new ServiceLimit(limit.name(), limit.remaining(), limit.limit(), now.plus(refill(limit))));
        return new Demand(live, tokens, requests, empty);
    }

    /** Until enough for another call is there; {@code reset} is until all is. */
    private Duration refill(RateLimit limit) {
        double share = (needed(limit) - limit.remaining()) / (limit.limit() - limit.remaining());
        return Duration.ofMillis((long) Math.ceil(limit.reset().toMillis() * share));
    }

    /** At most the whole limit: a small one must not lock everybody out. */
    private double needed(RateLimit limit) {
        double usual = switch (limit.name()) {
            case "tokens" -> tokens;
            case "requests" -> requests;
            default -> 0;
        };
        return Math.min(usual, limit.limit());
    }
}
