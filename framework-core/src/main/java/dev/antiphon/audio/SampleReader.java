package dev.antiphon.audio;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;

/** Reads payloads as samples; a sample may be split between two of them. Not thread-safe. */
final class SampleReader {
    private static final byte[] NOTHING = {};

    private final AudioFormat format;
    private byte[] bytes = NOTHING;
    private int at;
    private boolean halfHeld;
    private byte lowByte;

    SampleReader(AudioFormat format) {
        this.format = format;
    }

    /** Begins the next payload; false when it is not base64. */
    boolean open(AudioPayload payload) {
        try {
            bytes = payload.bytes();
            at = 0;
            return true;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** How many whole samples there are to read. */
    int available() {
        return (bytes.length - at + (halfHeld ? 1 : 0)) / format.bytesPerSample();
    }

    /** Reads samples until the room or the payload ends; returns how many. */
    int read(float[] room) {
        int count = Math.min(room.length, available());
        switch (format) {
            case PCM16_24KHZ -> pcm(room, count);
            case G711_ULAW -> g711(G711.ULAW, room, count);
            case G711_ALAW -> g711(G711.ALAW, room, count);
        }
        if (count == 0) {
            holdHalf();
        }
        return count;
    }

    /** The stream ends: half a sample is none. */
    void forget() {
        halfHeld = false;
    }

    private void pcm(float[] room, int count) {
        for (int i = 0; i < count; i++) {
            byte low = halfHeld ? lowByte : bytes[at++];
            halfHeld = false;
            room[i] = (short) (low & 0xFF | bytes[at++] << 8);
        }
    }

    private void g711(G711 law, float[] room, int count) {
        for (int i = 0; i < count; i++) {
            room[i] = law.decode(bytes[at++]);
        }
    }

    private void holdHalf() {
        if (at < bytes.length) {
            lowByte = bytes[at];
            halfHeld = true;
        }
        bytes = NOTHING;
        at = 0;
    }
}
