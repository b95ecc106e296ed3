package dev.antiphon.server.cli;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * Subcommands of a command line, made when they are needed: to read the annotations of all of them takes longer than many a
 * command runs. All of them have {@code --help} and {@code --version}, and {@code help COMMAND} is {@code COMMAND --help}.
 */
public final class Subcommands {
    private static final String HELP = "help";

    private final Map<String, Supplier<?>> makers = new LinkedHashMap<>();
    private final Set<String> reading = new HashSet<>();

    /**
     * One more, in the order of the help.
     *
     * @param maker makes the command, annotated or a {@link CommandLine} with subcommands of its own; its name is {@code name}
     */
    public Subcommands with(String name, Supplier<?> maker) {
        makers.put(name, maker);
        return this;
    }

    /** As {@link #with}, for a command that reads all options itself: it has no {@code --help} of ours. */
    public Subcommands withOwnOptions(String name, Supplier<?> maker) {
        reading.add(name);
        return with(name, maker);
    }

    /** The arguments as they are understood: {@code help call} is {@code call --help}, {@code help} alone {@code --help}; what is no command stays, to be refused. */
    public String[] readable(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals(HELP)) {
            return arguments;
        }
        if (arguments.length > 1 && !makers.containsKey(arguments[1])) {
            return Arrays.copyOfRange(arguments, 1, arguments.length);
        }
        String[] asked = Arrays.copyOfRange(arguments, 1, arguments.length + 1);
        asked[asked.length - 1] = "--help";
        return asked;
    }

    /** Adds the one that the arguments begin with; all where they begin with none, for help and for mistakes. */
    public void addTo(CommandLine command, String... arguments) {
        Supplier<?> named = arguments.length > 0 ? makers.get(arguments[0]) : null;
        if (named == null) {
            makers.values().forEach(maker -> command.addSubcommand(maker.get()));
        } else {
            command.addSubcommand(named.get());
        }
        command.getSubcommands().forEach((name, sub) -> {
            if (!reading.contains(name)) {
                standardOptions(sub);
            }
        });
    }

    private static void standardOptions(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getCommandSpec().versionProvider(new BuildVersion());
        command.getSubcommands().values().forEach(Subcommands::standardOptions);
    }
}
