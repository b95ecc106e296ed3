package dev.antiphon.admission;

import java.time.Duration;

/** What has become of a call that wanted to be answered. */
public sealed interface AdmissionEvent {
    /** It was answered at once. */
    record Admitted() implements AdmissionEvent {}

    /** It was refused at once. */
    record Refused(Verdict.Cause cause) implements AdmissionEvent {}

    /** It no longer waits. */
    record Waited(Duration took, End end) implements AdmissionEvent {}

    /** How a wait ends. */
    enum End {
        /** It was answered. */
        ADMITTED,
        /** There was no room in time. */
        TOO_LONG,
        /** The caller has left. */
        LEFT
    }
}
