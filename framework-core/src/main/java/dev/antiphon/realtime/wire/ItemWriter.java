package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import java.util.Locale;

/** Writes conversation items: as a server shows them, or as a client creates them (protocol section 9). */
enum ItemWriter {
    /** With {@code object}, {@code status} and explicit nulls, as servers do. */
    SERVER,
    /** What is needed to create the item, no more. */
    CLIENT;

    void item(JsonObjectWriter out, Item item) {
        switch (item) {
            case Item.Message message -> message(out, message);
            case Item.FunctionCall call -> call(out, call);
            case Item.FunctionCallOutput output -> output(out, output);
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

    private void head(JsonObjectWriter out, Item item, String type) {
        out.text("id", item.id());
        if (this == SERVER) {
            out.text("object", "realtime.item");
        }
        out.text("type", type);
    }

    private void status(JsonObjectWriter out, Item.Status status) {
        if (this == SERVER || status != Item.Status.COMPLETED) {
            out.text("status", status.name().toLowerCase(Locale.ROOT));
        }
    }

    private void part(JsonObjectWriter out, ContentPart part) {
        switch (part) {
            case ContentPart.InputText text -> out.text("type", "input_text").text("text", text.text());
            case ContentPart.InputAudio audio -> inputAudio(out, audio);
            case ContentPart.InputImage image ->
                out.text("type", "input_image")
                        .text("image_url", image.imageUrl())
                        .text("detail", image.detail());
            case ContentPart.OutputText text -> out.text("type", "output_text").text("text", text.text());
            case ContentPart.OutputAudio audio ->
                out.text("type", "output_audio").text("transcript", audio.transcript());
            case ContentPart.Unknown unknown -> out.fieldsOf(unknown.raw());
        }
    }

    private void inputAudio(JsonObjectWriter out, ContentPart.InputAudio audio) {
        out.text("type", "input_audio").text("audio", audio.audio().map(AudioPayload::base64));
        if (this == SERVER) {
            out.textOrNull("transcript", audio.transcript());
        } else {
            out.text("transcript", audio.transcript());
        }
    }
}
