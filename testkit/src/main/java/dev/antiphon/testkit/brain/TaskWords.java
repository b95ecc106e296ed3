package dev.antiphon.testkit.brain;

import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Which task of a service a caller names, in the words of its name and of what it does, as the tool that begins tasks describes
 * them: {@code "book: book an appointment; cancel: cancel an appointment"}. Verbs that mean the same count as one, and what only
 * one task has counts more than what several have.
 */
final class TaskWords {
    private static final Set<String> NO_WORDS = Set.of(
            "a", "an", "the", "of", "for", "to", "and", "or", "in", "on", "at", "my", "your", "me", "you", "i", "it",
            "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "mein", "meine",
            "meinen", "meinem", "meiner", "ich", "sie", "es", "im", "am", "um", "zu", "zum", "zur");
    private static final String GET = "get";
    private static final String FIND = "find";
    private static final Map<String, List<String>> ALIKE = Map.of(
            GET,
            List.of("book", "reserve", "make", "arrange", "schedule", "order", "request"),
            "move",
            List.of("move", "moved", "reschedule", "postpone", "change", "shift", "rebook"),
            "cancel",
            List.of("cancel", "drop", "delete", "withdraw"),
            FIND,
            List.of("find", "search", "look", "looking", "recommend", "suggest"));
    private static final Map<String, String> CONCEPT = concepts();
    private static final Pattern WISH = Pattern.compile(
            "\\b(?:i(?:'d| would)(?: really)? (?:like|love)|i (?:want|need)|(?:can|could|may) (?:i|we) (?:have|get)|do you have)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NEW = Pattern.compile("\\b(?:new|neue[nrs]?)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern MAKE_IT = Pattern.compile("\\bma(?:k|d)e it\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern GOAL = Pattern.compile("^Goal: (.+)$", Pattern.MULTILINE);

    private static final int SURE = 2;
    private static final int OF_ONE = 3;

    private TaskWords() {}

    /**
     * The one task that fits best what was said; empty when none does, or several.
     *
     * @param start the tool that begins tasks
     * @param awaited whether the agent waits for any wish, and for no answer: then one word is enough, else two are needed
     */
    static Optional<String> named(ToolSpec start, String said, boolean awaited) {
        Map<String, Set<String>> tasks = tasks(start);
        Set<String> heard = heard(said);
        boolean fresh = wantsNew(said) && ALIKE.keySet().stream().noneMatch(heard::contains);
        int best = 0;
        Optional<String> found = Optional.empty();
        for (Map.Entry<String, Set<String>> task : tasks.entrySet()) {
            Set<String> shared = new HashSet<>(task.getValue());
            shared.retainAll(heard);
            if (fresh && !shared.isEmpty() && task.getValue().contains(GET)) {
                shared.add(GET);
            }
            int score = shared.size() >= (awaited ? 1 : SURE) ? score(shared, tasks) + wish(said, heard, task) : 0;
            if (score == best) {
                found = Optional.empty();
            } else if (score > best) {
                best = score;
                found = Optional.of(task.getKey());
            }
        }
        return found;
    }

    /**
     * The one task with a word that no task of a flow has: "callback" beside what restaurants do.
     *
     * @param flow of tasks that are named after their flow, {@code restaurants.reserve}
     */
    static Optional<String> beside(ToolSpec start, String flow, String said) {
        Map<String, Set<String>> tasks = tasks(start);
        Set<String> heard = heard(said);
        heard.removeAll(ALIKE.keySet());
        tasks.entrySet().stream()
                .filter(task -> flowOf(task.getKey()).equals(flow))
                .forEach(task -> heard.removeAll(task.getValue()));
        List<String> found = tasks.entrySet().stream()
                .filter(task -> !flowOf(task.getKey()).equals(flow) && !Collections.disjoint(task.getValue(), heard))
                .map(Map.Entry::getKey)
                .toList();
        return found.size() == 1
                ? Optional.of(found.getFirst())
                : named(start, said, false).filter(found::contains);
    }

    /** Whether something new is wanted: "a new appointment". */
    static boolean wantsNew(String said) {
        return NEW.matcher(said).find();
    }

    /** The flow after which a task is named; empty where there is one flow. */
    static String flowOf(String task) {
        return task.contains(".") ? task.substring(0, task.indexOf('.')) : "";
    }

    /** Whether the task gets something, in contrast to one that moves or cancels it. */
    static boolean gets(ToolSpec start, String task) {
        return tasks(start).getOrDefault(task, Set.of()).contains(GET);
    }

    /** The one task of a flow that gets something. */
    static Optional<String> getting(ToolSpec start, String flow) {
        List<String> found = names(start).stream()
                .filter(task -> flowOf(task).equals(flow) && gets(start, task))
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** The one task that finds what a question asks for: "Which book?" and "find a book". */
    static Optional<String> finding(ToolSpec start, String question) {
        Set<String> asked = heard(question);
        List<String> found = tasks(start).entrySet().stream()
                .filter(task -> task.getValue().contains(FIND)
                        && task.getValue().stream().anyMatch(word -> asked.contains(word) && !ALIKE.containsKey(word)))
                .map(Map.Entry::getKey)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static int score(Set<String> shared, Map<String, Set<String>> tasks) {
        return shared.stream()
                .mapToInt(word -> tasks.values().stream()
                                        .filter(words -> words.contains(word))
                                        .count()
                                == 1
                        ? OF_ONE
                        : 1)
                .sum();
    }

    /** Who names a thing, or wants one, and says nothing of what is to become of it wants to get it. */
    private static int wish(String said, Set<String> heard, Map.Entry<String, Set<String>> task) {
        boolean wants = !said.strip().endsWith("?") || WISH.matcher(said).find();
        boolean plain = wants && ALIKE.keySet().stream().noneMatch(heard::contains);
        return plain && task.getValue().contains(GET) ? 1 : 0;
    }

    /** Whether what was said only repeats what the call is for: "Goal: Take down a message." */
    static boolean repeatsGoal(String instructions, String said) {
        Matcher goal = GOAL.matcher(instructions);
        return goal.find() && !Collections.disjoint(words(goal.group(1)), heard(said));
    }

    /** The names of all tasks. */
    static List<String> names(ToolSpec start) {
        List<String> names = new ArrayList<>();
        start.parameters().path("properties").path("task").path("enum").forEach(name -> names.add(name.asString("")));
        return names;
    }

    private static Map<String, Set<String>> tasks(ToolSpec start) {
        JsonNode task = start.parameters().path("properties").path("task");
        Map<String, Set<String>> tasks = new HashMap<>();
        task.path("enum").forEach(each -> {
            String name = each.asString("");
            tasks.put(
                    name,
                    words(name + " " + meaning(name, task.path("description").asString(""))));
        });
        return tasks;
    }

    private static String meaning(String name, String description) {
        return Arrays.stream(description.split("; "))
                .filter(part -> part.startsWith(name + ": "))
                .findFirst()
                .map(part -> part.substring(name.length() + 2))
                .orElse("");
    }

    private static Map<String, String> concepts() {
        Map<String, String> concepts = new HashMap<>();
        ALIKE.forEach((concept, verbs) -> verbs.forEach(verb -> concepts.put(verb, concept)));
        return Map.copyOf(concepts);
    }

    /** What was said, with neighbours that may be one word: "call back", "callback". */
    private static Set<String> heard(String said) {
        String known = MAKE_IT.matcher(said).replaceAll("");
        List<String> tokens = tokens(known);
        tokens.removeIf(NO_WORDS::contains);
        Set<String> heard = words(known);
        for (int i = 0; i + 1 < tokens.size(); i++) {
            heard.add(tokens.get(i) + tokens.get(i + 1));
        }
        return heard;
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        for (String token : tokens(text)) {
            if (!NO_WORDS.contains(token)) {
                words.add(CONCEPT.getOrDefault(token, token));
            }
        }
        return words;
    }

    private static List<String> tokens(String text) {
        List<String> tokens =
                new ArrayList<>(List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
        tokens.removeIf(String::isEmpty);
        return tokens;
    }
}
