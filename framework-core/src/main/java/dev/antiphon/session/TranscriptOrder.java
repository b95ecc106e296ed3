package dev.antiphon.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the transcripts of the caller's turns, which come late and in any order, into the order of the turns. Pure. A transcript of
 * a turn that is not waited for (any more) is let through at once.
 *
 * @param turns the turns whose transcript is not told yet, oldest first
 */
record TranscriptOrder(List<Turn> turns) {
    private static final int MAX_WAITING = 16;

    /** One turn and its transcript, once that is there. */
    record Turn(String itemId, Optional<String> text) {}

    /** What may be told now, and what waits. */
    record Step(TranscriptOrder next, List<Turn> told) {}

    TranscriptOrder {
        turns = List.copyOf(turns);
    }

    static TranscriptOrder none() {
        return new TranscriptOrder(List.of());
    }

    /** A turn was taken; beyond {@value #MAX_WAITING} the oldest is waited for no longer. */
    Step expecting(String itemId) {
        List<Turn> next = new ArrayList<>(turns);
        next.add(new Turn(itemId, Optional.empty()));
        return (next.size() > MAX_WAITING
                        ? new TranscriptOrder(next.subList(1, next.size()))
                        : new TranscriptOrder(next))
                .told();
    }

    Step arrived(String itemId, String text) {
        List<Turn> next = new ArrayList<>(turns);
        boolean known = next.removeIf(
                turn -> turn.itemId().equals(itemId) && turn.text().isEmpty());
        Turn arrived = new Turn(itemId, Optional.of(text));
        if (!known) {
            return new Step(this, List.of(arrived));
        }
        next.add(indexOf(itemId), arrived);
        return new TranscriptOrder(next).told();
    }

    private int indexOf(String itemId) {
        return turns.stream().map(Turn::itemId).toList().indexOf(itemId);
    }

    /** The transcript will never come. */
    Step without(String itemId) {
        return new TranscriptOrder(turns.stream()
                        .filter(turn -> !turn.itemId().equals(itemId))
                        .toList())
                .told();
    }

    /** Tells what is there and waits no longer for what should have come before it. */
    Step withoutMissing() {
        return new Step(
                none(), turns.stream().filter(turn -> turn.text().isPresent()).toList());
    }

    /** Whether a transcript waits for an earlier one. */
    boolean holds() {
        return turns.stream().anyMatch(turn -> turn.text().isPresent());
    }

    private Step told() {
        int told = 0;
        while (told < turns.size() && turns.get(told).text().isPresent()) {
            told++;
        }
        return new Step(new TranscriptOrder(turns.subList(told, turns.size())), turns.subList(0, told));
    }
}
