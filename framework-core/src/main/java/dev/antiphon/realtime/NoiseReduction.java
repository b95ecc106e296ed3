package dev.antiphon.realtime;

/** How the caller's audio is cleaned before turn detection and the model (protocol section 7). */
public enum NoiseReduction {
    /** Not at all. On the wire: {@code null}. */
    OFF,
    /** For headsets and telephones. */
    NEAR_FIELD,
    /** For microphones of laptops and rooms. */
    FAR_FIELD
}
