package dev.antiphon.server.cli;

import dev.antiphon.tier.PolicySource;
import dev.antiphon.tier.RouterPolicies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policies of a {@link RouterFile}, read again now and then. While the file is not right, the former policies stay. Thread-safe. */
final class WatchedRouterFile implements PolicySource {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedRouterFile.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Path file;
    private final Supplier<Set<String>> flows;
    private volatile RouterPolicies policies;
    private String text;
    private String problem = "";

    /**
     * Reads the file for the first time.
     *
     * @param flows what the file may name; asked only when it names some, and empty when nobody knows
     * @throws IllegalArgumentException see {@link RouterFile#read}
     */
    WatchedRouterFile(Path file, Supplier<Set<String>> flows) {
        this.file = file;
        this.flows = flows;
        this.text = RouterFile.text(file);
        this.policies = RouterFile.parse(file, text, flows);
    }

    @Override
    public RouterPolicies current() {
        return policies;
    }

    /** Reads it again; what is wrong with it is told once, and that it is right again, too. */
    synchronized void readAgain() {
        try {
            String now = RouterFile.text(file);
            if (now.equals(text) && problem.isEmpty()) {
                return;
            }
            policies = RouterFile.parse(file, now, flows);
            text = now;
            // Whoever has changed it wants to know: a warning, since only these are shown by default.
            LOG.warn(
                    "{}: {}",
                    file,
                    problem.isEmpty()
                            ? "has changed, and new calls begin by it"
                            : "is right again, and new calls begin by it");
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
