package dev.antiphon.handover;

/** What a target gets to know of a call only when it is allowed to. */
public enum HandoverDetail {
    /** The values of sensitive slots, as they are spoken; otherwise they are masked. */
    SENSITIVE,

    /**
     * The last turns in words. They hold whatever was said, sensitive values too, so that a target with this has both. Without it
     * no word of the conversation leaves the call.
     */
    TRANSCRIPT
}
