package dev.antiphon.testkit.emulator;

import java.util.List;

/** A call of a remote tool that the client must approve: its arguments, and no more (protocol section 13). */
final class McpApprovalPiece extends OutputPiece {
    private final McpArguments arguments;

    McpApprovalPiece(SessionContext context, Place place, StoredItem item, String arguments) {
        super(context, place, item);
        this.arguments = new McpArguments(this, arguments);
    }

    @Override
    void opened() {
        // It has no content part: its arguments follow at once.
    }

    @Override
    List<Delta> deltas() {
        return arguments.deltas();
    }

    @Override
    void closing() {
        arguments.end();
    }
}
