package dev.antiphon.session;

import dev.antiphon.model.ContextCost;
import dev.antiphon.model.ContextCost.Piece;
import dev.antiphon.model.PriceCard;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which heard audio of a {@link CallHistory} becomes text before a response is asked for. What the caller has just said stays
 * audio, and so does what is still being played, since it may yet be cut off. Pure.
 *
 * @param history with the words in place of the audio
 * @param events what tells the line so
 * @param replaced ids of the items that are gone
 */
record ContextPruning(CallHistory history, List<ClientEvent> events, List<String> replaced) {
    /** Nobody knows when a call ends: so many are always expected. */
    private static final int ALWAYS_EXPECTED = 4;

    ContextPruning {
        events = List.copyOf(events);
        replaced = List.copyOf(replaced);
    }

    /**
     * What is cheapest now.
     *
     * @param responses how many responses the call has had
     * @param open ids of utterances that may still be cut off
     */
    static ContextPruning of(
            CallHistory history, ContextSettings settings, PriceCard prices, int responses, Set<String> open) {
        if (!settings.automatic()) {
            return new ContextPruning(history, List.of(), List.of());
        }
        List<HistoryEntry> entries = history.entries();
        int lastTurn = lastTurn(entries);
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            HistoryEntry entry = entries.get(i);
            boolean cached = i < history.read();
            boolean replaceable = i < lastTurn && isReplaceable(entry, cached, open);
            pieces.add(new Piece(entry.audioTokens(), entry.textTokens(), cached, replaceable));
        }
        int left = Math.max(ALWAYS_EXPECTED, settings.expectedResponses() - responses);
        List<Integer> chosen = ContextCost.replacements(pieces, prices, left);
        return new ContextPruning(
                history.asText(chosen),
                chosen.stream().flatMap(i -> replacing(entries.get(i)).stream()).toList(),
                chosen.stream().map(i -> entries.get(i).itemId().orElseThrow()).toList());
    }

    private static int lastTurn(List<HistoryEntry> entries) {
        int last = entries.size() - 1;
        while (last > 0 && !isCallers(entries.get(last))) {
            last--;
        }
        return last;
    }

    private static boolean isCallers(HistoryEntry entry) {
        return switch (entry) {
            case HistoryEntry.CallerTurn ignored -> true;
            case HistoryEntry.TypedTurn ignored -> true;
            case HistoryEntry.AgentWords ignored -> false;
            case HistoryEntry.ToolCall ignored -> false;
        };
    }

    /** The model must have heard a caller before it reads them. */
    private static boolean isReplaceable(HistoryEntry entry, boolean cached, Set<String> open) {
        boolean known = entry.itemId().filter(id -> !open.contains(id)).isPresent()
                && !entry.asText().isEmpty();
        return switch (entry) {
            case HistoryEntry.CallerTurn turn -> known && cached;
            case HistoryEntry.AgentWords words -> known;
            case HistoryEntry.TypedTurn ignored -> false;
            case HistoryEntry.ToolCall ignored -> false;
        };
    }

    /** The words come in behind the audio before it goes, so that they stand in its place. */
    private static List<ClientEvent> replacing(HistoryEntry entry) {
        List<ClientEvent> events = new ArrayList<>();
        for (Item item : entry.asText()) {
            events.add(new ClientEvent.ItemCreate(Optional.empty(), entry.itemId(), item));
        }
        events.add(new ClientEvent.ItemDelete(Optional.empty(), entry.itemId().orElseThrow()));
        return events;
    }
}
