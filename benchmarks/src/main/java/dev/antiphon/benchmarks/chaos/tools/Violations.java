package dev.antiphon.benchmarks.chaos.tools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must never happen, how often it did, and the first few cases. Not thread-safe. */
final class Violations {
    private static final int MOST_EXAMPLES = 12;

    /** What must never happen. */
    enum Rule {
        OUTCOME("calls without exactly one typed outcome"),
        TWO_OUTPUTS("function calls with two outputs"),
        NO_OUTPUT("function calls without an output"),
        SETTLED_TWICE("tools or effects that settled twice in a session"),
        ACTIVE_RESPONSE("conversation_already_has_active_response"),
        DONE_TWICE("effects done twice"),
        NOT_DONE("effects told as done that were never done"),
        NOT_RUN("effects that were wanted, not refused, and never begun"),
        NOTED_TWICE("tools that change something run twice for one request"),
        FALSE_WORDS("callers told something false of their booking"),
        LEFT_UNTOLD("callers left without the truth about their booking"),
        FILLER_OVER_SPEECH("fillers over the caller's speech"),
        TWO_FILLERS("two fillers at once"),
        RESULT_IN_SPEECH("results handed over while the agent was to speak"),
        RESULT_TOLD_TWICE("results told twice"),
        PLACES_LOST("places of the pool that were never given back"),
        BROKEN_AFTERWARDS("plain calls after the storm that failed");

        private final String words;

        Rule(String words) {
            this.words = words;
        }

        /** For people. */
        String words() {
            return words;
        }
    }

    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final List<String> examples = new ArrayList<>();

    Violations() {
        for (Rule rule : Rule.values()) {
            counts.put(rule.words(), 0);
        }
    }

    void found(Rule rule, String where) {
        int times = counts.merge(rule.words(), 1, Integer::sum);
        if (times <= 3 && examples.size() < MOST_EXAMPLES) {
            examples.add(rule.words() + ": " + where);
        }
    }

    /** By what must not happen. */
    Map<String, Integer> counts() {
        return new LinkedHashMap<>(counts);
    }

    /** A few of them, for people. */
    List<String> examples() {
        return List.copyOf(examples);
    }
}
