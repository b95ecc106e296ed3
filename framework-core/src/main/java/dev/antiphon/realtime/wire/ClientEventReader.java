package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.SessionConfig;
import java.time.Duration;
import java.util.Optional;

/** Reads client events (protocol section 5), spelled as in one dialect. */
record ClientEventReader(Spelling spelling, Fields event) {

    /**
     * @return empty when the type is not modelled
     * @throws UnreadableShape when the type is modelled but the event lacks what it needs
     */
    Optional<ClientEvent> read(String type) {
        Optional<String> id = event.optionalText("event_id");
        return Optional.ofNullable(
                switch (type) {
                    case "session.update" -> new ClientEvent.SessionUpdate(id, session());
                    case "transcription_session.update" -> new ClientEvent.SessionUpdate(id, transcriptionSession());
                    case AudioFrameWriter.APPEND -> new ClientEvent.AudioAppend(id, event.audio("audio"));
                    case "input_audio_buffer.commit" -> new ClientEvent.AudioCommit(id);
                    case "input_audio_buffer.clear" -> new ClientEvent.AudioClear(id);
                    case "conversation.item.create" ->
                        new ClientEvent.ItemCreate(
                                id, event.optionalText("previous_item_id"), ItemReader.item(event.object("item")));
                    case "conversation.item.retrieve" -> new ClientEvent.ItemRetrieve(id, event.text("item_id"));
                    case "conversation.item.truncate" ->
                        new ClientEvent.ItemTruncate(
                                id, event.text("item_id"), event.integer("content_index"), audioEnd());
                    case "conversation.item.delete" -> new ClientEvent.ItemDelete(id, event.text("item_id"));
                    case "response.create" ->
                        new ClientEvent.ResponseCreate(id, ResponseReader.config(event, spelling));
                    case "response.cancel" -> new ClientEvent.ResponseCancel(id, event.optionalText("response_id"));
                    case "output_audio_buffer.clear" -> new ClientEvent.OutputAudioClear(id);
                    default -> null;
                });
    }

    private SessionConfig session() {
        Fields session = event.object("session");
        String type = session.textOr("type", "realtime");
        if (!type.equals("realtime") && !type.equals("transcription")) {
            throw new UnreadableShape("a session is realtime or transcription, but was " + type);
        }
        return SessionReader.client(spelling).config(session, SessionReader.kind(session));
    }

    /** Of the beta dialect alone, and spelled so even where a GA server is sent it. */
    private SessionConfig transcriptionSession() {
        return SessionReader.BETA_CLIENT.config(event.object("session"), SessionConfig.Kind.TRANSCRIPTION);
    }

    private Duration audioEnd() {
        return event.optionalMillis("audio_end_ms").orElseThrow(() -> new UnreadableShape("audio_end_ms is missing"));
    }
}
