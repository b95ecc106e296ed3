package dev.antiphon.realtime.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Tells whether bytes stand between the quotes of a JSON string as they are: ASCII without control characters, quote and
 * backslash. Looks at eight bytes at a time, because base64 is the bulk of what a session moves.
 */
final class PlainText {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private PlainText() {}

    /**
     * Whether text that was encoded to these bytes can be written as it is. A question mark proves nothing: half a surrogate pair
     * is encoded to one.
     */
    static boolean isPlain(byte[] bytes, int from, int to) {
        int end = end(bytes, from, to);
        return end >= to && !contains(bytes, from, to, '?');
    }

    /** Where the first byte stands, from here on, that is not plain; {@code to} when there is none. */
    static int end(byte[] bytes, int from, int to) {
        int i = from;
        while (i <= to - Long.BYTES) {
            long special = special((long) EIGHT_BYTES.get(bytes, i));
            if (special != 0) {
                return i + Long.numberOfTrailingZeros(special) / Byte.SIZE;
            }
            i += Long.BYTES;
        }
        while (i < to && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    /** Not zero when one of the eight bytes is not plain; its lowest bit that is set belongs to the first of them. */
    private static long special(long eight) {
        return (eight | below(eight, ' ') | is(eight, '"') | is(eight, '\\')) & HIGH_BITS;
    }

    private static boolean contains(byte[] bytes, int from, int to, char wanted) {
        int i = from;
        while (i <= to - Long.BYTES && (is((long) EIGHT_BYTES.get(bytes, i), wanted) & HIGH_BITS) == 0) {
            i += Long.BYTES;
        }
        int end = Math.min(to, i + Long.BYTES);
        while (i < end && bytes[i] != wanted) {
            i++;
        }
        return i < end;
    }

    /** Has a high bit set when one of the eight bytes is this one; the lowest of them stands for the first such byte. */
    private static long is(long eight, int wanted) {
        return below(eight ^ ONES * wanted, 1);
    }

    /** The same for bytes below the limit. A byte behind the first may be taken for one, for want of a borrow. */
    private static long below(long eight, long limit) {
        return (eight - ONES * limit) & ~eight;
    }
}
