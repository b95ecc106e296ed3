package dev.antiphon.session;

import java.util.Set;

/**
 * What a call knows of the tools that the model calls besides the dialog's own. Pure.
 *
 * @param cancellable names of the tools whose calls end when the caller takes another turn
 * @param calls how many were made since the caller's last turn
 * @param said up to which rung the caller was told, since then, that something takes time; 0: not at all
 * @param outputs whether the response in flight has brought anything
 * @param askedAgain whether a response that brought nothing was asked for again since the caller's last turn
 */
record ToolWaits(Set<String> cancellable, int calls, int said, boolean outputs, boolean askedAgain) {
    ToolWaits {
        cancellable = Set.copyOf(cancellable);
    }

    static ToolWaits of(Set<String> cancellable) {
        return new ToolWaits(cancellable, 0, 0, false, false);
    }

    ToolWaits callerTurn() {
        return new ToolWaits(cancellable, 0, 0, outputs, false);
    }

    ToolWaits called() {
        return new ToolWaits(cancellable, calls + 1, said, outputs, askedAgain);
    }

    ToolWaits told(int rung) {
        return new ToolWaits(cancellable, calls, rung, outputs, askedAgain);
    }

    ToolWaits responds(boolean something) {
        return new ToolWaits(cancellable, calls, said, something, askedAgain);
    }

    ToolWaits again() {
        return new ToolWaits(cancellable, calls, said, outputs, true);
    }
}
