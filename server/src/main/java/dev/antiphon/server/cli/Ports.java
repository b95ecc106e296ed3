package dev.antiphon.server.cli;

/** What a port option may be. */
final class Ports {
    private Ports() {}

    static void check(int port) {
        if (port < 0 || port > 65_535) {
            throw CliFailure.usage("--port must be between 0 and 65535, but was " + port);
        }
    }
}
