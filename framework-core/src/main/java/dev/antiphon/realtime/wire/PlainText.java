package dev.antiphon.realtime.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Tells whether bytes stand between the quotes of a JSON string as they are: ASCII without control characters, quote,
 * backslash and question mark. (Encoding half a surrogate pair to UTF-8 gives a question mark, so one proves nothing.) Looks
 * at eight bytes at a time, because base64 is the bulk of what a session moves.
 */
final class PlainText {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private PlainText() {}

    static boolean isPlain(byte[] bytes, int from, int to) {
        return end(bytes, from, to) >= to;
    }

    /** Where the first byte stands, from here on, that is not plain; {@code to} when there is none. */
    static int end(byte[] bytes, int from, int to) {
        int i = from;
        while (i <= to - Long.BYTES && special((long) EIGHT_BYTES.get(bytes, i)) == 0) {
            i += Long.BYTES;
        }
        while (i < to && special(ONES * (bytes[i] & 0xFF)) == 0) {
            i++;
        }
        return i;
    }

    /** Not zero when one of the eight bytes is not plain. */
    private static long special(long eight) {
        long excluded = is(eight, '"') | is(eight, '\\') | is(eight, '?');
        return (eight | below(eight, ' ') | excluded) & HIGH_BITS;
    }

    /** Has a high bit set when one of the eight bytes is this one. */
    private static long is(long eight, int wanted) {
        return below(eight ^ ONES * wanted, 1);
    }

    /** Has a high bit set when one of the eight bytes is below the limit. */
    private static long below(long eight, long limit) {
        return (eight - ONES * limit) & ~eight;
    }
}
