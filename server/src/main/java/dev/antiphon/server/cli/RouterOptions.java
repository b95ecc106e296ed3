package dev.antiphon.server.cli;

import dev.antiphon.server.Bot;
import dev.antiphon.server.ServerSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option that says where new calls begin; without it by the documented defaults. */
final class RouterOptions {
    @Option(
            names = "--router",
            paramLabel = "FILE",
            defaultValue = "${env:ANTIPHON_ROUTER}",
            description = {
                "YAML that says how flows are routed between tiers: targets, thresholds, budgets. Read again when it changes;",
                "also from ANTIPHON_ROUTER; default: every flow learns its rate of completion."
            })
    private Optional<Path> file = Optional.empty();

    /**
     * With the chosen policies.
     *
     * @param bot whose flows the file may name
     * @throws CliFailure when the file is not right
     */
    ServerSettings applyTo(Bot bot, ServerSettings settings) {
        return given().map(path -> {
                    WatchedRouterFile watched = watched(path, () -> bot.flows());
                    watched.watch();
                    return settings.withRouter(settings.router().withPolicies(watched));
                })
                .orElse(settings);
    }

    /** Refuses a file that is not right before anything starts. */
    void check() {
        given().ifPresent(path -> watched(path, Set::of));
    }

    /** For people. */
    String description() {
        return given().map(path -> "new calls by " + path + ", read again when it changes")
                .orElse("new calls by the default policy");
    }

    private Optional<Path> given() {
        return file.filter(path -> !path.toString().isBlank());
    }

    private static WatchedRouterFile watched(Path path, Supplier<Set<String>> flows) {
        try {
            return new WatchedRouterFile(path, flows);
        } catch (IllegalArgumentException wrong) {
            throw CliFailure.usage("--router " + wrong.getMessage());
        }
    }
}
