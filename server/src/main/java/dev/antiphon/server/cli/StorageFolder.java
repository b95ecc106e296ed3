package dev.antiphon.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether a bot can write its data, before what keeps it complains at length. */
final class StorageFolder {
    private StorageFolder() {}

    /** Fails with a message for the user when nothing can be written beside this file. */
    static void check(Path file) {
        Path folder = firstThatExists(file.toAbsolutePath().normalize());
        try {
            Files.delete(Files.createTempFile(folder, ".antiphon", ".tmp"));
        } catch (IOException unwritable) {
            throw CliFailure.failed(
                    "the data cannot be kept in " + file + ": nothing can be written in " + folder
                            + "; --db names another file",
                    unwritable);
        }
    }

    /** The folder of the file, or the nearest one above it: what is missing between is made later. */
    private static Path firstThatExists(Path file) {
        Path folder = file.resolveSibling("");
        while (!Files.exists(folder) && folder.getNameCount() > 0) {
            folder = folder.resolveSibling("");
        }
        return folder;
    }
}
