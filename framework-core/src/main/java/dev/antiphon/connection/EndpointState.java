package dev.antiphon.connection;

import dev.antiphon.model.ModelEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How an endpoint is, for operators.
 *
 * @param endpoint which
 * @param health what calls have found
 * @param unavailable why the service itself says that it cannot be used, in its word; empty when it does not say so
 */
public record EndpointState(ModelEndpoint endpoint, EndpointHealth health, Optional<String> unavailable) {

    /**
     * One word for machines: {@code well}, {@code cooling_down}, {@code to_be_tried} (the cool-down or the probe is over, and the next
     * connection finds out), {@code probing} or {@code unavailable}.
     */
    public String name(Instant now) {
        return unavailable.isPresent() ? "unavailable" : nameOfHealth(now);
    }

    private String nameOfHealth(Instant now) {
        return switch (health) {
            case EndpointHealth.Well ignored -> "well";
            case EndpointHealth.CoolingDown cooling -> cooling.isOpen(now) ? "to_be_tried" : "cooling_down";
            case EndpointHealth.Probing probing -> probing.isOpen(now) ? "to_be_tried" : "probing";
        };
    }

    /** Whether nothing speaks against it. */
    public boolean isWell() {
        return unavailable.isEmpty()
                && switch (health) {
                    case EndpointHealth.Well ignored -> true;
                    case EndpointHealth.CoolingDown ignored -> false;
                    case EndpointHealth.Probing ignored -> false;
                };
    }

    /** For people: what is wrong; empty when it is well. */
    public Optional<String> reason() {
        return unavailable.map(status -> "its service says: " + status).or(this::reasonOfHealth);
    }

    private Optional<String> reasonOfHealth() {
        return switch (health) {
            case EndpointHealth.Well ignored -> Optional.empty();
            case EndpointHealth.CoolingDown cooling -> Optional.of(cooling.why().text());
            case EndpointHealth.Probing probing -> Optional.of(probing.why().text());
        };
    }

    /** Until when it is not used, unless there is nothing else: after {@code now}; empty when nobody knows or it is used. */
    public Optional<Instant> until(Instant now) {
        return unavailable.isPresent() ? Optional.empty() : untilOfHealth().filter(now::isBefore);
    }

    private Optional<Instant> untilOfHealth() {
        return switch (health) {
            case EndpointHealth.Well ignored -> Optional.empty();
            case EndpointHealth.CoolingDown cooling -> Optional.of(cooling.until());
            case EndpointHealth.Probing probing -> Optional.of(probing.since().plus(EndpointHealth.LONGEST_PROBE));
        };
    }

    /** What is left of the cool-down; zero when there is none. */
    public Duration coolDownLeft(Instant now) {
        Duration left = switch (health) {
            case EndpointHealth.Well ignored -> Duration.ZERO;
            case EndpointHealth.CoolingDown cooling -> Duration.between(now, cooling.until());
            case EndpointHealth.Probing ignored -> Duration.ZERO;
        };
        return left.isNegative() ? Duration.ZERO : left;
    }
}
