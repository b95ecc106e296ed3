package dev.antiphon.server.operator;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Does what operators order. Thread-safe; never blocks. */
public interface OperatorControls {

    /** Names of the controls that can be ordered here; the console offers no others. */
    Set<String> offered();

    /** Why there are no controls, one sentence for people; empty, the default, when there are some. */
    default String missing() {
        return "";
    }

    /**
     * Does it. What cannot be done is refused with the reason.
     *
     * @param who the login that ordered it
     * @param why the operator's words
     */
    CompletionStage<ControlAnswer> order(Control control, String who, String why);
}
