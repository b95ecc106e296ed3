package dev.antiphon.testkit.brain;

import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Which task of a service a caller names, in the words of its name and of what it does, as the tool that begins tasks describes
 * them: {@code "book: book an appointment; cancel: cancel an appointment"}.
 */
final class TaskWords {
    private static final Set<String> NO_WORDS = Set.of(
            "a", "an", "the", "of", "for", "to", "and", "or", "in", "on", "at", "my", "your", "me", "you", "i", "it");
    private static final int SURE = 2;

    private TaskWords() {}

    /**
     * The one task that shares most words with what was said; empty when none does, or several.
     *
     * @param start the tool that begins tasks
     * @param awaited whether the agent waits for any wish, and for no answer: then one word is enough, else two are needed
     */
    static Optional<String> named(ToolSpec start, String said, boolean awaited) {
        JsonNode task = start.parameters().path("properties").path("task");
        List<String> names = new ArrayList<>();
        task.path("enum").forEach(name -> names.add(name.asString("")));
        Set<String> heard = words(said);
        int best = 0;
        Optional<String> found = Optional.empty();
        for (String name : names) {
            Set<String> own =
                    words(name + " " + meaning(name, task.path("description").asString("")));
            own.retainAll(heard);
            if (own.size() == best) {
                found = Optional.empty();
            } else if (own.size() > best) {
                best = own.size();
                found = Optional.of(name);
            }
        }
        return best >= (awaited ? 1 : SURE) ? found : Optional.empty();
    }

    private static String meaning(String name, String description) {
        return Arrays.stream(description.split("; "))
                .filter(part -> part.startsWith(name + ": "))
                .findFirst()
                .map(part -> part.substring(name.length() + 2))
                .orElse("");
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty() && !NO_WORDS.contains(word))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
