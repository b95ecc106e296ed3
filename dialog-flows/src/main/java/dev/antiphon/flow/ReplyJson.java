package dev.antiphon.flow;

import dev.antiphon.flow.FlowEffect.Reply;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An answer as the JSON text that a model gets. */
final class ReplyJson {
    private static final String CHOOSE =
            "Say nothing yet. Call ask again with the same question and `entry`: the number of"
                    + " the entry that asks what the caller wants to know, or 0 when none of them does.";

    private ReplyJson() {}

    static String of(Reply reply) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        reply.error().ifPresent(problem -> answer.put("error", problem));
        if (!reply.entries().isEmpty()) {
            ObjectNode entries = answer.putObject("facts").putObject("entries");
            for (Map.Entry<Integer, String> entry : reply.entries().entrySet()) {
                entries.put(Integer.toString(entry.getKey()), entry.getValue());
            }
            answer.put("next", CHOOSE);
            return answer.toString();
        }
        answer.put("say", reply.say());
        if (reply.verbatim()) {
            answer.put("verbatim", true);
        }
        if (!reply.options().isEmpty()) {
            ObjectNode options = answer.putObject("facts").putObject("options");
            for (int i = 0; i < reply.options().size(); i++) {
                options.put(Integer.toString(i + 1), reply.options().get(i));
            }
        }
        reply.confirmRevision().ifPresent(revision -> answer.put("confirm_revision", revision));
        if (reply.end()) {
            answer.put("end", true);
        }
        return answer.toString();
    }
}
