package dev.antiphon.server.reload;

import dev.antiphon.flow.Dialog;
import java.util.List;

/** What came of an attempt to make a dialog anew. */
public sealed interface Reload {
    /** No file is different from those of the last attempt. */
    record Unchanged() implements Reload {}

    /**
     * New calls have the new dialog; its version is the old one where only code changed.
     *
     * @param stayed classes that are different now, but stay as they were at the start because the back end uses them
     */
    record Taken(Dialog before, Dialog after, List<String> stayed) implements Reload {
        public Taken {
            stayed = List.copyOf(stayed);
        }
    }

    /**
     * A class that is needed is not there, for example because a build is under way.
     *
     * @param className its name without the package
     */
    record Incomplete(String className) implements Reload {}

    /**
     * The old dialog stays.
     *
     * @param stays what new calls have
     * @param reason what the new one broke, for its author
     */
    record Refused(Dialog stays, String reason) implements Reload {}
}
