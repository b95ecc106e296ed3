package dev.antiphon.testkit.brain;

import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Finds the task of a service that a caller wants, by the words that describe it: "I'd like to reserve a table" wants
 * {@code reserve: reserve a table}. At least half of the words must be there, in any form; the closest task is taken.
 */
final class TaskWords {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ENDING = Pattern.compile("(?:ations?|ions?|ings?|ed|es|e|s)$");
    private static final Set<String> EMPTY_WORDS = Set.of(
            "a", "an", "the", "to", "for", "of", "in", "at", "on", "one", "your", "my", "and", "or", "with", "by");
    private static final double LEAST = 0.5;

    private final Map<String, Set<String>> wordsByTask = new LinkedHashMap<>();

    /** @param start the tool that begins a task: its names as an enumeration, what they mean as {@code name: words; ...} */
    TaskWords(ToolSpec start) {
        JsonNode task = start.parameters().path("properties").path("task");
        for (String meaning : task.path("description").asString("").split(";")) {
            int colon = meaning.indexOf(':');
            if (colon > 0) {
                wordsByTask.put(meaning.substring(0, colon).strip(), stems(meaning.substring(colon + 1)));
            }
        }
    }

    /** The task; empty when the words want none. */
    Optional<String> wantedBy(String words) {
        Set<String> said = stems(words);
        return wordsByTask.entrySet().stream()
                .filter(task -> share(task.getValue(), said) >= LEAST)
                .max((one, other) -> Double.compare(share(one.getValue(), said), share(other.getValue(), said)))
                .map(Map.Entry::getKey);
    }

    private static double share(Set<String> wanted, Set<String> said) {
        return wanted.isEmpty() ? 0 : wanted.stream().filter(said::contains).count() / (double) wanted.size();
    }

    private static Set<String> stems(String text) {
        List<String> words =
                Arrays.asList(NO_WORD.split(text.toLowerCase(Locale.ROOT).strip()));
        return words.stream()
                .filter(word -> !word.isEmpty() && !EMPTY_WORDS.contains(word))
                .map(word -> word.length() > 4 ? ENDING.matcher(word).replaceFirst("") : word)
                .collect(Collectors.toSet());
    }
}
