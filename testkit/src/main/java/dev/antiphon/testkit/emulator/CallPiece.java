package dev.antiphon.testkit.emulator;

import java.util.List;

/** A function call. */
final class CallPiece extends OutputPiece {
    private final String arguments;
    private final boolean wrongId;
    private String written = "";

    /** {@code wrongId} lets the end of the arguments name a call that does not exist. */
    CallPiece(SessionContext context, Place place, StoredItem item, String arguments, boolean wrongId) {
        super(context, place, item);
        this.wrongId = wrongId;
        this.arguments = arguments;
    }

    @Override
    void opened() {
        // A call has no content part: its arguments follow at once.
    }

    @Override
    List<Delta> deltas() {
        return ArgumentDeltas.of(arguments, context().profile().perTextDelta(), this::write);
    }

    private void write(String part) {
        written += part;
        context()
                .out()
                .send(event("response.function_call_arguments.delta")
                        .put("call_id", item().text("call_id"))
                        .put("delta", part)
                        .put("obfuscation", context().ids().obfuscation()));
    }

    @Override
    void closing() {
        item().setField("arguments", written);
        context()
                .out()
                .send(event("response.function_call_arguments.done")
                        .put("call_id", wrongId ? "call_of_nobody" : item().text("call_id"))
                        .put("name", item().text("name"))
                        .put("arguments", written));
    }
}
