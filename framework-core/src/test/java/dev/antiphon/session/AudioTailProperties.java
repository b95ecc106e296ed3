package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioPayload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AudioTailProperties {
    private record Piece(AudioPayload audio, long start, long end, long arrived, boolean sent) {}

    /** Beside a plain queue: grows, wraps round, shrinks and is cleared without a difference. */
    @Property
    void keepsWhatAQueueKeeps(
            @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 3_000) Integer> lengths,
            @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 9) Integer> steps) {
        AudioTail tail = new AudioTail();
        Deque<Piece> queue = new ArrayDeque<>();
        for (int i = 0; i < lengths.size(); i++) {
            byte[] bytes = new byte[lengths.get(i)];
            Arrays.fill(bytes, (byte) i);
            Piece piece = new Piece(AudioPayload.ofBytes(bytes), i, i + 1L, -i, i % 3 == 0);
            tail.add(piece.audio(), piece.start(), piece.end(), piece.arrived(), piece.sent());
            queue.addLast(piece);
            step(i < steps.size() ? steps.get(i) : 0, tail, queue);
        }
        assertThat(kept(tail)).isEqualTo(List.copyOf(queue));
    }

    private static void step(int step, AudioTail tail, Deque<Piece> queue) {
        switch (step) {
            case 1, 2, 3 -> {
                tail.removeFirst();
                queue.removeFirst();
            }
            case 4 -> {
                while (queue.size() > 1) {
                    tail.removeFirst();
                    queue.removeFirst();
                }
            }
            case 5 -> {
                tail.clear();
                queue.clear();
            }
            case 6 -> {
                tail.markSent();
                List<Piece> all = List.copyOf(queue);
                queue.clear();
                all.forEach(p -> queue.addLast(new Piece(p.audio(), p.start(), p.end(), p.arrived(), true)));
            }
            default -> {}
        }
    }

    private static List<Piece> kept(AudioTail tail) {
        List<Piece> kept = new ArrayList<>();
        for (int i = 0; i < tail.size(); i++) {
            kept.add(new Piece(tail.audio(i), tail.startNanos(i), tail.endNanos(i), tail.arrivedAt(i), tail.sent(i)));
        }
        return kept;
    }
}
