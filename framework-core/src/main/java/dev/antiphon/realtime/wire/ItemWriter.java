package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.McpError;
import dev.antiphon.realtime.McpListedTool;
import java.util.Locale;

/**
 * Writes conversation items (protocol section 9).
 *
 * @param asServer with {@code object}, {@code status} and explicit nulls, as servers show them; else what is needed to create the
 *     item, no more
 */
record ItemWriter(Spelling spelling, boolean asServer) {

    void item(JsonObjectWriter out, Item item) {
        switch (item) {
            case Item.Message message -> message(out, message);
            case Item.FunctionCall call -> call(out, call);
            case Item.FunctionCallOutput output -> output(out, output);
            case Item.McpListTools list ->
                labelled(out, item, "mcp_list_tools", list.serverLabel())
                        .objects("tools", list.tools(), ItemWriter::listedTool);
            case Item.McpCall call -> mcpCall(out, call);
            case Item.McpApprovalRequest request ->
                labelled(out, item, "mcp_approval_request", request.serverLabel())
                        .text("name", request.name())
                        .text("arguments", request.argumentsJson());
            case Item.McpApprovalResponse response ->
                typed(out, item, "mcp_approval_response")
                        .text("approval_request_id", response.approvalRequestId())
                        .flag("approve", response.approve())
                        .text("reason", response.reason());
            case Item.Reference ignored -> typed(out, item, "item_reference");
            case Item.Unknown unknown -> out.fieldsOf(unknown.raw());
        }
    }

    private void message(JsonObjectWriter out, Item.Message message) {
        head(out, message, "message");
        status(out, message.status());
        out.text("role", message.role().name().toLowerCase(Locale.ROOT));
        out.objects("content", message.content(), this::part);
    }

    private void call(JsonObjectWriter out, Item.FunctionCall call) {
        head(out, call, "function_call");
        status(out, call.status());
        out.text("call_id", call.callId());
        out.text("name", call.name());
        out.text("arguments", call.argumentsJson());
    }

    private void output(JsonObjectWriter out, Item.FunctionCallOutput output) {
        head(out, output, "function_call_output");
        status(out, Item.Status.COMPLETED);
        out.text("call_id", output.callId());
        out.text("output", output.output());
    }

    private void mcpCall(JsonObjectWriter out, Item.McpCall call) {
        labelled(out, call, "mcp_call", call.serverLabel())
                .text("name", call.name())
                .text("arguments", call.argumentsJson())
                .text("approval_request_id", call.approvalRequestId())
                .text("output", call.output());
        call.error().ifPresent(error -> out.object("error", object -> mcpError(object, error)));
    }

    private static void mcpError(JsonObjectWriter out, McpError error) {
        out.text("type", error.type());
        error.code().ifPresent(code -> out.number("code", code));
        out.text("message", error.message());
    }

    private static void listedTool(JsonObjectWriter out, McpListedTool tool) {
        out.text("name", tool.name()).text("description", tool.description()).json("input_schema", tool.inputSchema());
        tool.annotations().ifPresent(annotations -> out.json("annotations", annotations));
    }

    private void head(JsonObjectWriter out, Item item, String type) {
        out.text("id", item.id());
        if (asServer) {
            out.text("object", "realtime.item");
        }
        out.text("type", type);
    }

    /** Items of MCP have neither {@code object} nor {@code status}. */
    private static JsonObjectWriter typed(JsonObjectWriter out, Item item, String type) {
        return out.text("id", item.id()).text("type", type);
    }

    private static JsonObjectWriter labelled(JsonObjectWriter out, Item item, String type, String serverLabel) {
        return typed(out, item, type).text("server_label", serverLabel);
    }

    private void status(JsonObjectWriter out, Item.Status status) {
        if (asServer || status != Item.Status.COMPLETED) {
            out.text("status", status.name().toLowerCase(Locale.ROOT));
        }
    }

    /** A part inside an event of its own: spelled as in the beta dialect by both. */
    static void eventPart(JsonObjectWriter out, ContentPart part) {
        new ItemWriter(Spelling.BETA, true).part(out, part);
    }

    private void part(JsonObjectWriter out, ContentPart part) {
        switch (part) {
            case ContentPart.InputText text -> out.text("type", "input_text").text("text", text.text());
            case ContentPart.InputAudio audio -> inputAudio(out, audio);
            case ContentPart.InputImage image ->
                out.text("type", "input_image")
                        .text("image_url", image.imageUrl())
                        .text("detail", image.detail());
            case ContentPart.OutputText text ->
                out.text("type", spelling.either("output_text", "text")).text("text", text.text());
            case ContentPart.OutputAudio audio ->
                out.text("type", spelling.either("output_audio", "audio"))
                        .text("audio", audio.audio().map(AudioPayload::base64))
                        .text("transcript", audio.transcript());
            case ContentPart.Unknown unknown -> out.fieldsOf(unknown.raw());
        }
    }

    private void inputAudio(JsonObjectWriter out, ContentPart.InputAudio audio) {
        out.text("type", "input_audio").text("audio", audio.audio().map(AudioPayload::base64));
        if (asServer) {
            out.textOrNull("transcript", audio.transcript());
        } else {
            out.text("transcript", audio.transcript());
        }
    }
}
