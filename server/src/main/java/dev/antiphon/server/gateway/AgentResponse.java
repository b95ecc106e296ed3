package dev.antiphon.server.gateway;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One agent turn, shown to the client as one response in the order of protocol section 11. Confined to one
 * {@link GatewayProtocol}.
 *
 * <p>An utterance is announced with its first audio or text, so that one that was cut off before it began never shows.
 */
final class AgentResponse {

    /** One utterance, shown as one message item. */
    private final class Utterance {
        private final String id;
        private final int index;
        private final StringBuilder text = new StringBuilder();
        private boolean ended;

        private Utterance(String id, int index) {
            this.id = id;
            this.index = index;
        }

        private ContentPart part() {
            return spoken
                    ? ContentPart.OutputAudio.transcribed(Optional.of(text.toString()))
                    : new ContentPart.OutputText(text.toString());
        }

        private Item.Message message(Item.Status status, boolean empty) {
            return new Item.Message(Optional.of(id), Item.Role.ASSISTANT, status, empty ? List.of() : List.of(part()));
        }
    }

    private final String id;
    private final String conversationId;
    private final Map<String, String> metadata;
    private final boolean spoken;
    private final AudioFormat format;
    private final IdSource ids;
    private final ItemLog items;
    private final Consumer<ServerEvent> out;
    private final Map<String, Utterance> utterances = new LinkedHashMap<>();

    AgentResponse(
            ClientSession session,
            String conversationId,
            Map<String, String> metadata,
            IdSource ids,
            ItemLog items,
            Consumer<ServerEvent> out) {
        this.id = ids.next("resp");
        this.conversationId = conversationId;
        this.metadata = metadata;
        this.spoken = session.modality() == Modality.AUDIO;
        this.format = session.output();
        this.ids = ids;
        this.items = items;
        this.out = out;
    }

    String id() {
        return id;
    }

    /** Whether anything has been said. */
    boolean hasContent() {
        return !utterances.isEmpty();
    }

    boolean contains(String utteranceId) {
        return utterances.containsKey(utteranceId);
    }

    void begin() {
        out.accept(new ServerEvent.ResponseCreated(
                event(), response(new Response.Status.InProgress(), Optional.empty(), List.of())));
    }

    void audio(String utteranceId, AudioPayload audio) {
        Utterance utterance = announced(utteranceId);
        if (!spoken || utterance.ended) {
            return;
        }
        items.find(utteranceId).ifPresent(e -> e.addSpoken(audio.duration(format)));
        out.accept(new ServerEvent.AudioDelta(event(), id, utteranceId, utterance.index, 0, audio));
    }

    void text(String utteranceId, String delta) {
        Utterance utterance = announced(utteranceId);
        if (utterance.ended || delta.isEmpty()) {
            return;
        }
        utterance.text.append(delta);
        out.accept(
                spoken
                        ? new ServerEvent.AudioTranscriptDelta(event(), id, utteranceId, utterance.index, 0, delta)
                        : new ServerEvent.TextDelta(event(), id, utteranceId, utterance.index, 0, delta));
    }

    /** The utterance is complete; {@code text} is all of it. */
    void ended(String utteranceId, String text) {
        Utterance utterance = announced(utteranceId);
        if (utterance.text.isEmpty()) {
            text(utteranceId, text);
        }
        close(utterance, Item.Status.COMPLETED);
    }

    /** Ends the response; what is still being said ends with it. */
    void finish(Response.Status status, Optional<Usage> usage) {
        Item.Status open = status instanceof Response.Status.Completed ? Item.Status.COMPLETED : Item.Status.INCOMPLETE;
        utterances.values().forEach(u -> close(u, open));
        List<Item> output = new ArrayList<>();
        utterances.keySet().forEach(u -> items.find(u).ifPresent(e -> output.add(e.item())));
        out.accept(new ServerEvent.ResponseDone(event(), response(status, usage, output)));
    }

    private Utterance announced(String utteranceId) {
        Utterance known = utterances.get(utteranceId);
        if (known != null) {
            return known;
        }
        Utterance utterance = new Utterance(utteranceId, utterances.size());
        utterances.put(utteranceId, utterance);
        Item.Message started = utterance.message(Item.Status.IN_PROGRESS, true);
        out.accept(new ServerEvent.OutputItemAdded(event(), id, utterance.index, started));
        items.append(utteranceId, started);
        out.accept(new ServerEvent.ItemAdded(event(), items.before(utteranceId), started));
        out.accept(new ServerEvent.ContentPartAdded(event(), id, utteranceId, utterance.index, 0, utterance.part()));
        return utterance;
    }

    private void close(Utterance utterance, Item.Status status) {
        if (utterance.ended) {
            return;
        }
        utterance.ended = true;
        String text = utterance.text.toString();
        String item = utterance.id;
        int index = utterance.index;
        if (spoken) {
            out.accept(new ServerEvent.AudioDone(event(), id, item, index, 0));
            out.accept(new ServerEvent.AudioTranscriptDone(event(), id, item, index, 0, text));
        } else {
            out.accept(new ServerEvent.TextDone(event(), id, item, index, 0, text));
        }
        out.accept(new ServerEvent.ContentPartDone(event(), id, item, index, 0, utterance.part()));
        Item.Message done = utterance.message(status, false);
        items.find(item).ifPresent(e -> e.become(done));
        out.accept(new ServerEvent.ItemDone(event(), items.before(item), done));
        out.accept(new ServerEvent.OutputItemDone(event(), id, index, done));
    }

    private Response response(Response.Status status, Optional<Usage> usage, List<Item> output) {
        return new Response(id, status, Optional.of(conversationId), output, usage, metadataJson());
    }

    private Optional<RawJson> metadataJson() {
        if (metadata.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        metadata.forEach(json::put);
        return Optional.of(new RawJson(json.toString()));
    }

    private String event() {
        return ids.next("event");
    }
}
