package dev.antiphon.connection;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * At which of its places a tier is had, and after which pause a connection is tried again. Shared by all calls of a node, so that
 * one call's trouble spares the others the same. Thread-safe; nothing blocks.
 */
public final class Endpoints {
    private final RandomGenerator random;
    private final Map<ModelEndpoint, EndpointHealth> healths = new HashMap<>();
    private final Map<ModelEndpoint, String> unavailable = new HashMap<>();

    /** All endpoints are taken to be well at first. */
    public Endpoints(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The tier at its first place that is well; when none is, at the one that cools down for the shortest time. Counts as a try.
     *
     * @param except places that a call has found useless for itself; they are chosen only when there is no other
     */
    public synchronized Tier choose(Tier tier, Set<ModelEndpoint> except, Instant now) {
        List<Tier.Place> places = candidates(tier, except);
        Tier.Place chosen = places.stream()
                .filter(place -> isOpen(place.endpoint(), now))
                .findFirst()
                .orElseGet(() -> places.stream()
                        .min(Comparator.comparing(place -> closedUntil(place.endpoint())))
                        .orElseThrow());
        healths.computeIfPresent(chosen.endpoint(), (endpoint, health) -> health.tried(now));
        return tier.at(chosen);
    }

    /** Whether there is a place to go to at once. */
    public synchronized boolean hasOpen(Tier tier, Set<ModelEndpoint> except, Instant now) {
        return tier.places().stream()
                .map(Tier.Place::endpoint)
                .anyMatch(endpoint -> !except.contains(endpoint) && isOpen(endpoint, now));
    }

    private static List<Tier.Place> candidates(Tier tier, Set<ModelEndpoint> except) {
        List<Tier.Place> places = tier.places().stream()
                .filter(place -> !except.contains(place.endpoint()))
                .toList();
        return places.isEmpty() ? tier.places() : places;
    }

    private boolean isOpen(ModelEndpoint endpoint, Instant now) {
        return !unavailable.containsKey(endpoint) && health(endpoint).isOpen(now);
    }

    private Instant closedUntil(ModelEndpoint endpoint) {
        if (unavailable.containsKey(endpoint)) {
            return Instant.MAX;
        }
        return switch (health(endpoint)) {
            case EndpointHealth.Well ignored -> Instant.MIN;
            case EndpointHealth.CoolingDown cooling -> cooling.until();
            case EndpointHealth.Probing probing -> probing.since().plus(EndpointHealth.LONGEST_PROBE);
        };
    }

    private EndpointHealth health(ModelEndpoint endpoint) {
        return healths.getOrDefault(endpoint, EndpointHealth.well());
    }

    /** A connection could not be made. */
    public synchronized void refused(ModelEndpoint endpoint, ConnectFailure failure, Instant now) {
        healths.put(endpoint, health(endpoint).refused(Trouble.of(failure), now));
    }

    /** Its model does not answer, or answers with failures only. */
    public synchronized void useless(ModelEndpoint endpoint, Instant now) {
        healths.put(endpoint, health(endpoint).refused(Trouble.NO_ANSWERS, now));
    }

    /** A line that was in use broke. */
    public synchronized void brokeDown(ModelEndpoint endpoint, Instant now) {
        healths.put(endpoint, health(endpoint).brokeDown(now));
    }

    /** Its model has answered. */
    public synchronized void worked(ModelEndpoint endpoint) {
        healths.remove(endpoint);
    }

    /**
     * What the service itself says. Independent of what calls find: who is not available is spared until the service says otherwise.
     *
     * @param status why it is not available, in the service's word; empty when it is
     * @return whether that is new
     */
    public synchronized boolean announced(ModelEndpoint endpoint, Optional<String> status) {
        Optional<String> before = status.isPresent()
                ? Optional.ofNullable(unavailable.put(endpoint, status.get()))
                : Optional.ofNullable(unavailable.remove(endpoint));
        return !before.equals(status);
    }

    /** What calls have found not to be well, by endpoint; a copy. */
    public synchronized Map<ModelEndpoint, EndpointHealth> unwell() {
        return Map.copyOf(healths);
    }

    /** How an endpoint is. */
    public synchronized EndpointState state(ModelEndpoint endpoint) {
        return new EndpointState(endpoint, health(endpoint), Optional.ofNullable(unavailable.get(endpoint)));
    }

    /** A pause of between one half and the whole of this, so that calls that lost their lines together do not come back together. */
    public synchronized Duration jittered(Duration pause) {
        return pause.dividedBy(2).plusNanos((long) (random.nextDouble() * pause.toNanos() / 2));
    }
}
