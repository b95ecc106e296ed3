package dev.antiphon.server.handover;

import dev.antiphon.handover.HandoverPacket;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A packet as JSON, in snake case; what is not known is left out, instants are ISO-8601. */
public final class HandoverJson {
    private HandoverJson() {}

    /** The packet. */
    public static ObjectNode of(HandoverPacket packet) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("key", packet.key()).put("call", packet.call());
        packet.caller().ifPresent(id -> node.put("caller", id));
        packet.telephoneCall().ifPresent(id -> node.put("telephone_call", id));
        node.put("dialog", packet.dialog())
                .put("version", packet.version())
                .put("target", packet.target())
                .put("reason", packet.reason());
        ArrayNode values = node.putArray("values");
        packet.notes()
                .values()
                .forEach(value -> values.addObject()
                        .put("flow", value.flow())
                        .put("name", value.name())
                        .put("value", value.spoken())
                        .put("sensitive", value.sensitive()));
        ArrayNode done = node.putArray("done");
        packet.notes().done().forEach(done::add);
        packet.notes().open().ifPresent(question -> node.put("open", question));
        ArrayNode turns = node.putArray("last_turns");
        packet.lastTurns()
                .forEach(said -> turns.addObject()
                        .put("by", said.byCaller() ? "caller" : "agent")
                        .put("words", said.words()));
        return node.put("tier", packet.tier())
                .put("asked_at", packet.askedAt().toString())
                .put("answer_by", packet.answerBy().toString());
    }
}
