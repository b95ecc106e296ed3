package dev.antiphon.server.cli;

import dev.antiphon.testkit.caller.BuiltInScripts;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.ScriptFile;
import dev.antiphon.testkit.caller.ScriptProblem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the scripts that a command names. */
final class Scripts {
    private Scripts() {}

    /** Built-in scripts and files by name, and a script of the given lines. */
    static List<CallerScript> choose(List<String> names, List<String> lines) {
        List<CallerScript> chosen = new ArrayList<>();
        names.forEach(name -> chosen.add(named(name)));
        if (!lines.isEmpty()) {
            chosen.add(CallerScript.ofLines(lines));
        }
        if (chosen.isEmpty()) {
            throw CliFailure.usage(
                    "say what the caller does: --script NAME, --say LINE or --all; --list shows the names");
        }
        return chosen;
    }

    /** Refuses lines of {@code --say} without words. */
    static void requireWords(List<String> lines) {
        if (lines.stream().anyMatch(String::isBlank)) {
            throw CliFailure.usage("--say must have words, but was blank");
        }
    }

    private static CallerScript named(String name) {
        return BuiltInScripts.named(name).orElseGet(() -> {
            boolean looksLikeFile = name.contains("/") || name.contains("\\") || name.contains(".");
            if (!looksLikeFile) {
                throw CliFailure.usage("there is no built-in script '" + name + "'; there are "
                        + String.join(", ", BuiltInScripts.names()) + ", or give a YAML file");
            }
            try {
                return ScriptFile.read(Path.of(name));
            } catch (ScriptProblem | InvalidPathException e) {
                throw CliFailure.usage("the script cannot be used: " + e.getMessage(), e);
            }
        });
    }
}
