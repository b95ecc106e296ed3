package dev.antiphon.admission;

/** Hears what becomes of calls that want to be answered. Called on the threads of calls, must be thread-safe and must not block. */
@FunctionalInterface
public interface AdmissionObserver {
    /** Something has become of one. */
    void on(AdmissionEvent event);
}
