package dev.antiphon.server.gateway;

import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The conversation's items as the client sees them, in order. Confined to one {@link GatewayProtocol}.
 *
 * <p>Holds at most {@value #MAX_ITEMS} items and {@value #MAX_CHARACTERS} characters of text; the oldest are forgotten beyond
 * that.
 */
final class ItemLog {
    static final int MAX_ITEMS = 2_000;
    static final int MAX_ITEM_CHARACTERS = 64 * 1024;
    /** With a picture, about 750 kB of it. */
    static final int MAX_PICTURE_CHARACTERS = 1024 * 1024;

    static final int MAX_CHARACTERS = 2 * 1024 * 1024;

    /** One item and what is known about its audio. */
    static final class Entry {
        private final String id;
        private Item item;
        private Duration spoken = Duration.ZERO;
        private boolean truncated;

        private Entry(String id, Item item) {
            this.id = id;
            this.item = item;
        }

        Item item() {
            return item;
        }

        Duration spoken() {
            return spoken;
        }

        boolean truncated() {
            return truncated;
        }

        void become(Item changed) {
            item = changed;
        }

        void addSpoken(Duration more) {
            spoken = spoken.plus(more);
        }

        /** The client said where its playing stopped. */
        void truncate() {
            truncated = true;
            forgetTranscript();
        }

        /** The stored transcript is removed, since the end of it was not heard (protocol section 5). */
        void forgetTranscript() {
            if (item instanceof Item.Message message) {
                item = new Item.Message(
                        message.id(),
                        message.role(),
                        message.status(),
                        List.of(ContentPart.OutputAudio.transcribed(Optional.empty())));
            }
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    Optional<Entry> find(String id) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).id.equals(id)) {
                return Optional.of(entries.get(i));
            }
        }
        return Optional.empty();
    }

    /** Adds to the end. */
    Entry append(String id, Item item) {
        Entry entry = new Entry(id, item);
        entries.add(entry);
        forgetOldest(entry);
        return entry;
    }

    /** Adds after another item, or first when {@code previous} is {@code root}. */
    void insert(String id, Item item, String previous) {
        int at = 0;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).id.equals(previous)) {
                at = i + 1;
            }
        }
        Entry entry = new Entry(id, item);
        entries.add(at, entry);
        forgetOldest(entry);
    }

    private void forgetOldest(Entry newest) {
        int excess = characters() - MAX_CHARACTERS;
        while (entries.size() > MAX_ITEMS || (excess > 0 && entries.size() > 1)) {
            Entry forgotten = entries.remove(entries.get(0) == newest ? 1 : 0);
            excess -= ClientItems.characters(forgotten.item);
        }
    }

    /** Counted anew each time, since items change while they are here. */
    int characters() {
        return entries.stream().mapToInt(e -> ClientItems.characters(e.item)).sum();
    }

    int size() {
        return entries.size();
    }

    boolean remove(String id) {
        return entries.removeIf(e -> e.id.equals(id));
    }

    /** The item before this one; empty for the first. */
    Optional<String> before(String id) {
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i).id.equals(id)) {
                return Optional.of(entries.get(i - 1).id);
            }
        }
        return Optional.empty();
    }

    Optional<String> last() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1).id);
    }
}
