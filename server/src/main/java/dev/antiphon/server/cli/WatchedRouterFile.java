package dev.antiphon.server.cli;

import dev.antiphon.tier.PolicySource;
import dev.antiphon.tier.RouterPolicies;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policies of a {@link RouterFile}, read again now and then. While the file is not right, the former policies stay. Thread-safe. */
final class WatchedRouterFile implements PolicySource {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedRouterFile.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Path file;
    private volatile RouterPolicies policies;
    private String problem = "";

    /**
     * Reads the file for the first time.
     *
     * @throws IllegalArgumentException see {@link RouterFile#read}
     */
    WatchedRouterFile(Path file) {
        this.file = file;
        this.policies = RouterFile.read(file);
    }

    @Override
    public RouterPolicies current() {
        return policies;
    }

    /** Reads it again; what is wrong with it is told once. */
    synchronized void readAgain() {
        try {
            policies = RouterFile.read(file);
            problem = "";
        } catch (IllegalArgumentException wrong) {
            String now = String.valueOf(wrong.getMessage());
            if (!now.equals(problem)) {
                problem = now;
                LOG.warn("{}; the former policies stay", now);
            }
        }
    }

    /** Reads it again every {@code PAUSE}, as long as this process lives. */
    void watch() {
        Thread.ofVirtual().name("router-file").start(() -> {
            try {
                while (true) {
                    Thread.sleep(PAUSE);
                    readAgain();
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
