package dev.antiphon.server.cli;

import java.nio.file.Path;

/** Where a bot started by the command line keeps what must outlive a call. */
public sealed interface Storage {

    /** In this file, kept between runs. The bot may add an ending. */
    record InFile(Path file) implements Storage {}

    /** Nowhere: every call starts with an empty state of its own, so that scripted calls do not disturb each other. */
    record PerCall() implements Storage {}
}
