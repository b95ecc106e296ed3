package dev.antiphon.session;

import dev.antiphon.handover.HandoverPacket.Said;
import dev.antiphon.model.PriceCard;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the model of a call knows of the conversation: the {@link CallHistory} as it goes over the line, what a new line is told
 * of it, and which heard audio becomes text before a response. Confined to one session actor.
 */
final class ModelMemory {
    /** How much of the conversation a new line is told word by word: some minutes of talk. The dialog's seed holds the rest. */
    private static final int REPLAYED_TOKENS = 2_000;

    private final ContextSettings settings;
    private final Set<String> replaced = new HashSet<>();
    private CallHistory history = CallHistory.empty();
    private int responses;

    ModelMemory(ContextSettings settings) {
        this.settings = settings;
    }

    void received(ServerEvent event, AudioFormat output) {
        history = history.received(event, output);
    }

    /**
     * What goes over the line for this event: itself, behind what makes the model's memory cheaper; nothing when it speaks of
     * audio that has become text, which a caller's side may still report as cut off, too late.
     *
     * @param open ids of utterances that may still be cut off
     */
    List<ClientEvent> toSend(ClientEvent event, PriceCard prices, Supplier<Set<String>> open) {
        if (isOfReplaced(event)) {
            return List.of();
        }
        List<ClientEvent> all = new ArrayList<>();
        if (event instanceof ClientEvent.ResponseCreate) {
            all.addAll(shortened(prices, open.get()));
        }
        history = history.sent(event);
        all.add(event);
        return all;
    }

    private List<ClientEvent> shortened(PriceCard prices, Set<String> open) {
        ContextPruning pruning = ContextPruning.of(history, settings, prices, responses, open);
        responses++;
        history = pruning.history();
        replaced.addAll(pruning.replaced());
        return pruning.events();
    }

    private boolean isOfReplaced(ClientEvent event) {
        return switch (event) {
            case ClientEvent.ItemTruncate truncate -> replaced.contains(truncate.itemId());
            case ClientEvent.ItemDelete delete -> replaced.contains(delete.itemId());
            case ClientEvent ignored -> false;
        };
    }

    /** The line is gone; true when it took the caller's last turn with it before anybody knew the words. */
    boolean lineLost() {
        history = history.lineLost();
        return history.endsUnheard();
    }

    /** What was said last, oldest first: words that were heard, and turns whose words are known. */
    List<Said> lastTurns(int most) {
        return history.lastTurns(most);
    }

    /** What a line that knows nothing is told. */
    List<ClientEvent> onNewLine() {
        history = history.onNewLine();
        replaced.clear();
        return history.replay(REPLAYED_TOKENS).stream()
                .<ClientEvent>map(item -> new ClientEvent.ItemCreate(Optional.empty(), Optional.empty(), item))
                .toList();
    }
}
