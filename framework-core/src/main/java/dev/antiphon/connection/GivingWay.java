package dev.antiphon.connection;

/**
 * An event loop reads faster than calls take what was read: where processors are few, it would have everything in memory before
 * any call had its turn, which garbage collections pay for. So it gives way after some reads, to threads that wait for a
 * processor; where none waits that costs a fraction of a microsecond. Confined to one event loop.
 */
final class GivingWay {
    private static final int READS = 8;

    private int reads;

    /** Once after what one socket had was read. */
    void afterReading() {
        reads++;
        if (reads == READS) {
            reads = 0;
            Thread.yield();
        }
    }
}
