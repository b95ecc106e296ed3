package dev.antiphon.testkit.caller;

import java.time.Duration;
import java.time.Instant;

/**
 * The caller's loudspeaker: agent audio plays at its own pace from the moment it arrives, one piece after the other. Holds the
 * present item only. Not thread-safe.
 */
final class Playback {
    private static final int BYTES_PER_MILLISECOND = 48;

    private String itemId = "";
    private int contentIndex;
    private Instant startedAt = Instant.MIN;
    private Instant endsAt = Instant.MIN;
    private long receivedMillis;
    private boolean stopped;

    void receive(String item, int content, int bytes, Instant now) {
        if (!item.equals(itemId)) {
            itemId = item;
            contentIndex = content;
            receivedMillis = 0;
            stopped = false;
            startedAt = endsAt.isAfter(now) ? endsAt : now;
            endsAt = startedAt;
        }
        if (stopped) {
            return;
        }
        long millis = bytes / BYTES_PER_MILLISECOND;
        if (endsAt.isBefore(now)) {
            // The buffer ran dry: what is heard pauses, so the start moves with it.
            startedAt = startedAt.plus(Duration.between(endsAt, now));
            endsAt = now;
        }
        receivedMillis += millis;
        endsAt = endsAt.plusMillis(millis);
    }

    boolean playing(Instant now) {
        return !stopped && now.isBefore(endsAt) && !now.isBefore(startedAt);
    }

    /** When everything that arrived has been heard. */
    Instant endsAt() {
        return endsAt;
    }

    /** When so much of the present item will have been heard. */
    Instant heardAt(Duration part) {
        return startedAt.plus(part);
    }

    boolean holds(Duration part) {
        return !stopped && receivedMillis >= part.toMillis();
    }

    /** How much of the present item was heard, in milliseconds. */
    long heardMillis(Instant now) {
        long heard =
                now.isBefore(startedAt) ? 0 : Duration.between(startedAt, now).toMillis();
        return Math.min(heard, receivedMillis);
    }

    String itemId() {
        return itemId;
    }

    int contentIndex() {
        return contentIndex;
    }

    /** Stops and forgets what was not heard. */
    void stop(Instant now) {
        stopped = true;
        endsAt = now;
    }
}
