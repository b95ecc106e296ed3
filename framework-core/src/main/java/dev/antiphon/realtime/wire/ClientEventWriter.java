package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.SessionConfig.Kind;

/** Writes client events (protocol section 5), spelled as in one dialect. */
record ClientEventWriter(JsonObjectWriter out, Spelling spelling) {

    void write(ClientEvent event) {
        switch (event) {
            case ClientEvent.SessionUpdate e -> session(e);
            case ClientEvent.AudioAppend e ->
                head(AudioFrameWriter.APPEND, e).text("audio", e.audio().base64());
            case ClientEvent.AudioCommit e -> head("input_audio_buffer.commit", e);
            case ClientEvent.AudioClear e -> head("input_audio_buffer.clear", e);
            case ClientEvent.ItemCreate e ->
                head("conversation.item.create", e)
                        .text("previous_item_id", e.previousItemId())
                        .object("item", item -> new ItemWriter(spelling, false).item(item, e.item()));
            case ClientEvent.ItemRetrieve e ->
                head("conversation.item.retrieve", e).text("item_id", e.itemId());
            case ClientEvent.ItemTruncate e ->
                head("conversation.item.truncate", e)
                        .text("item_id", e.itemId())
                        .number("content_index", e.contentIndex())
                        .millis("audio_end_ms", e.audioEnd());
            case ClientEvent.ItemDelete e -> head("conversation.item.delete", e).text("item_id", e.itemId());
            case ClientEvent.ResponseCreate e ->
                new ResponseWriter(spelling).config(head("response.create", e), e.response());
            case ClientEvent.ResponseCancel e -> head("response.cancel", e).text("response_id", e.responseId());
            case ClientEvent.OutputAudioClear e -> head("output_audio_buffer.clear", e);
            case ClientEvent.Unknown e -> out.fieldsOf(e.raw());
        }
    }

    private void session(ClientEvent.SessionUpdate event) {
        boolean ownType = spelling == Spelling.BETA && event.session().kind() == Kind.TRANSCRIPTION;
        head(ownType ? "transcription_session.update" : "session.update", event)
                .object("session", session -> new SessionWriter(spelling, false).config(session, event.session()));
    }

    private JsonObjectWriter head(String type, ClientEvent event) {
        return out.text("type", type).text("event_id", event.eventId());
    }
}
