package dev.antiphon.server.console;

import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.tool.ApprovalDesk;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What bots are about to do and people have to approve. Sensitive values are masked. */
record WaitingApprovals(ApprovalDesk desk) implements PageDesk {
    @Override
    public List<ObjectNode> waiting() {
        return desk.waiting().stream().map(WaitingApprovals::json).toList();
    }

    private static ObjectNode json(ApprovalDesk.Request request) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("id", request.id()).put("what", request.what());
        ArrayNode details = node.putArray("details");
        request.details().forEach((name, value) -> {
            boolean sensitive = request.sensitive().contains(name);
            details.addObject()
                    .put("name", name)
                    .put("value", sensitive ? HandoverNotes.MASK : value)
                    .put("sensitive", sensitive);
        });
        return node.put("since", request.since().toString())
                .put("answer_by", request.answerBy().toString());
    }

    @Override
    public String yes() {
        return "approve";
    }

    @Override
    public String done() {
        return "approved";
    }

    @Override
    public String withYes() {
        return "note";
    }

    @Override
    public boolean accept(String id, String with) {
        return desk.approve(id);
    }

    @Override
    public boolean refuse(String id, String reason) {
        return desk.refuse(id, reason);
    }

    @Override
    public boolean needsReason() {
        return true;
    }

    @Override
    public String gone() {
        return "This does not wait any more: another one has answered, or nobody waits for the answer.";
    }
}
