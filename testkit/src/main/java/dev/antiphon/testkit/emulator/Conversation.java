package dev.antiphon.testkit.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The items of a session's default conversation, oldest first. Not thread-safe. */
final class Conversation {
    private final List<StoredItem> items = new ArrayList<>();

    List<StoredItem> items() {
        return List.copyOf(items);
    }

    Optional<StoredItem> find(String id) {
        return items.stream().filter(item -> item.id().equals(id)).findFirst();
    }

    boolean hasToolCall(String callId) {
        return items.stream()
                .anyMatch(item -> item.type().equals("function_call")
                        && item.text("call_id").equals(callId));
    }

    void append(StoredItem item) {
        items.add(item);
    }

    void insertFirst(StoredItem item) {
        items.addFirst(item);
    }

    void insertAfter(StoredItem previous, StoredItem item) {
        items.add(items.indexOf(previous) + 1, item);
    }

    void remove(StoredItem item) {
        items.remove(item);
    }

    boolean contains(StoredItem item) {
        return items.contains(item);
    }

    Optional<String> lastId() {
        return items.isEmpty() ? Optional.empty() : Optional.of(items.getLast().id());
    }

    Optional<String> idBefore(StoredItem item) {
        int at = items.indexOf(item);
        return at > 0 ? Optional.of(items.get(at - 1).id()) : Optional.empty();
    }
}
