package dev.antiphon.samples.readymade;

import dev.antiphon.flow.say.Language;
import dev.antiphon.server.cli.AntiphonCommand;
import dev.antiphon.tool.ToolPoolSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The command line of the ready-made flows: {@code --flow NAME [--language TAG]}, then the commands that every bot has. */
public final class ReadyMadeApp {
    private static final String FLOW = "--flow";
    private static final String LANGUAGE = "--language";
    private static final Set<String> HELP = Set.of("--help", "-h", "help");
    private static final int WRONG_USAGE = 2;

    private ReadyMadeApp() {}

    /** Runs {@code antiphon} for one flow. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command, or lists the flows ({@code --help} first); the exit code: 0 as expected, 1 not as expected, 2 wrong usage. */
    static int run(String... args) {
        List<String> rest = new ArrayList<>(Arrays.asList(args));
        if (HELP.contains(args.length == 0 ? "" : args[0])) {
            help();
            return 0;
        }
        Optional<String> name = taken(rest, FLOW);
        Optional<ReadyMade> flow = name.flatMap(ReadyMade::named);
        if (flow.isEmpty()) {
            return refused(FLOW, ReadyMade.names(), name);
        }
        Optional<String> tag = rest.contains(LANGUAGE) ? taken(rest, LANGUAGE) : Optional.of("en");
        Optional<Language> language =
                tag.filter(flow.get().languages()::contains).flatMap(Language::named);
        if (language.isEmpty()) {
            return refused(LANGUAGE, flow.get().languages(), tag);
        }
        return command(flow.get(), language.get()).run(rest.toArray(String[]::new));
    }

    private static void help() {
        System.out.println("Usage: antiphon ready-made --flow NAME [--language TAG] COMMAND");
        System.out.println("Ready-made flows to start from, each a bot with a back end in memory.");
        for (ReadyMade flow : ReadyMade.values()) {
            System.out.printf("  %-14s%s%n", flow.shortName(), flow.description());
            if (flow.languages().size() > 1) {
                System.out.printf("  %-14sLanguages: %s.%n", "", String.join(", ", new TreeSet<>(flow.languages())));
            }
        }
        System.out.println("The commands are told by: antiphon ready-made --flow NAME --help");
    }

    /** Takes an option and its value out of the arguments. */
    private static Optional<String> taken(List<String> arguments, String option) {
        int at = arguments.indexOf(option);
        if (at < 0 || at + 1 >= arguments.size()) {
            return Optional.empty();
        }
        String value = arguments.get(at + 1);
        arguments.subList(at, at + 2).clear();
        return Optional.of(value);
    }

    private static int refused(String option, Collection<String> allowed, Optional<String> given) {
        System.err.println("antiphon: " + option + " must be one of " + String.join(", ", allowed) + ", but is "
                + given.map(value -> "'" + value + "'").orElse("missing"));
        return WRONG_USAGE;
    }

    /** The command line of one flow in one of its languages. */
    static AntiphonCommand command(ReadyMade flow, Language language) {
        return new AntiphonCommand(
                flow.shortName(),
                storage -> flow.bot(
                        language,
                        storage,
                        InstantSource.system(),
                        ZoneId.systemDefault(),
                        new SecureRandom(),
                        ToolPoolSettings.defaults()));
    }
}
