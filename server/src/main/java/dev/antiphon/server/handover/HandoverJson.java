package dev.antiphon.server.handover;

import dev.antiphon.aftercall.NotesJson;
import dev.antiphon.handover.HandoverPacket;
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
        NotesJson.put(node, packet.notes());
        NotesJson.put(node, "last_turns", packet.lastTurns());
        return node.put("tier", packet.tier())
                .put("asked_at", packet.askedAt().toString())
                .put("answer_by", packet.answerBy().toString());
    }
}
