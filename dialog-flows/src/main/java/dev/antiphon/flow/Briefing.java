package dev.antiphon.flow;

/**
 * How a model is told where a call stands. What it costs is in docs/flows.md: whatever changes before the conversation makes the
 * service read all of it anew, at the full price.
 */
public enum Briefing {
    /** The same instructions and tools for the whole call; the answers of the tools say what comes next. */
    STATIC,

    /**
     * The same instructions and tools, and after each step a few words behind the conversation: what is open, and what was asked.
     * For models that lose the thread of a long call.
     */
    NODE_ITEMS,

    /** Other instructions after each step, with the values so far and the open question, and only the tools that fit then. */
    PER_NODE
}
