package dev.antiphon.session;

/** What a second look at something that is about to be changed has come to: code, a rule, another model or a person has looked. */
public sealed interface GateDecision {

    /** It may be done. */
    record Allowed() implements GateDecision {}

    /**
     * It must not be done.
     *
     * @param reason for the caller, as a sentence; not blank
     */
    record Refused(String reason) implements GateDecision {
        public Refused {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("a refusal needs a reason for the caller");
            }
        }
    }

    /** It may be done. */
    static GateDecision allow() {
        return new Allowed();
    }

    /** It must not be done; the caller is told why. */
    static GateDecision refuse(String reason) {
        return new Refused(reason);
    }
}
