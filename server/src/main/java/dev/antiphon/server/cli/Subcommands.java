package dev.antiphon.server.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * Subcommands of a command line, made when they are needed: to read the annotations of all of them takes longer than many a
 * command runs.
 */
public final class Subcommands {
    private final Map<String, Supplier<?>> makers = new LinkedHashMap<>();

    /**
     * One more, in the order of the help.
     *
     * @param maker makes the command, annotated or a {@link CommandLine} with subcommands of its own; its name is {@code name}
     */
    public Subcommands with(String name, Supplier<?> maker) {
        makers.put(name, maker);
        return this;
    }

    /** Adds the one that the arguments begin with; all where they begin with none, for help and for mistakes. */
    public void addTo(CommandLine command, String... arguments) {
        Supplier<?> named = arguments.length > 0 ? makers.get(arguments[0]) : null;
        if (named == null) {
            makers.values().forEach(maker -> command.addSubcommand(maker.get()));
        } else {
            command.addSubcommand(named.get());
        }
    }
}
