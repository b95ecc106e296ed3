package dev.antiphon.handover;

import java.time.Duration;
import java.util.Optional;

/**
 * How one call is handed over.
 *
 * @param desk who is asked
 * @param deadline how long the caller is held on the line for the answer; default 20 s
 * @param caller who calls, as the front end says
 * @param telephoneCall the provider's id of the telephone call, as the front end says
 */
public record Handover(HandoverDesk desk, Duration deadline, Optional<String> caller, Optional<String> telephoneCall) {
    /** 20 s. */
    public static final Duration DEADLINE = Duration.ofSeconds(20);

    /** Nobody is asked. */
    public static final Handover NONE = new Handover(HandoverDesk.none(), DEADLINE, Optional.empty(), Optional.empty());

    public Handover {
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException("the deadline of a handover must be positive, but was " + deadline);
        }
    }

    /** By this desk, of a caller of whom nothing is known. */
    public static Handover by(HandoverDesk desk, Duration deadline) {
        return new Handover(desk, deadline, Optional.empty(), Optional.empty());
    }
}
