package dev.antiphon.testkit.caller;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The caller's voice on its way: pieces of 100 ms, each due at its time, and silence after the words. Not thread-safe. */
final class Microphone {
    static final Duration PIECE = Duration.ofMillis(100);
    private static final int PIECE_BYTES = 4_800;
    private static final int SILENT_PIECES = 12;

    private byte[] audio = new byte[0];
    private int pieces;
    private int sent;
    private Instant startedAt = Instant.MIN;

    /** Starts to speak; gives the end of the words. */
    Instant speak(byte[] pcm24kHz, Instant now) {
        int spoken = Math.ceilDiv(pcm24kHz.length, PIECE_BYTES);
        pieces = spoken + SILENT_PIECES;
        audio = Arrays.copyOf(pcm24kHz, pieces * PIECE_BYTES);
        sent = 0;
        startedAt = now;
        return now.plusMillis(pcm24kHz.length / 48);
    }

    /** The pieces that are due and were not given yet. */
    List<byte[]> due(Instant now) {
        List<byte[]> due = new ArrayList<>();
        while (sent < pieces && !now.isBefore(dueAt(sent))) {
            due.add(Arrays.copyOfRange(audio, sent * PIECE_BYTES, (sent + 1) * PIECE_BYTES));
            sent++;
        }
        return due;
    }

    Optional<Instant> nextAt() {
        return sent < pieces ? Optional.of(dueAt(sent)) : Optional.empty();
    }

    /** Whether words, not only the silence after them, are still to be given. */
    boolean speaking() {
        return sent < pieces - SILENT_PIECES;
    }

    /** A piece is due when it has been spoken, at its end. */
    private Instant dueAt(int piece) {
        return startedAt.plus(PIECE.multipliedBy(piece + 1L));
    }
}
