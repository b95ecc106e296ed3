package dev.antiphon.session;

import dev.antiphon.realtime.AudioPayload;

/**
 * The latest pieces of a stream of audio, oldest first, in two arrays that are used round and round. Kept as objects they would live for
 * some seconds, each garbage collection would copy those of all calls, and be long for it ({@code docs/benchmarks.md}). Confined to one
 * session actor.
 */
final class AudioTail {
    private static final int LEAST_BYTES = 4 * 1024;
    private static final int LEAST_PIECES = 32;
    /** Arrays are made smaller when so many times what is kept fits in. */
    private static final int MUCH = 8;

    private static final int START = 0;
    private static final int END = 1;
    private static final int ARRIVED = 2;
    /** Twice the number of bytes, plus one when it was sent. */
    private static final int BYTES_AND_SENT = 3;
    /** How many numbers are kept of a piece; a power of two. */
    private static final int NOTES = 4;

    /** The base64 text of all pieces: the byte at a position stands at its remainder by the length, which is a power of two. */
    private byte[] text = {};

    private long textBegin;
    private long textEnd;
    /** What is known of the pieces, {@value #NOTES} numbers each, in the same way. */
    private long[] notes = {};

    private long first;
    private long next;

    /** Adds a piece that lasts from one position of the stream to another. */
    void add(AudioPayload audio, long startNanos, long endNanos, long arrivedAt, boolean sent) {
        int bytes = audio.textBytes();
        fitText(bytes);
        fitNotes();
        append(audio, bytes);
        int at = noteOf(next);
        notes[at + START] = startNanos;
        notes[at + END] = endNanos;
        notes[at + ARRIVED] = arrivedAt;
        notes[at + BYTES_AND_SENT] = 2L * bytes + (sent ? 1 : 0);
        next++;
    }

    int size() {
        return (int) (next - first);
    }

    /** @param index 0 for the oldest */
    long startNanos(int index) {
        return note(index, START);
    }

    long endNanos(int index) {
        return note(index, END);
    }

    long arrivedAt(int index) {
        return note(index, ARRIVED);
    }

    boolean sent(int index) {
        return note(index, BYTES_AND_SENT) % 2 == 1;
    }

    /** A copy of a piece. */
    AudioPayload audio(int index) {
        long from = textBegin;
        for (int i = 0; i < index; i++) {
            from += bytes(i);
        }
        byte[] copy = new byte[bytes(index)];
        copy(text, from, copy, 0, copy.length);
        return AudioPayload.in(copy, 0, copy.length);
    }

    /** All of them count as sent from now on. */
    void markSent() {
        for (int i = 0; i < size(); i++) {
            notes[noteOf(first + i) + BYTES_AND_SENT] |= 1;
        }
    }

    void removeFirst() {
        textBegin += bytes(0);
        first++;
    }

    void clear() {
        textBegin = textEnd;
        first = next;
    }

    private int bytes(int index) {
        return (int) (note(index, BYTES_AND_SENT) / 2);
    }

    private long note(int index, int which) {
        return notes[noteOf(first + index) + which];
    }

    private int noteOf(long piece) {
        return (int) (piece * NOTES & (notes.length - 1));
    }

    private void fitNotes() {
        int room = room((size() + 1) * NOTES, notes.length, LEAST_PIECES * NOTES);
        if (room != notes.length) {
            long[] other = new long[room];
            for (long piece = first; piece < next; piece++) {
                System.arraycopy(notes, noteOf(piece), other, (int) (piece * NOTES & (room - 1)), NOTES);
            }
            notes = other;
        }
    }

    private void fitText(int more) {
        int kept = (int) (textEnd - textBegin);
        int room = room(kept + more, text.length, LEAST_BYTES);
        if (room != text.length) {
            byte[] straight = new byte[kept];
            copy(text, textBegin, straight, 0, kept);
            text = new byte[room];
            put(straight, textBegin);
        }
    }

    private static int room(int wanted, int present, int least) {
        if (wanted > present || (present > least && wanted * MUCH < present)) {
            return Math.max(least, Integer.highestOneBit(2 * wanted - 1));
        }
        return present;
    }

    private void append(AudioPayload audio, int bytes) {
        int at = (int) (textEnd & (text.length - 1));
        if (at + bytes <= text.length) {
            audio.copyTo(text, at);
        } else {
            byte[] straight = new byte[bytes];
            audio.copyTo(straight, 0);
            put(straight, textEnd);
        }
        textEnd += bytes;
    }

    private void put(byte[] straight, long position) {
        int at = (int) (position & (text.length - 1));
        int untilEnd = Math.min(straight.length, text.length - at);
        System.arraycopy(straight, 0, text, at, untilEnd);
        System.arraycopy(straight, untilEnd, text, 0, straight.length - untilEnd);
    }

    private static void copy(byte[] ring, long position, byte[] target, int offset, int bytes) {
        if (bytes == 0) {
            return;
        }
        int at = (int) (position & (ring.length - 1));
        int untilEnd = Math.min(bytes, ring.length - at);
        System.arraycopy(ring, at, target, offset, untilEnd);
        System.arraycopy(ring, 0, target, offset + untilEnd, bytes - untilEnd);
    }
}
