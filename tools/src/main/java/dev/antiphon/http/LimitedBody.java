package dev.antiphon.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The beginning of an answer as text.
 *
 * @param text as UTF-8
 * @param whole whether that is all of it
 */
public record LimitedBody(String text, boolean whole) {

    /**
     * Reads at most so many bytes; one more tells that there is more. A body that stalls is closed.
     *
     * @throws HttpTimeoutException when it does not end in time; the HTTP client's own timeout ends with the headers
     */
    public static LimitedBody read(InputStream body, int mostBytes, Duration within) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        Thread guard = Thread.ofVirtual().start(() -> closeLate(body, within, late));
        try {
            byte[] bytes = body.readNBytes(mostBytes + 1);
            if (late.get()) {
                throw tooLate();
            }
            return new LimitedBody(
                    new String(bytes, 0, Math.min(bytes.length, mostBytes), StandardCharsets.UTF_8),
                    bytes.length <= mostBytes);
        } catch (IOException e) {
            throw late.get() ? tooLate() : e;
        } finally {
            guard.interrupt();
        }
    }

    private static HttpTimeoutException tooLate() {
        return new HttpTimeoutException("the answer did not end in time");
    }

    private static void closeLate(InputStream body, Duration within, AtomicBoolean late) {
        try {
            Thread.sleep(within);
            late.set(true);
            body.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // What reads it has its own exception then.
        }
    }
}
