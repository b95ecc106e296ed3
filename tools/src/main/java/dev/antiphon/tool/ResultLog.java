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
 * What is under way and what has succeeded, so that nothing succeeds twice. Successes are kept for two hours after their last
 * use (a call lasts at most one) and at most 200,000 of them.
 *
 * <p>Not thread-safe; confined to the dispatcher.
 */
final class ResultLog {
    private final Map<Key, Long> running = new HashMap<>();
    private final Cache<Key, ToolOutcome.Ok> succeeded = Caffeine.newBuilder()
            .maximumSize(200_000)
            .expireAfterAccess(Duration.ofHours(2))
            .executor(Runnable::run)
            .build();

    /**
     * What must not be done twice.
     *
     * @param session within which; empty: whoever asks
     * @param what an effect's idempotency key, or a tool with its arguments
     * @param keeps whether a success is told again
     */
    record Key(Optional<SessionId> session, String what, boolean keeps) {
        static Key effect(SessionId session, String idempotencyKey) {
            return new Key(Optional.of(session), idempotencyKey, true);
        }

        /** A tool that is asked anew behind what its cache tells, where like calls do not find each other. */
        static Key refresh(String tool, String arguments) {
            return new Key(Optional.empty(), "refresh " + tool + " " + arguments, false);
        }
    }

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
        if (key.keeps() && outcome instanceof ToolOutcome.Ok ok) {
            succeeded.put(key, ok);
        }
    }

    /** It never started, so it may be asked for again. */
    void dropped(Key key) {
        running.remove(key);
    }
}
