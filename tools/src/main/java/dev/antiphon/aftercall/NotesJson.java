package dev.antiphon.aftercall;

import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.handover.HandoverPacket.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a dialog knows, and what was said, as JSON: the same for people who take over and for tasks after the call. */
public final class NotesJson {
    private NotesJson() {}

    /** Puts {@code values}, {@code done} and, if there is one, {@code open}. */
    public static void put(ObjectNode node, HandoverNotes notes) {
        ArrayNode values = node.putArray("values");
        notes.values()
                .forEach(value -> values.addObject()
                        .put("flow", value.flow())
                        .put("name", value.name())
                        .put("value", value.spoken())
                        .put("sensitive", value.sensitive()));
        ArrayNode done = node.putArray("done");
        notes.done().forEach(done::add);
        notes.open().ifPresent(question -> node.put("open", question));
    }

    static HandoverNotes read(JsonNode node) {
        List<HandoverNotes.Value> values = new ArrayList<>();
        node.path("values")
                .forEach(value -> values.add(new HandoverNotes.Value(
                        value.path("flow").asString(""),
                        value.path("name").asString(""),
                        value.path("value").asString(""),
                        value.path("sensitive").asBoolean(true))));
        List<String> done = new ArrayList<>();
        node.path("done").forEach(each -> done.add(each.asString("")));
        return new HandoverNotes(values, done, text(node, "open"));
    }

    /** Puts turns: who spoke ({@code by}: {@code caller} or {@code agent}) and the {@code words}. */
    public static void put(ObjectNode node, String field, List<Said> turns) {
        ArrayNode list = node.putArray(field);
        turns.forEach(said ->
                list.addObject().put("by", said.byCaller() ? "caller" : "agent").put("words", said.words()));
    }

    static List<Said> read(JsonNode node, String field) {
        List<Said> turns = new ArrayList<>();
        node.path(field)
                .forEach(turn -> turns.add(new Said(
                        turn.path("by").asString("").equals("caller"),
                        turn.path("words").asString(""))));
        return turns;
    }

    static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field)).filter(JsonNode::isString).map(JsonNode::asString);
    }
}
