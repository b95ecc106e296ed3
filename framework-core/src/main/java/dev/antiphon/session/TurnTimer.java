package dev.antiphon.session;

/** The timers of a call; arming one replaces it. */
enum TurnTimer {
    /** Nobody speaks. */
    SILENCE,
    /** A response does not begin or stalls. */
    RESPONSE,
    /** The model heard the caller begin and never stop: they have gone silent without the model's notice. */
    FLOOR,
    /** Speech over the agent's words has lasted, or its transcript been waited for, long enough: it is a turn. */
    OVERLAP,
    /** A transcript has waited long enough for an earlier one. */
    TRANSCRIPT,
    /** After a barge-in: wait this long at most for the caller's side to say what was heard. */
    HEARD,
    /** What is being said should have been heard by now; the call may end. */
    FAREWELL
}
