package dev.antiphon.session;

/** Receives facts. Called from session actors, concurrently for different sessions; must not block and must not throw. */
@FunctionalInterface
public interface SessionObserver {

    /** Takes one fact. */
    void on(SessionEvent event);

    /** An observer that tells all of these, in order. */
    static SessionObserver all(Iterable<? extends SessionObserver> observers) {
        return event -> observers.forEach(o -> o.on(event));
    }
}
