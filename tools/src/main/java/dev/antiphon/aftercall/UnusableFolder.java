package dev.antiphon.aftercall;

import java.nio.file.Path;
import java.util.Optional;

/** A folder in which no letters can be kept; the message says which and why. */
public final class UnusableFolder extends RuntimeException {
    UnusableFolder(Path folder, String why, Optional<Throwable> cause) {
        super("letters of tasks after calls cannot be kept in " + folder + ": " + why, cause.orElse(null));
    }
}
