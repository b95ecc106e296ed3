package dev.antiphon.server.gateway;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.session.VoiceSession;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client does to the conversation's items: create, retrieve, truncate, delete (protocol section 9), and the text that
 * it typed and that no turn has taken yet. Confined to one {@link GatewayProtocol}.
 */
final class ItemCommands {
    private static final int MAX_TEXT = 20_000;
    private static final int MAX_PICTURES = 4;

    private final ItemLog items;
    private final IdSource ids;
    private final Consumer<GatewayEffect> out;
    private final Consumer<VoiceSession.Command> session;
    private final Map<String, Item> typed = new LinkedHashMap<>();

    ItemCommands(ItemLog items, IdSource ids, Consumer<GatewayEffect> out, Consumer<VoiceSession.Command> session) {
        this.items = items;
        this.ids = ids;
        this.out = out;
        this.session = session;
    }

    /** Whether the client typed something that no turn has taken yet. */
    boolean hasTyped() {
        return !typed.isEmpty();
    }

    /** Everything typed and not yet taken, a line for each item, and every picture; it is then taken. */
    VoiceSession.CallerText takeTyped() {
        String text = texts().collect(Collectors.joining("\n"));
        List<ContentPart.InputImage> pictures = typed.values().stream()
                .flatMap(item -> ClientItems.pictures(item).stream())
                .toList();
        typed.clear();
        return new VoiceSession.CallerText(text, pictures);
    }

    private Stream<String> texts() {
        return typed.values().stream()
                .map(item -> ClientItems.typedText(item).orElse(""))
                .filter(text -> !text.isEmpty());
    }

    /** A new item of the client's; a typed one becomes the caller's turn with the next {@code response.create}. */
    void create(ClientEvent.ItemCreate create) {
        Optional<ApiError> broken = rules(create);
        if (broken.isPresent()) {
            error(broken.get());
            return;
        }
        String id = create.item().id().orElseGet(() -> ids.next("item"));
        Item item = ClientItems.named(id, create.item());
        if (ClientItems.typedText(item).isPresent()) {
            typed.put(id, item);
        }
        create.previousItemId().ifPresentOrElse(after -> items.insert(id, item, after), () -> items.append(id, item));
        send(new ServerEvent.ItemAdded(event(), items.before(id), item));
        send(new ServerEvent.ItemDone(event(), items.before(id), item));
    }

    private Optional<ApiError> rules(ClientEvent.ItemCreate create) {
        Optional<String> cause = create.eventId();
        int size = ClientItems.characters(create.item());
        int most = ClientItems.pictures(create.item()).isEmpty()
                ? ItemLog.MAX_ITEM_CHARACTERS
                : ItemLog.MAX_PICTURE_CHARACTERS;
        if (size > most) {
            return Optional.of(Errors.request(
                    "invalid_value",
                    "An item may have at most " + most + " characters, but had " + size + ".",
                    "item.content",
                    cause));
        }
        if (create.item().id().flatMap(items::find).isPresent()) {
            String id = create.item().id().get();
            return Optional.of(
                    Errors.request("invalid_value", "An item with id '" + id + "' already exists.", "item.id", cause));
        }
        if (create.previousItemId()
                .filter(p -> !p.equals("root") && items.find(p).isEmpty())
                .isPresent()) {
            return Optional.of(Errors.request(
                    "invalid_value",
                    "There is no item with id '" + create.previousItemId().get() + "' to insert after.",
                    "previous_item_id",
                    cause));
        }
        int waitingPictures = (int) typed.values().stream()
                .mapToLong(item -> ClientItems.pictures(item).size())
                .sum();
        if (waitingPictures + ClientItems.pictures(create.item()).size() > MAX_PICTURES) {
            return Optional.of(Errors.request(
                    "invalid_value",
                    "A caller's turn may have at most " + MAX_PICTURES + " pictures.",
                    "item.content",
                    cause));
        }
        int waitingText = texts().mapToInt(String::length).sum()
                + ClientItems.typedText(create.item()).orElse("").length();
        if (waitingText > MAX_TEXT) {
            return Optional.of(Errors.request(
                    "invalid_value",
                    "A caller's turn may have at most " + MAX_TEXT + " characters, but had " + waitingText + ".",
                    "item.content",
                    cause));
        }
        return ClientItems.refusal(create.item(), cause);
    }

    /** Shows an item as it is now. */
    void retrieve(ClientEvent.ItemRetrieve retrieve) {
        items.find(retrieve.itemId())
                .ifPresentOrElse(
                        entry -> send(new ServerEvent.ItemRetrieved(event(), entry.item())),
                        () -> error(
                                noSuchItem("item_retrieve_invalid_item_id", retrieve.itemId(), retrieve.eventId())));
    }

    /** Forgets an item; what was typed and not yet taken is then never said. */
    void delete(ClientEvent.ItemDelete delete) {
        typed.remove(delete.itemId());
        if (items.remove(delete.itemId())) {
            send(new ServerEvent.ItemDeleted(event(), delete.itemId()));
        } else {
            error(noSuchItem("item_delete_invalid_item_id", delete.itemId(), delete.eventId()));
        }
    }

    /** The client stopped playing there; the session hears of it (protocol section 5). */
    void truncate(ClientEvent.ItemTruncate truncate) {
        Optional<ItemLog.Entry> found = items.find(truncate.itemId());
        Duration spoken = found.map(ItemLog.Entry::spoken).orElse(Duration.ZERO);
        if (truncate.audioEnd().isNegative()) {
            error(Errors.request(
                    "integer_below_min_value",
                    "Invalid 'audio_end_ms': integer below minimum value. Expected a value >= 0, but got "
                            + truncate.audioEnd().toMillis() + " instead.",
                    "audio_end_ms",
                    truncate.eventId()));
        } else if (found.isEmpty()) {
            error(noSuchItem("item_truncate_invalid_item_id", truncate.itemId(), truncate.eventId()));
        } else if (spoken.isZero() || truncate.contentIndex() != 0) {
            error(Errors.withoutCode(
                    "Only model output audio messages can be truncated, at content_index 0.", truncate.eventId()));
        } else if (found.filter(ItemLog.Entry::truncated).isPresent()) {
            error(Errors.request(
                    "item_already_truncated",
                    "Item '" + truncate.itemId() + "' has already been truncated.",
                    truncate.eventId()));
        } else if (truncate.audioEnd().compareTo(spoken) > 0) {
            error(Errors.withoutCode(
                    "Audio content of " + spoken.toMillis() + "ms is already shorter than "
                            + truncate.audioEnd().toMillis() + "ms",
                    truncate.eventId()));
        } else {
            found.ifPresent(ItemLog.Entry::truncate);
            session.accept(new VoiceSession.CallerPlayed(truncate.itemId(), truncate.audioEnd(), true));
            send(new ServerEvent.ItemTruncated(event(), truncate.itemId(), 0, truncate.audioEnd()));
        }
    }

    private static ApiError noSuchItem(String code, String itemId, Optional<String> cause) {
        return Errors.request(code, "There is no item with id '" + itemId + "'.", "item_id", cause);
    }

    private void send(ServerEvent event) {
        out.accept(new GatewayEffect.Send(event));
    }

    private void error(ApiError error) {
        send(new ServerEvent.ErrorReported(event(), error));
    }

    private String event() {
        return ids.next("event");
    }
}
