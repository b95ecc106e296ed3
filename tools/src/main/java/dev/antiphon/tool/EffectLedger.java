package dev.antiphon.tool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which effects of which session are under way and which have succeeded, so that none succeeds twice. Successes are kept
 * for two hours after their last use (a call lasts at most one) and at most 200,000 of them.
 *
 * <p>Not thread-safe; confined to the dispatcher.
 */
final class EffectLedger {
    private final Map<Key, Long> running = new HashMap<>();
    private final Cache<Key, ToolOutcome.Ok> succeeded = Caffeine.newBuilder()
            .maximumSize(200_000)
            .expireAfterAccess(Duration.ofHours(2))
            .executor(Runnable::run)
            .build();

    /** What must not succeed twice. */
    record Key(SessionId session, String idempotencyKey) {}

    /** The generation of the run that is at it. */
    Optional<Long> running(Key key) {
        return Optional.ofNullable(running.get(key));
    }

    /** The outcome of an earlier success. */
    Optional<ToolOutcome.Ok> succeeded(Key key) {
        return Optional.ofNullable(succeeded.getIfPresent(key));
    }

    void began(Key key, long generation) {
        running.put(key, generation);
    }

    void ended(Key key, ToolOutcome outcome) {
        running.remove(key);
        if (outcome instanceof ToolOutcome.Ok ok) {
            succeeded.put(key, ok);
        }
    }

    /** It never started, so it may be asked for again. */
    void dropped(Key key) {
        running.remove(key);
    }
}
