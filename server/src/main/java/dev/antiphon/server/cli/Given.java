package dev.antiphon.server.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** What a user has typed, as opposed to defaults. */
final class Given {
    private Given() {}

    static boolean in(CommandSpec spec, String option) {
        return spec.commandLine() != null
                && spec.commandLine().getParseResult() != null
                && spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    static Optional<String> first(CommandSpec spec, List<String> options) {
        return options.stream().filter(option -> in(spec, option)).findFirst();
    }

    /** What values refuse together is wrong usage. */
    static <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException wrong) {
            throw CliFailure.usage(String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
