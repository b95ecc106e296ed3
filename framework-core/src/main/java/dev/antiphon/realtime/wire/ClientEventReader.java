package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.SessionConfig;
import java.time.Duration;
import java.util.Optional;

/** Reads client events of the GA dialect (protocol section 5). */
final class ClientEventReader {
    private ClientEventReader() {}

    /**
     * @return empty when the type is not modelled
     * @throws UnreadableShape when the type is modelled but the event lacks what it needs
     */
    static Optional<ClientEvent> read(String type, Fields event) {
        Optional<String> id = event.optionalText("event_id");
        return Optional.ofNullable(
                switch (type) {
                    case "session.update" -> new ClientEvent.SessionUpdate(id, session(event.object("session")));
                    case AudioFrameReader.APPEND ->
                        new ClientEvent.AudioAppend(id, new AudioPayload(event.text("audio")));
                    case "input_audio_buffer.commit" -> new ClientEvent.AudioCommit(id);
                    case "input_audio_buffer.clear" -> new ClientEvent.AudioClear(id);
                    case "conversation.item.create" ->
                        new ClientEvent.ItemCreate(
                                id, event.optionalText("previous_item_id"), ItemReader.item(event.object("item")));
                    case "conversation.item.retrieve" -> new ClientEvent.ItemRetrieve(id, event.text("item_id"));
                    case "conversation.item.truncate" ->
                        new ClientEvent.ItemTruncate(
                                id, event.text("item_id"), event.integer("content_index"), audioEnd(event));
                    case "conversation.item.delete" -> new ClientEvent.ItemDelete(id, event.text("item_id"));
                    case "response.create" -> new ClientEvent.ResponseCreate(id, ResponseReader.config(event));
                    case "response.cancel" -> new ClientEvent.ResponseCancel(id, event.optionalText("response_id"));
                    case "output_audio_buffer.clear" -> new ClientEvent.OutputAudioClear(id);
                    default -> null;
                });
    }

    private static SessionConfig session(Fields session) {
        if (!session.textOr("type", "realtime").equals("realtime")) {
            throw new UnreadableShape("only realtime sessions are modelled");
        }
        return SessionReader.STRICT.config(session);
    }

    private static Duration audioEnd(Fields event) {
        return event.optionalMillis("audio_end_ms").orElseThrow(() -> new UnreadableShape("audio_end_ms is missing"));
    }
}
