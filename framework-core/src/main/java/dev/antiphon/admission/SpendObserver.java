package dev.antiphon.admission;

/** Hears of caps, for example to pause an experiment. Called from session actors; must not block. */
@FunctionalInterface
public interface SpendObserver {
    /** Takes one fact. */
    void on(SpendEvent event);
}
