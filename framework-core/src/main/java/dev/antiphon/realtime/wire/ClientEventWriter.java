package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ClientEvent;

/** Writes client events of the GA dialect (protocol section 5). */
final class ClientEventWriter {
    private ClientEventWriter() {}

    static void write(JsonObjectWriter out, ClientEvent event) {
        switch (event) {
            case ClientEvent.SessionUpdate e ->
                head(out, "session.update", e).object("session", session -> SessionWriter.config(session, e.session()));
            case ClientEvent.AudioAppend e ->
                head(out, AudioFrameReader.APPEND, e).text("audio", e.audio().base64());
            case ClientEvent.AudioCommit e -> head(out, "input_audio_buffer.commit", e);
            case ClientEvent.AudioClear e -> head(out, "input_audio_buffer.clear", e);
            case ClientEvent.ItemCreate e ->
                head(out, "conversation.item.create", e)
                        .text("previous_item_id", e.previousItemId())
                        .object("item", item -> ItemWriter.CLIENT.item(item, e.item()));
            case ClientEvent.ItemRetrieve e ->
                head(out, "conversation.item.retrieve", e).text("item_id", e.itemId());
            case ClientEvent.ItemTruncate e ->
                head(out, "conversation.item.truncate", e)
                        .text("item_id", e.itemId())
                        .number("content_index", e.contentIndex())
                        .millis("audio_end_ms", e.audioEnd());
            case ClientEvent.ItemDelete e ->
                head(out, "conversation.item.delete", e).text("item_id", e.itemId());
            case ClientEvent.ResponseCreate e -> ResponseWriter.config(head(out, "response.create", e), e.response());
            case ClientEvent.ResponseCancel e -> head(out, "response.cancel", e).text("response_id", e.responseId());
            case ClientEvent.OutputAudioClear e -> head(out, "output_audio_buffer.clear", e);
            case ClientEvent.Unknown e -> out.fieldsOf(e.raw());
        }
    }

    private static JsonObjectWriter head(JsonObjectWriter out, String type, ClientEvent event) {
        return out.text("type", type).text("event_id", event.eventId());
    }
}
