package dev.antiphon.server.store;

import dev.antiphon.tier.FlowSnapshot;
import dev.antiphon.tier.PolicySource;
import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.RouterListener;
import dev.antiphon.tier.RouterMemory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps in a store what the tier router knows, one row for each flow, and what it decides. Thread-safe. {@link #load} waits for a database
 * that starts, at most 30 s; the others never wait. Several servers on one store each route by themselves: the last one that wrote is kept.
 */
public final class StoredRouter implements RouterMemory, RouterListener {
    private static final Logger LOG = LoggerFactory.getLogger(StoredRouter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The snapshot is of all tiers of a flow. */
    private static final String ALL_TIERS = "";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private static final Duration BETWEEN_POINTS = Duration.ofMinutes(1);

    private final Store store;
    private final InstantSource clock;
    private final PolicySource policies;
    private final Map<List<String>, Point> points = new ConcurrentHashMap<>();

    private record Point(Instant at, RouterDecision.State state, double evidence) {}

    /**
     * In this store.
     *
     * @param policies say the threshold that evidence is kept with
     * @param clock says when something was kept
     */
    public StoredRouter(Store store, PolicySource policies, InstantSource clock) {
        this.store = store;
        this.policies = policies;
        this.clock = clock;
    }

    /** A snapshot that cannot be read is told in the log and left out: its flow begins anew. */
    @Override
    public List<FlowSnapshot> load() {
        store.awaitUp(PATIENCE);
        return store.routerStates().stream()
                .filter(kept -> kept.tier().equals(ALL_TIERS))
                .flatMap(kept -> read(kept).stream())
                .toList();
    }

    private Optional<FlowSnapshot> read(Store.KeptState kept) {
        try {
            FlowSnapshot flow = JSON.readValue(kept.state(), FlowSnapshot.class);
            if (!flow.flow().equals(kept.flow())) {
                throw new IllegalArgumentException("it is of the flow '" + flow.flow() + "'");
            }
            return Optional.of(flow);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            LOG.warn(
                    "what the store {} keeps of the router's flow '{}' cannot be read, and the flow begins anew: {}",
                    store.address(),
                    kept.flow(),
                    StoreDatabase.reason(e));
            return Optional.empty();
        }
    }

    /**
     * Behind the calls, with everything else that waits for the database.
     *
     * @throws StoreUnavailable when the database is away, so that the router tries again later
     */
    @Override
    public void remember(FlowSnapshot flow) {
        StoreState state = store.state();
        switch (state.condition()) {
            case STARTING, UP ->
                store.writer().saved(flow.flow(), ALL_TIERS, JSON.writeValueAsString(flow), clock.instant());
            case AWAY, CLOSED ->
                throw new StoreUnavailable("the store " + state.place() + " does not answer: " + state.problem());
        }
    }

    @Override
    public void decided(RouterDecision decision) {
        store.writer().decided(decision);
    }

    /** Keeps at most one point a minute for each tier of a flow, and each change of its state. */
    @Override
    public void measured(String flow, String tier, RouterDecision.State state, double evidence) {
        Point now = new Point(clock.instant(), state, evidence);
        Point kept = points.compute(List.of(flow, tier), (key, last) -> isNews(last, now) ? now : last);
        if (kept == now) {
            double threshold = policies.current().of(flow).threshold();
            store.writer().measured(now.at(), flow, tier, state, evidence, threshold);
        }
    }

    private static boolean isNews(@Nullable Point last, Point now) {
        return last == null
                || last.state() != now.state()
                || (last.evidence() != now.evidence()
                        && Duration.between(last.at(), now.at()).abs().compareTo(BETWEEN_POINTS) >= 0);
    }
}
