package dev.antiphon.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A command was started that has commands below it, and none of them was named. The user sees which there are. */
final class MissingCommand extends ParameterException {
    private static final long serialVersionUID = 1L;

    MissingCommand(CommandLine command, String message) {
        super(command, message);
    }
}
