package dev.antiphon.server.console;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Wraps PCM as a WAV file. */
final class WavFile {
    private static final int SAMPLE_RATE_HZ = 24_000;
    private static final int HEADER_BYTES = 44;

    private WavFile() {}

    /** A mono 16-bit file of 24 kHz samples. */
    static byte[] of(byte[] pcm24kHz) {
        ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + pcm24kHz.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER_BYTES - 8 + pcm24kHz.length);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 1).putShort((short) 1).putInt(SAMPLE_RATE_HZ).putInt(SAMPLE_RATE_HZ * 2);
        file.putShort((short) 2).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(pcm24kHz.length)
                .put(pcm24kHz);
        return file.array();
    }
}
