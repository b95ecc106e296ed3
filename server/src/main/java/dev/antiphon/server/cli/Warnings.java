package dev.antiphon.server.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/** What a command warns about at its start. */
final class Warnings {
    private Warnings() {}

    /** One line each, on the error stream. */
    static void print(List<String> warnings, CommandLine command) {
        PrintWriter err = command.getErr();
        Ink ink = new Ink(command.getColorScheme().ansi().enabled());
        warnings.forEach(warning -> err.println(ink.yellow("warning: ") + warning));
        err.flush();
    }
}
