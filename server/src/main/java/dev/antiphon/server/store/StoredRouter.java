package dev.antiphon.server.store;

import dev.antiphon.tier.FlowSnapshot;
import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.RouterListener;
import dev.antiphon.tier.RouterMemory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the router knows and decides, kept in a {@link Store}: the latest snapshot of each flow as JSON in {@code router_state}, and
 * each decision in {@code router_decision}. Thread-safe.
 */
public final class StoredRouter implements RouterMemory, RouterListener {
    private static final Logger LOG = LoggerFactory.getLogger(StoredRouter.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A snapshot is of all tiers of its flow. */
    private static final String ALL_TIERS = "";

    private final Store store;

    /** In this store. */
    public StoredRouter(Store store) {
        this.store = store;
    }

    /**
     * Waits up to 30 s for the store. A snapshot that cannot be read is told in the log, and its flow begins anew.
     *
     * @throws StoreUnavailable when it does not answer
     */
    @Override
    public List<FlowSnapshot> load() {
        store.awaitUp(PATIENCE);
        return store.routerStates().stream()
                .filter(kept -> kept.tier().equals(ALL_TIERS))
                .flatMap(kept -> snapshot(kept).stream())
                .toList();
    }

    private static Optional<FlowSnapshot> snapshot(Store.KeptState kept) {
        try {
            return Optional.of(JSON.readValue(kept.state(), FlowSnapshot.class));
        } catch (JacksonException | IllegalArgumentException unreadable) {
            LOG.warn(
                    "What the store keeps of the router for flow {} cannot be read, it begins anew: {}",
                    kept.flow(),
                    unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** Hands it to the store's queue, which writes it as soon as the database takes it. */
    @Override
    public void remember(FlowSnapshot flow) {
        store.writer().saved(flow.flow(), ALL_TIERS, JSON.writeValueAsString(flow), flow.renewed());
    }

    @Override
    public void decided(RouterDecision decision) {
        store.writer().decided(decision);
    }
}
