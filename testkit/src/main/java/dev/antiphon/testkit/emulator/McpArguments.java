package dev.antiphon.testkit.emulator;

import java.util.List;

/** The arguments of one call of a remote tool, as they are written ({@code response.mcp_call_arguments.*}). Not thread-safe. */
final class McpArguments {
    private final OutputPiece piece;
    private final String whole;
    private String written = "";

    McpArguments(OutputPiece piece, String whole) {
        this.piece = piece;
        this.whole = whole;
    }

    List<OutputPiece.Delta> deltas() {
        return ArgumentDeltas.of(whole, piece.context().profile().perTextDelta(), this::write);
    }

    private void write(String part) {
        written += part;
        piece.context()
                .out()
                .send(piece.event("response.mcp_call_arguments.delta")
                        .put("delta", part)
                        .put("obfuscation", piece.context().ids().obfuscation()));
    }

    /** Keeps what was written, the whole of it or not. */
    void end() {
        piece.item().setField("arguments", written);
        piece.context()
                .out()
                .send(piece.event("response.mcp_call_arguments.done").put("arguments", written));
    }
}
