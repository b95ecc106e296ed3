package dev.antiphon.server.cli;

import dev.antiphon.server.ServerSettings;
import dev.antiphon.session.Conduct;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The option that chooses in how many responses a caller's turn is answered. */
final class ConductOption {
    /** As people write it. */
    enum Name {
        GUIDED,
        STRICT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--conduct",
            paramLabel = "NAME",
            defaultValue = "guided",
            description = {
                "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
                "strict: the model has to call a tool before it speaks, and what it says before that is never heard."
            })
    private Name name = Name.GUIDED;

    Conduct chosen() {
        return switch (name) {
            case GUIDED -> Conduct.GUIDED;
            case STRICT -> Conduct.STRICT;
        };
    }

    /** With calls of the chosen conduct. */
    ServerSettings applyTo(ServerSettings settings) {
        return settings.withSession(settings.session().withConduct(chosen()));
    }
}
