package dev.antiphon.samples.readymade;

import dev.antiphon.server.cli.AntiphonCommand;
import dev.antiphon.tool.ToolPoolSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The command line of the ready-made flows: {@code --flow NAME}, then the commands that every bot has. */
public final class ReadyMadeApp {
    private static final String FLOW = "--flow";
    private static final int WRONG_USAGE = 2;

    private ReadyMadeApp() {}

    /** Runs {@code antiphon} for one flow. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command; the exit code: 0 as expected, 1 not as expected, 2 wrong usage. */
    static int run(String... args) {
        List<String> rest = new ArrayList<>(Arrays.asList(args));
        int at = rest.indexOf(FLOW);
        String name = at >= 0 && at + 1 < rest.size() ? rest.get(at + 1) : "";
        Optional<ReadyMade> flow = ReadyMade.named(name);
        if (flow.isEmpty()) {
            System.err.println("antiphon: " + FLOW + " must be one of " + String.join(", ", ReadyMade.names())
                    + ", but is " + (name.isEmpty() ? "missing" : "'" + name + "'"));
            return WRONG_USAGE;
        }
        rest.subList(at, at + 2).clear();
        return command(flow.get()).run(rest.toArray(String[]::new));
    }

    /** The command line of one flow. */
    static AntiphonCommand command(ReadyMade flow) {
        return new AntiphonCommand(
                flow.shortName(),
                storage -> flow.bot(
                        storage,
                        InstantSource.system(),
                        ZoneId.systemDefault(),
                        new SecureRandom(),
                        ToolPoolSettings.defaults()));
    }
}
