package dev.antiphon.tool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.time.TimeLimit;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What stands between the calls of one tool and its code: its places, its rate, its circuit breaker and its cache. Not
 * thread-safe; confined to the dispatcher, and outlives its restarts.
 */
final class ToolGate {
    private final String name;
    private final ToolPolicy policy;
    private final CallClock clock;
    private final Bulkhead places;
    private final Optional<RecentStarts> starts;
    private final Optional<CircuitBreaker> breaker;
    private final Optional<Cache<String, Stored>> cache;
    final ToolCounts counts = new ToolCounts();

    /** A result, and when it came. */
    private record Stored(ToolOutcome.Ok result, long nanos) {}

    /** What the cache has: a result to tell, and whether the tool must be asked anew. */
    record Cached(ToolOutcome.Ok result, boolean stale) {}

    ToolGate(String name, ToolPolicy policy, CallClock clock) {
        this.name = name;
        this.policy = policy;
        this.clock = clock;
        this.places = new Bulkhead(policy.maxConcurrent(), policy.maxQueued());
        this.starts = policy.rate().map(RecentStarts::new);
        this.breaker = policy.breaker().map(rules -> breaker(name, rules, clock));
        this.cache = policy.cache().map(rules -> cache(rules, clock));
    }

    private static CircuitBreaker breaker(String name, ToolPolicy.Breaker rules, CallClock clock) {
        return CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .failureRateThreshold(rules.failurePercent())
                        .slidingWindow(
                                rules.ofLast(), rules.atLeast(), CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .waitDurationInOpenState(rules.openFor())
                        .permittedNumberOfCallsInHalfOpenState(rules.probes())
                        .clock(new MonotonicClock(clock))
                        .build());
    }

    private static Cache<String, Stored> cache(ToolPolicy.Caching rules, CallClock clock) {
        return Caffeine.newBuilder()
                .maximumSize(rules.entries())
                .expireAfterWrite(rules.fresh().plus(rules.stale()))
                .ticker(clock::nanoTime)
                .executor(Runnable::run)
                .build();
    }

    ToolPolicy policy() {
        return policy;
    }

    Bulkhead places() {
        return places;
    }

    /** A result that was kept for these arguments. */
    Optional<Cached> cached(String arguments) {
        return cache.flatMap(kept -> Optional.ofNullable(kept.getIfPresent(arguments)))
                .map(stored -> new Cached(stored.result(), isStale(stored)));
    }

    private boolean isStale(Stored stored) {
        Duration age = Duration.ofNanos(clock.nanoTime() - stored.nanos());
        return policy.cache().filter(rules -> age.compareTo(rules.fresh()) >= 0).isPresent();
    }

    void keep(String arguments, ToolOutcome outcome) {
        if (outcome instanceof ToolOutcome.Ok ok) {
            cache.ifPresent(kept -> kept.put(arguments, new Stored(ok, clock.nanoTime())));
        }
    }

    /** Why no call may begin now, if so; else one more has begun, and {@link #settled} or {@link #released} must follow. */
    Optional<String> refusal() {
        if (breaker.filter(Predicate.not(CircuitBreaker::tryAcquirePermission)).isPresent()) {
            return Optional.of("'" + name + "' is out of order at the moment; do without it or try again in "
                    + TimeLimit.text(policy.breaker().orElseThrow().openFor()));
        }
        Duration wait = starts.map(recent -> recent.tryStart(clock.nanoTime())).orElse(Duration.ZERO);
        if (wait.isPositive()) {
            released();
            ToolPolicy.Rate rate = policy.rate().orElseThrow();
            return Optional.of("'" + name + "' may be called at most "
                    + (rate.calls() == 1 ? "once" : rate.calls() + " times") + " in any " + TimeLimit.text(rate.per())
                    + "; try again in " + TimeLimit.text(roundedUp(wait)));
        }
        return Optional.empty();
    }

    /** A call that was allowed did not begin after all, or nobody knows what would have become of it. */
    void released() {
        breaker.ifPresent(CircuitBreaker::releasePermission);
    }

    /** A call that was allowed has ended; {@code broken}: in a way that says that the tool does not work. */
    void settled(boolean broken) {
        breaker.ifPresent(each -> {
            if (broken) {
                each.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException("the tool does not work"));
            } else {
                each.onSuccess(0, TimeUnit.NANOSECONDS);
            }
        });
    }

    ToolLoad.OfTool load() {
        return new ToolLoad.OfTool(
                new ToolLoad.Places(places.running(), places.waiting()), breakerState(), counts.read());
    }

    private ToolLoad.BreakerState breakerState() {
        return breaker.map(each -> switch (each.getState()) {
                    case OPEN, FORCED_OPEN -> ToolLoad.BreakerState.OPEN;
                    case HALF_OPEN -> ToolLoad.BreakerState.HALF_OPEN;
                    case CLOSED, DISABLED, METRICS_ONLY -> ToolLoad.BreakerState.CLOSED;
                })
                .orElse(ToolLoad.BreakerState.NONE);
    }

    /** To tenths of a second: whoever waits so long may call. */
    private static Duration roundedUp(Duration wait) {
        return Duration.ofMillis(wait.plusMillis(100).minusNanos(1).toMillis() / 100 * 100);
    }
}
