package dev.antiphon.session;

import org.slf4j.LoggerFactory;

/**
 * Receives facts. Called from session actors, concurrently for different sessions; must not block. One that throws misses that
 * fact, which is logged; neither the call nor other observers notice.
 */
@FunctionalInterface
public interface SessionObserver {

    /** Takes one fact. */
    void on(SessionEvent event);

    /** An observer that tells all of these, in order. */
    static SessionObserver all(Iterable<? extends SessionObserver> observers) {
        return event -> observers.forEach(o -> o.tell(event));
    }

    /** Gives it one fact, whatever it does. */
    default void tell(SessionEvent event) {
        try {
            on(event);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LoggerFactory.getLogger(SessionObserver.class)
                    .error(
                            "call {}: an observer threw and missed {}",
                            event.session(),
                            event.getClass().getSimpleName(),
                            e);
        }
    }
}
