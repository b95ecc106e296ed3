package dev.antiphon.testkit.brain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Turns tool answers into speech: what they say word for word, else a plain sentence made from their JSON. */
final class Narrator {
    private static final int MOST_FACTS = 8;

    private Narrator() {}

    /** One text for all answers; identical texts are said once. */
    static String tell(List<ToolAnswer> answers) {
        Set<String> sentences = new LinkedHashSet<>();
        answers.forEach(answer -> sentences.add(tell(answer)));
        sentences.remove("");
        return sentences.isEmpty() ? "That is done." : String.join(" ", sentences);
    }

    private static String tell(ToolAnswer answer) {
        if (!answer.entries().isEmpty()) {
            return "";
        }
        if (answer.say().isPresent()) {
            return answer.say().get();
        }
        JsonNode json = answer.json();
        if (json.isString()) {
            return json.asString().strip();
        }
        if (json.hasNonNull("error")) {
            JsonNode error = json.get("error");
            String reason = error.isString() ? error.asString() : plain(error);
            return "I'm sorry, that did not work: " + reason.replaceFirst("[.!]$", "") + ".";
        }
        String facts = plain(json);
        return facts.isEmpty() ? "" : Character.toUpperCase(facts.charAt(0)) + facts.substring(1) + ".";
    }

    private static String plain(JsonNode json) {
        if (json.isValueNode()) {
            return json.isNull() ? "none" : json.isBoolean() ? (json.asBoolean() ? "yes" : "no") : json.asString();
        }
        List<String> parts = new ArrayList<>();
        if (json.isArray()) {
            json.forEach(item -> parts.add(plain(item)));
            return parts.isEmpty() ? "none" : String.join(", ", parts.subList(0, Math.min(parts.size(), MOST_FACTS)));
        }
        json.properties().stream()
                .filter(fact -> !fact.getKey().matches("(?i).*(?:nonce|_id|uuid)"))
                .limit(MOST_FACTS)
                .forEach(fact -> parts.add(fact.getKey().replace('_', ' ') + ": " + plain(fact.getValue())));
        return String.join(", ", parts);
    }
}
