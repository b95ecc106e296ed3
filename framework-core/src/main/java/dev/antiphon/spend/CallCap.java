package dev.antiphon.spend;

import java.util.Optional;

/**
 * What one call may cost, and what happens then: always at a turn boundary, with no effect and no tool at work.
 *
 * @param cap of models and transcripts together, as far as their usage is told
 * @param action default {@link Action#HAND_OVER}
 * @param target who is asked to take the call over
 * @param words said before the call ends, before the dialog's own farewell
 */
public record CallCap(Cap cap, Action action, String target, Optional<String> words) {
    /** Who is asked unless somebody else is named. */
    public static final String USUAL_TARGET = "front desk";

    public CallCap {
        if (target.isBlank()) {
            throw new IllegalArgumentException("the target of a hand-over must have a name");
        }
    }

    /** What happens at the cap. */
    public enum Action {
        /** A person is asked; where nobody takes the call it ends. */
        HAND_OVER,
        /** The agent says goodbye, and the call ends. */
        END,
        /** The call moves to the lowest tier and stays there; on it already, or at twice the cap, it ends. */
        MOVE_DOWN
    }

    /** With the usual target and no words of its own. */
    public static CallCap of(Cap cap, Action action) {
        return new CallCap(cap, action, USUAL_TARGET, Optional.empty());
    }
}
