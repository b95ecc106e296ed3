package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** One output item of a response while it is made: opened, filled delta by delta, closed. Not thread-safe. */
abstract sealed class OutputPiece permits SpokenPiece, WrittenPiece, CallPiece, McpCallPiece, McpApprovalPiece {
    private final SessionContext context;
    private final Place place;
    private final StoredItem item;

    OutputPiece(SessionContext context, Place place, StoredItem item) {
        this.context = context;
        this.place = place;
        this.item = item;
    }

    /** Where an output item stands: in which response, at which index, inside the conversation or beside it. */
    record Place(String responseId, boolean outOfBand, int outputIndex) {}

    /**
     * One delta.
     *
     * @param pause how long to wait before it
     * @param characters text that it adds
     * @param audioMs audio that it adds
     */
    record Delta(Duration pause, int characters, long audioMs, Runnable emit) {}

    /** The deltas, in order. */
    abstract List<Delta> deltas();

    /** Sends what follows the item's announcement. */
    abstract void opened();

    /** Sends what precedes the item's end, with what was emitted so far. */
    abstract void closing();

    final SessionContext context() {
        return context;
    }

    final StoredItem item() {
        return item;
    }

    final void open() {
        sendOutputItem("response.output_item.added");
        if (!place.outOfBand()) {
            context.conversation().append(item);
            context.sendItemEvent("conversation.item.added", item);
        }
        opened();
    }

    final void close(boolean complete) {
        closing();
        item.ended(complete);
        if (!place.outOfBand() && context.conversation().contains(item)) {
            context.sendItemEvent("conversation.item.done", item);
        }
        sendOutputItem("response.output_item.done");
    }

    /** An event of this item; content events add their index. */
    final ObjectNode event(String type) {
        return context.out()
                .event(type)
                .put("response_id", place.responseId())
                .put("item_id", item.id())
                .put("output_index", place.outputIndex());
    }

    private void sendOutputItem(String type) {
        ObjectNode event = context.out()
                .event(type)
                .put("response_id", place.responseId())
                .put("output_index", place.outputIndex());
        event.set("item", item.shown());
        context.out().send(event);
    }
}
