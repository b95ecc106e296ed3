package dev.antiphon.session;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ResponseConfig;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.realtime.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The asides of one call that wait for the model. Their events are kept from the turn machine, which knows one response at a time.
 * Confined to one session actor.
 */
final class Asides {
    static final int MOST_AT_ONCE = 4;
    private static final String KEY = "antiphon_aside";

    private record Waiting(Consumer<Aside.Reply> replyTo, Optional<String> responseId) {}

    private final Consumer<Usage> bill;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private int asked;

    Asides(Consumer<Usage> bill) {
        this.bill = bill;
    }

    /** The id of a new aside; empty when too many wait, which is told. */
    Optional<String> open(Consumer<Aside.Reply> replyTo) {
        if (waiting.size() >= MOST_AT_ONCE) {
            replyTo.accept(new Aside.Reply.Unanswered("at most " + MOST_AT_ONCE + " asides may wait at once"));
            return Optional.empty();
        }
        asked++;
        String id = "aside_" + asked;
        waiting.put(id, new Waiting(replyTo, Optional.empty()));
        return Optional.of(id);
    }

    static ClientEvent request(String id, Aside aside) {
        return new ClientEvent.ResponseCreate(Optional.of(id), ResponseConfig.of(r -> {
            r.conversation(ResponseConfig.Conversation.NONE)
                    .outputModality(SessionConfig.Modality.TEXT)
                    .toolChoice(ToolChoice.NONE)
                    .metadata(Map.of(KEY, id))
                    .instructions(aside.instructions());
            aside.input().ifPresent(r::input);
        }));
    }

    /** Takes an event that belongs to an aside; false when it does not. */
    boolean takes(ServerEvent event) {
        return !waiting.isEmpty()
                && switch (event) {
                    case ServerEvent.ResponseCreated e -> created(e.response());
                    case ServerEvent.ResponseDone e -> done(e.response());
                    case ServerEvent.ErrorReported e ->
                        e.error().clientEventId().filter(waiting::containsKey).isPresent()
                                && settle(
                                        e.error().clientEventId().get(),
                                        new Aside.Reply.Unanswered(e.error().message()));
                    case ServerEvent.OutputItemAdded e -> isMine(e.responseId());
                    case ServerEvent.OutputItemDone e -> isMine(e.responseId());
                    case ServerEvent.TextDelta e -> isMine(e.responseId());
                    case ServerEvent.AudioDelta e -> isMine(e.responseId());
                    case ServerEvent.AudioTranscriptDelta e -> isMine(e.responseId());
                    default -> false;
                };
    }

    private boolean created(Response response) {
        Optional<String> id = idOf(response);
        id.ifPresent(mine ->
                waiting.computeIfPresent(mine, (key, w) -> new Waiting(w.replyTo(), Optional.of(response.id()))));
        return id.isPresent();
    }

    private boolean done(Response response) {
        Optional<String> id = idOf(response);
        if (id.isEmpty()) {
            return false;
        }
        response.usage().ifPresent(bill);
        Aside.Reply reply = switch (response.status()) {
            case Response.Status.Completed ignored ->
                new Aside.Reply.Answered(
                        text(response.output()), response.usage().orElse(Usage.NONE));
            case Response.Status.Failed failed ->
                new Aside.Reply.Unanswered(failed.error().message());
            case Response.Status other -> new Aside.Reply.Unanswered("the response ended as " + other);
        };
        return settle(id.get(), reply);
    }

    /** By the metadata that the service echoes, or by the response's id once that is known. */
    private Optional<String> idOf(Response response) {
        String metadata = response.metadata().map(RawJson::text).orElse("");
        return waiting.entrySet().stream()
                .filter(entry -> metadata.contains("\"" + entry.getKey() + "\"")
                        || entry.getValue()
                                .responseId()
                                .filter(response.id()::equals)
                                .isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean isMine(String responseId) {
        return waiting.values().stream()
                .anyMatch(w -> w.responseId().filter(responseId::equals).isPresent());
    }

    private static String text(List<Item> output) {
        return output.stream()
                .filter(Item.Message.class::isInstance)
                .flatMap(item -> ((Item.Message) item).content().stream())
                .filter(ContentPart.OutputText.class::isInstance)
                .map(part -> ((ContentPart.OutputText) part).text())
                .collect(Collectors.joining("\n"));
    }

    /** Nothing came of it; nothing happens when it is settled already. */
    void fails(String id, String reason) {
        settle(id, new Aside.Reply.Unanswered(reason));
    }

    /** The line that was asked is gone. */
    void failAll(String reason) {
        List.copyOf(waiting.keySet()).forEach(id -> fails(id, reason));
    }

    private boolean settle(String id, Aside.Reply reply) {
        Waiting settled = waiting.remove(id);
        if (settled != null) {
            settled.replyTo().accept(reply);
        }
        return true;
    }
}
