package dev.antiphon.testkit.emulator;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What of a conversation a model still reads (protocol sections 3 and 7, {@code truncation}): the oldest items go when instructions,
 * tools and items are more than it takes. What has gone does not come back, and can still be retrieved. One for each session; not
 * thread-safe.
 */
final class ContextWindow {
    private final Set<String> gone = new HashSet<>();

    /** The items that are read; empty when they are too many and the session drops none. */
    Optional<List<StoredItem>> of(EffectiveSession session, List<StoredItem> items) {
        List<StoredItem> kept =
                items.stream().filter(item -> !gone.contains(item.id())).toList();
        Optional<Long> most = ModelLimits.mostInput(session.model());
        if (most.isEmpty()) {
            return Optional.of(kept);
        }
        JsonNode truncation = session.truncation();
        long head =
                Prompt.of(session.instructions(), session.tools(), List.of()).inputTokens();
        long limit = limit(truncation, most.get() - head);
        long all = tokens(kept);
        if (all <= limit) {
            return Optional.of(kept);
        }
        if (truncation.asString("").equals("disabled")) {
            return Optional.empty();
        }
        return Optional.of(cut(
                kept, all, (long) (limit * truncation.path("retention_ratio").asDouble(1))));
    }

    private static long limit(JsonNode truncation, long room) {
        JsonNode own = truncation.path("token_limits").path("post_instructions");
        return own.isNumber() ? Math.min(own.asLong(), room) : room;
    }

    private List<StoredItem> cut(List<StoredItem> items, long all, long wanted) {
        long left = all;
        int from = 0;
        // The latest item stays, however long it is: there would be nothing to answer.
        while (left > wanted && from < items.size() - 1) {
            StoredItem oldest = items.get(from);
            gone.add(oldest.id());
            left -= tokens(List.of(oldest));
            from++;
        }
        return items.subList(from, items.size());
    }

    private static long tokens(List<StoredItem> items) {
        return Prompt.ofItems(items).inputTokens();
    }
}
