package dev.antiphon.server.cli;

import dev.antiphon.server.ServerSettings;
import dev.antiphon.server.operator.OperatorSettings;
import dev.antiphon.tool.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the operator's console. */
final class OperatorOptions {
    /** Where the password comes from: never from the command line, which others can read. */
    static final String PASSWORD = "ANTIPHON_CONSOLE_PASSWORD";

    private static final String HOST = "127.0.0.1";
    private static final int PORTS_TRIED = 20;
    private static final String SIMULATED = "Simulated: the built-in emulator answers, no real model; its latencies and"
            + " costs say nothing about one.";

    @Option(
            names = "--console-port",
            defaultValue = "9090",
            description = {
                "Where the operator's console listens at 127.0.0.1; the next free one when it is taken;",
                "default ${DEFAULT-VALUE}. Its password is in ANTIPHON_CONSOLE_PASSWORD, else one is made and printed."
            })
    private int port;

    @Option(names = "--no-console", description = "Start without the operator's console.")
    private boolean off;

    /** Checks the options before anything starts. */
    void check() {
        if (port < 0 || port > 65_535) {
            throw CliFailure.usage("--console-port must be between 0 and 65535, but was " + port);
        }
    }

    /** The password: the environment's, or a new one. */
    static Optional<String> given(Map<String, String> environment) {
        Optional<String> given = Secret.in(environment, PASSWORD).map(Secret::reveal);
        given.filter(password -> password.length() < OperatorSettings.SHORTEST_PASSWORD)
                .ifPresent(password -> {
                    throw CliFailure.usage(PASSWORD + " must have at least " + OperatorSettings.SHORTEST_PASSWORD
                            + " characters, but has " + password.length());
                });
        return given;
    }

    /**
     * The settings with the console, unless it is switched off.
     *
     * @param simulated whether no real model answers, which each view then says
     */
    ServerSettings applyTo(ServerSettings settings, String password, boolean simulated) {
        return off
                ? settings
                : settings.withOperator(OperatorSettings.withPassword(password)
                        .withAddress(HOST, port, port == 0 ? 1 : PORTS_TRIED)
                        .withNotice(simulated ? SIMULATED : ""));
    }

    /** The line that says where it is: with the password only when it was made here, behind the {@code #}, which no server sees. */
    static String line(URI console, Optional<String> given, String password) {
        return given.isPresent()
                ? console + "   (password from " + PASSWORD + ")"
                : console + "login#" + password + "   (this link opens it until the program ends)";
    }
}
