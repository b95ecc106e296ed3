package dev.antiphon.server.console;

import dev.antiphon.server.handover.HandoverJson;
import dev.antiphon.server.handover.HandoverQueue;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Callers who wait for a person. */
record WaitingCallers(HandoverQueue queue) implements PageDesk {
    @Override
    public List<ObjectNode> waiting() {
        return queue.waiting().stream().map(HandoverJson::of).toList();
    }

    @Override
    public String yes() {
        return "accept";
    }

    @Override
    public String done() {
        return "accepted";
    }

    @Override
    public String withYes() {
        return "reference";
    }

    @Override
    public boolean accept(String id, String with) {
        return queue.accept(id, with);
    }

    @Override
    public boolean refuse(String id, String reason) {
        return queue.refuse(id, reason);
    }

    @Override
    public boolean needsReason() {
        return false;
    }

    @Override
    public String gone() {
        return "This caller does not wait any more: another one has the call, or the caller is gone.";
    }
}
