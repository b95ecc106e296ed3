package dev.antiphon.server.reload;

import java.time.Duration;

/** Tells that files changed, not which. For one thread. */
public interface FileChanges {
    /**
     * Waits until a file changed since the last time.
     *
     * @throws InterruptedException when there will be no more news
     */
    void await() throws InterruptedException;

    /**
     * Waits that long for one more change; whether there was one.
     *
     * @throws InterruptedException when there will be no more news
     */
    boolean within(Duration limit) throws InterruptedException;
}
