package dev.antiphon.server.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** What a user has typed, as opposed to defaults. */
final class Given {
    private static final Pattern NAMED = Pattern.compile("(?s)([a-z]+(?:[A-Z][a-z]+)*)( must be .*)");

    private Given() {}

    static boolean in(CommandSpec spec, String option) {
        return spec.commandLine() != null
                && spec.commandLine().getParseResult() != null
                && spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    static Optional<String> first(CommandSpec spec, List<String> options) {
        return options.stream().filter(option -> in(spec, option)).findFirst();
    }

    /**
     * What options refuse is wrong usage, told by their names: a value's own name such as {@code callsPerMonth} is that of its option.
     *
     * @param names of the options whose values have other names
     */
    static <T> T options(Map<String, String> names, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException wrong) {
            throw CliFailure.usage(byOption(names, String.valueOf(wrong.getMessage())), wrong);
        }
    }

    private static String byOption(Map<String, String> names, String message) {
        Matcher value = NAMED.matcher(message);
        if (!value.matches()) {
            return message;
        }
        String name = value.group(1);
        String option = names.getOrDefault(
                name, "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        return option + value.group(2);
    }

    /** Where a page can be written; what cannot be is wrong usage. */
    static void checkFolder(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw CliFailure.usage(option + " must name a file in a folder that exists, but was " + file);
        }
    }

    /** Why a file cannot be read or written, for people. */
    static String reason(IOException problem) {
        return switch (problem) {
            case AccessDeniedException denied -> "it is not allowed";
            case NoSuchFileException none -> "it or its folder does not exist";
            case IOException other -> String.valueOf(other.getMessage());
        };
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
