package dev.antiphon.testkit.caller;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The caller's voice on its way: pieces of 100 ms, each due at its time. After the words comes silence, for at least 1.2 s and
 * until the server has found the end of the turn. Not thread-safe.
 */
final class Microphone {
    static final Duration PIECE = Duration.ofMillis(100);
    private static final int PIECE_BYTES = 4_800;
    private static final int LEAST_SILENT_PIECES = 12;

    private byte[] audio = new byte[0];
    private int spoken;
    private int sent;
    private boolean turnOpen;
    private Instant startedAt = Instant.MIN;

    /** Starts to speak; gives the end of the words. */
    Instant speak(byte[] pcm24kHz, Instant now) {
        spoken = Math.ceilDiv(pcm24kHz.length, PIECE_BYTES);
        audio = Arrays.copyOf(pcm24kHz, spoken * PIECE_BYTES);
        sent = 0;
        turnOpen = true;
        startedAt = now;
        return now.plusMillis(pcm24kHz.length / 48);
    }

    /** The server has found the end of a turn; when that was only a pause between words, the silence after them still comes. */
    void turnEnded() {
        turnOpen = turnOpen && speaking();
    }

    /** The pieces that are due and were not given yet. */
    List<byte[]> due(Instant now) {
        List<byte[]> due = new ArrayList<>();
        while (more() && !now.isBefore(dueAt(sent))) {
            due.add(
                    speaking()
                            ? Arrays.copyOfRange(audio, sent * PIECE_BYTES, (sent + 1) * PIECE_BYTES)
                            : new byte[PIECE_BYTES]);
            sent++;
        }
        return due;
    }

    Optional<Instant> nextAt() {
        return more() ? Optional.of(dueAt(sent)) : Optional.empty();
    }

    /** Whether words, not only the silence after them, are still to be given. */
    boolean speaking() {
        return sent < spoken;
    }

    private boolean more() {
        return turnOpen || sent > 0 && sent < spoken + LEAST_SILENT_PIECES;
    }

    /** A piece is due when it has been spoken, at its end. */
    private Instant dueAt(int piece) {
        return startedAt.plus(PIECE.multipliedBy(piece + 1L));
    }
}
