package dev.antiphon.testkit.emulator;

import dev.antiphon.testkit.emulator.McpServer.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of a remote tool, which the service makes itself: its arguments unless they were approved before, then its work, then its
 * result (protocol section 13). One that is cancelled ends as failed; before its time has passed it was not made.
 */
final class McpCallPiece extends OutputPiece {
    private final McpWork work;
    private final McpArguments arguments;
    private final Optional<StoredItem> request;
    private Phase phase = new Phase.Written();

    private sealed interface Phase {
        /** The arguments are being written. */
        record Written() implements Phase {}

        /** The server is at work. */
        record Called() implements Phase {}

        record Ended(Result result) implements Phase {}
    }

    /** A call; {@code request} is the one that was approved, empty for a call that needs no approval. */
    McpCallPiece(SessionContext context, Place place, StoredItem item, McpWork work, Optional<StoredItem> request) {
        super(context, place, item);
        this.work = work;
        this.request = request;
        this.arguments = new McpArguments(this, work.arguments());
    }

    @Override
    void opened() {
        // A call has no content part: its arguments follow at once, or are there.
        request.ifPresent(StoredItem::actedUpon);
    }

    @Override
    List<Delta> deltas() {
        List<Delta> deltas = new ArrayList<>(request.isPresent() ? List.of() : arguments.deltas());
        deltas.add(new Delta(Duration.ZERO, 0, 0, this::call));
        deltas.add(new Delta(work.takes(), 0, 0, () -> phase = new Phase.Ended(work.result())));
        return deltas;
    }

    private void call() {
        endArguments();
        phase = new Phase.Called();
        send("in_progress");
    }

    private void endArguments() {
        if (request.isEmpty()) {
            arguments.end();
        }
    }

    @Override
    void closing() {
        switch (phase) {
            case Phase.Written ignored -> {
                endArguments();
                tell(new Result.ToolFailed("The call was cancelled before it was made."));
            }
            case Phase.Called ignored -> {
                tell(new Result.ToolFailed("The call was cancelled before the server had answered."));
                send("failed");
            }
            case Phase.Ended ended -> {
                tell(ended.result());
                send(ended.result() instanceof Result.Answered ? "completed" : "failed");
            }
        }
    }

    private void tell(Result result) {
        switch (result) {
            case Result.Answered answered -> item().setField("output", answered.text());
            case Result.ToolFailed failed -> fails("tool_execution_error").put("message", failed.message());
            case Result.Refused refused ->
                fails("protocol_error").put("code", refused.code()).put("message", refused.message());
            case Result.HttpFailed failed ->
                fails("http_error").put("code", failed.status()).put("message", failed.message());
        }
    }

    private ObjectNode fails(String type) {
        ObjectNode error = JsonNodeFactory.instance.objectNode().put("type", type);
        item().shown().set("error", error);
        return error;
    }

    /** These events do not name their response. */
    private void send(String state) {
        context().out().send(event("response.mcp_call." + state).without("response_id"));
    }
}
