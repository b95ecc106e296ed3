package dev.antiphon.session;

/** In how many responses a caller's turn is answered. */
public enum Conduct {
    /** The model may speak and call tools in one response. */
    GUIDED,

    /**
     * Understand first: the response to a caller's turn must call a tool, and nothing that it says reaches the caller; only after
     * the tools' answers does another response speak, and that one may call nothing. What a model says before it has acted, a
     * success that never was for example, is never heard. Each turn takes two responses.
     *
     * <p>A conversation without tools of its own is guided all the same.
     */
    STRICT
}
