package dev.antiphon.telemetry;

import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One log line per fact, {@code event=… session=… key=value …}; troubles at WARN, everything else at INFO. Thread-safe.
 *
 * <p>Personal data (what was said, tool arguments and results, slot values, the service's words) is left out unless asked
 * for; {@link #masked()} is what production uses.
 */
public final class SessionLog implements SessionObserver {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);

    private final boolean personal;

    private SessionLog(boolean personal) {
        this.personal = personal;
    }

    /** Without personal data. */
    public static SessionLog masked() {
        return new SessionLog(false);
    }

    /** With personal data, for development. */
    public static SessionLog withPersonalData() {
        return new SessionLog(true);
    }

    @Override
    public void on(SessionEvent event) {
        String line = LogLine.of(event, personal);
        if (event instanceof SessionEvent.ConnectionTroubled || event instanceof SessionEvent.ServiceProblem) {
            LOG.warn(line);
        } else {
            LOG.info(line);
        }
    }
}
