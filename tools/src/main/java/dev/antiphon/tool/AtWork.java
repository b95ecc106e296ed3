package dev.antiphon.tool;

import dev.antiphon.session.SessionId;
import java.util.Optional;
import java.util.function.Supplier;

/** For whom the code of an effect works, on its own thread: effects are given values and a key, and may need the session all the same. */
public final class AtWork {
    private static final ThreadLocal<SessionId> SESSION = new ThreadLocal<>();

    private AtWork() {}

    /** The session whose effect runs on this thread; empty on any other, also on those that the effect starts. */
    public static Optional<SessionId> session() {
        return Optional.ofNullable(SESSION.get());
    }

    static <T> T during(SessionId session, Supplier<T> work) {
        SESSION.set(session);
        try {
            return work.get();
        } finally {
            SESSION.remove();
        }
    }
}
