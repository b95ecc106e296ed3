package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.AudioFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes the output items of one response: what its brain decided, or the calls of remote tools that the client has approved.
 *
 * @param responseId of the response
 */
record OutputPieces(
        SessionContext context, String responseId, ResponseOptions options, OfferedTools tools, ResponseFaults faults) {

    /** One item for each of the brain's outputs. */
    List<OutputPiece> of(List<Brain.Output> outputs) {
        return IntStream.range(0, outputs.size())
                .mapToObj(index -> piece(outputs.get(index), place(index)))
                .toList();
    }

    /** One call for each of these approval requests. */
    List<OutputPiece> ofApproved(List<StoredItem> requests) {
        return IntStream.range(0, requests.size())
                .<OutputPiece>mapToObj(index -> approved(requests.get(index), place(index)))
                .toList();
    }

    private OutputPiece.Place place(int index) {
        return new OutputPiece.Place(responseId, options.outOfBand(), index);
    }

    private OutputPiece piece(Brain.Output part, OutputPiece.Place place) {
        return switch (part) {
            case Brain.Output.Speak speak -> message(speak.text(), place);
            case Brain.Output.CallTool call ->
                tools.remote(call.name())
                        .map(tool -> remote(tool, call.arguments().toString(), place))
                        .orElseGet(() -> function(call, place));
        };
    }

    private OutputPiece function(Brain.Output.CallTool call, OutputPiece.Place place) {
        return new CallPiece(
                context,
                place,
                items().functionCall(call.name()),
                call.arguments().toString(),
                faults.wrongCallId());
    }

    private OutputPiece remote(OfferedTools.RemoteTool remote, String arguments, OutputPiece.Place place) {
        String label = remote.serverLabel();
        String name = remote.tool().name();
        return remote.needsApproval()
                ? new McpApprovalPiece(context, place, items().mcpApprovalRequest(label, name), arguments)
                : new McpCallPiece(
                        context, place, items().mcpCall(label, name), work(label, name, arguments), Optional.empty());
    }

    private OutputPiece approved(StoredItem request, OutputPiece.Place place) {
        McpWork work = work(request.text("server_label"), request.text("name"), request.text("arguments"));
        return new McpCallPiece(context, place, items().mcpCallOf(request), work, Optional.of(request));
    }

    private McpWork work(String label, String tool, String arguments) {
        return new McpWork(context.settings().mcp().labelled(label), tool, arguments);
    }

    private OutputPiece message(String text, OutputPiece.Place place) {
        StoredItem item = items().assistantMessage();
        return options.spoken()
                ? new SpokenPiece(context, place, item, text, options.format(), speech(text))
                : new WrittenPiece(context, place, item, text);
    }

    private byte[] speech(String text) {
        byte[] pcm = context.settings().synthesizer().pcm24kHz(text);
        return options.format() == AudioFormat.PCM16_24KHZ
                ? pcm
                : AudioCodec.encode(options.format(), AudioCodec.samples(pcm, pcm.length));
    }

    private ItemFactory items() {
        return new ItemFactory(context);
    }
}
