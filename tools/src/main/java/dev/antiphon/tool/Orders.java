package dev.antiphon.tool;

import dev.antiphon.session.SessionId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs that must follow each other, in lines. Not thread-safe; confined to the dispatcher. Runs are named by their generation. */
final class Orders {
    private final Map<Line, Deque<Long>> lines = new HashMap<>();

    /** Runs of one session that share a word. */
    record Line(SessionId session, String word) {}

    /** Takes the last place of a line; whether that is the first one, too. */
    boolean enter(Line line, long generation) {
        Deque<Long> waiting = lines.computeIfAbsent(line, any -> new ArrayDeque<>());
        waiting.addLast(generation);
        return waiting.size() == 1;
    }

    /** Leaves a line; who is first now, when that was another one before. */
    Optional<Long> leave(Line line, long generation) {
        Deque<Long> waiting = lines.getOrDefault(line, new ArrayDeque<>());
        boolean wasFirst = Optional.ofNullable(waiting.peekFirst())
                .filter(first -> first == generation)
                .isPresent();
        waiting.remove(generation);
        if (waiting.isEmpty()) {
            lines.remove(line);
        }
        return wasFirst ? Optional.ofNullable(waiting.peekFirst()) : Optional.empty();
    }
}
