package dev.antiphon.benchmarks.dialogs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A service as the bench describes it (its FORMAT.md).
 *
 * @param name of the service
 * @param description for people
 * @param slots descriptions by name
 * @param intents what it can do
 */
record ServiceSchema(String name, String description, Map<String, String> slots, List<Intent> intents) {
    /** What stands for "any". */
    static final String ANY = "dontcare";

    /**
     * One intent.
     *
     * @param required slots, in order
     * @param optional slots with what is usual; {@link #ANY}: nothing is
     * @param offered slots that an offer speaks
     * @param key the slot that tells two offers apart
     * @param page how many names one offer lists
     */
    record Intent(
            String name,
            String description,
            boolean isTransactional,
            List<String> required,
            Map<String, String> optional,
            List<String> offered,
            Optional<String> key,
            int page) {

        private static Intent read(JsonNode node) {
            Map<String, String> optional = new LinkedHashMap<>();
            node.path("optional_slots")
                    .properties()
                    .forEach(slot -> optional.put(slot.getKey(), slot.getValue().asString()));
            List<String> offered = texts(node.path("offer_slots"));
            List<String> results = texts(node.path("result_slots"));
            List<String> told = offered.isEmpty() ? results.subList(0, Math.min(3, results.size())) : offered;
            Optional<String> key = Optional.of(node.path("offer_key").asString(""))
                    .filter(name -> !name.isEmpty())
                    .or(() -> told.stream().findFirst());
            return new Intent(
                    node.path("name").asString(),
                    node.path("description").asString(),
                    node.path("is_transactional").asBoolean(),
                    texts(node.path("required_slots")),
                    optional,
                    told,
                    key,
                    node.path("offer_page").asInt(1));
        }
    }

    static ServiceSchema read(JsonNode node) {
        Map<String, String> slots = new LinkedHashMap<>();
        node.path("slots")
                .forEach(slot -> slots.put(
                        slot.path("name").asString(), slot.path("description").asString()));
        List<Intent> intents = new ArrayList<>();
        node.path("intents").forEach(intent -> intents.add(Intent.read(intent)));
        return new ServiceSchema(
                node.path("service_name").asString(), node.path("description").asString(), slots, intents);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
