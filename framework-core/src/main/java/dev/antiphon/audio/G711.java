package dev.antiphon.audio;

/**
 * The two companding laws of telephony (ITU-T G.711), between one byte and a signed 16-bit sample. Pure; decoding and encoding
 * again gives the same byte, except that mu-law's negative zero becomes its positive one.
 */
public enum G711 {
    /** North America and Japan; what the Realtime protocol calls {@code audio/pcmu}. */
    ULAW {
        @Override
        public byte encode(int sample) {
            int sign = sample < 0 ? 0x80 : 0;
            int magnitude = Math.min(Math.abs(sample), ULAW_CLIP) + ULAW_BIAS;
            int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
            int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
            return (byte) ~(sign | (exponent << 4) | mantissa);
        }

        @Override
        int expand(int coded) {
            int bits = ~coded & 0xFF;
            int magnitude = ((((bits & 0x0F) << 3) + ULAW_BIAS) << ((bits & 0x70) >> 4)) - ULAW_BIAS;
            return (bits & 0x80) == 0 ? magnitude : -magnitude;
        }
    },

    /** Everywhere else; what the Realtime protocol calls {@code audio/pcma}. */
    ALAW {
        @Override
        public byte encode(int sample) {
            int mask = sample >= 0 ? 0xD5 : 0x55;
            int magnitude = (sample >= 0 ? sample : -sample - 1) >> 3;
            int segment = Math.max(0, 27 - Integer.numberOfLeadingZeros(magnitude));
            int low = (segment < 2 ? magnitude >> 1 : magnitude >> segment) & 0x0F;
            return (byte) (((segment << 4) | low) ^ mask);
        }

        @Override
        int expand(int coded) {
            int bits = (coded ^ 0x55) & 0xFF;
            int segment = (bits & 0x70) >> 4;
            int magnitude = ((bits & 0x0F) << 4) + (segment == 0 ? 8 : 0x108);
            int value = segment > 1 ? magnitude << (segment - 1) : magnitude;
            return (bits & 0x80) != 0 ? value : -value;
        }
    };

    private static final int ULAW_BIAS = 0x84;
    private static final int ULAW_CLIP = 32_635;

    private final short[] samples = new short[256];

    G711() {
        for (int coded = 0; coded < samples.length; coded++) {
            samples[coded] = (short) expand(coded);
        }
    }

    /** Compresses a sample, -32,768 to 32,767. */
    public abstract byte encode(int sample);

    /** The sample that a byte stands for. */
    public short decode(byte coded) {
        return samples[coded & 0xFF];
    }

    abstract int expand(int coded);
}
