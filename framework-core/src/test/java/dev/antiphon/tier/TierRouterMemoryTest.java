package dev.antiphon.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.Money;
import dev.antiphon.tier.RouterDecision.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TierRouterMemoryTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final RouterPolicy POLICY = RouterPolicy.defaults().withTarget(0.85);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    /** Keeps what it gets, or fails. */
    private static final class Store implements RouterMemory {
        private final BlockingQueue<FlowSnapshot> written = new LinkedBlockingQueue<>();
        private final List<FlowSnapshot> known;
        private volatile boolean broken;

        Store(List<FlowSnapshot> known, boolean broken) {
            this.known = known;
            this.broken = broken;
        }

        @Override
        public List<FlowSnapshot> load() {
            if (broken) {
                throw new IllegalStateException("the store is away");
            }
            return known;
        }

        @Override
        public void remember(FlowSnapshot flow) {
            if (broken) {
                throw new IllegalStateException("the store is away");
            }
            written.add(flow);
        }
    }

    private final BlockingQueue<State> states = new LinkedBlockingQueue<>();

    private ActorRef<TierRouter.Command> router(RouterMemory memory) {
        return KIT.spawn(TierRouter.create(
                Tiers.ladder("mini", "full"),
                Map.of(),
                RouterSettings.defaults().withPolicy(POLICY).withMemory(memory).withListener(new RouterListener() {
                    @Override
                    public void measured(String flow, String tier, State state, double evidence) {
                        if (tier.equals("mini")) {
                            states.add(state);
                        }
                    }
                })));
    }

    private static String call(ActorRef<TierRouter.Command> router, String session) {
        TestProbe<TierRouter.Start> probe = KIT.createTestProbe();
        router.tell(new TierRouter.StartOn("booking", session, probe.getRef()));
        TierRouter.Start start = probe.receiveMessage();
        String tier = start.tier().name();
        router.tell(new TierRouter.Observe(
                new Observed.Finished("booking", session, start.number(), tier, tier, false, Money.usd("0.02"))));
        return tier;
    }

    private static FlowSnapshot open() {
        return open("booking");
    }

    private static FlowSnapshot open(String flow) {
        FlowRoutes routes = new FlowRoutes(flow, Tiers.ladder("mini", "full"), POLICY, RouterTime.at(Instant.EPOCH));
        routes.force("mini", State.OPEN, RouterTime.at(Instant.EPOCH));
        FlowSnapshot snapshot = routes.snapshot();
        return new FlowSnapshot(flow, "", false, 70, LocalDate.EPOCH, Instant.EPOCH, Money.ZERO, snapshot.circuits());
    }

    @Test
    void whatWasKeptGoesOn() throws InterruptedException {
        ActorRef<TierRouter.Command> router = router(new Store(List.of(open()), false));
        assertThat(states.poll(10, TimeUnit.SECONDS)).isEqualTo(State.OPEN);
        assertThat(call(router, "sess_1")).isEqualTo("full");
    }

    @Test
    void whatChangesIsKept() throws InterruptedException {
        Store store = new Store(List.of(), false);
        ActorRef<TierRouter.Command> router = router(store);
        List<String> tiers = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            tiers.add(call(router, "sess_" + n));
        }
        assertThat(tiers).contains("full");
        FlowSnapshot latest = store.written.poll(10, TimeUnit.SECONDS);
        while (latest != null && latest.circuits().get(0).state() != State.OPEN) {
            latest = store.written.poll(10, TimeUnit.SECONDS);
        }
        assertThat(latest).as("the flow with its tier open").isNotNull();
    }

    @Test
    void callsGoOnWhileTheStoreIsAwayWithOneWarningAndTheLatestIsWrittenWhenItIsBack() throws InterruptedException {
        Store store = new Store(List.of(), true);
        ActorRef<TierRouter.Command> router = LoggingTestKit.warn("The memory of the tier router failed")
                .withOccurrences(1)
                .expect(KIT.system(), () -> {
                    ActorRef<TierRouter.Command> started = router(store);
                    for (int n = 0; n < 20; n++) {
                        call(started, "sess_" + n);
                    }
                    return started;
                });
        store.broken = false;
        call(router, "sess_back");
        FlowSnapshot latest = store.written.poll(10, TimeUnit.SECONDS);
        while (latest != null && latest.latest() < 20) {
            latest = store.written.poll(10, TimeUnit.SECONDS);
        }
        assertThat(latest).as("the flow with all its calls").isNotNull();
    }

    @Test
    void aStoreThatComesLateIsReadAllTheSameAndNothingIsWrittenOverItBefore() throws InterruptedException {
        Store store = new Store(List.of(open("booking"), open("faq")), true);
        ActorRef<TierRouter.Command> router =
                LoggingTestKit.warn("The memory of the tier router failed").expect(KIT.system(), () -> router(store));
        TestProbe<TierRouter.Start> probe = KIT.createTestProbe();
        router.tell(new TierRouter.StartOn("faq", "sess_under_way", probe.getRef()));
        assertThat(probe.receiveMessage().tier().name()).isEqualTo("mini");
        assertThat(call(router, "sess_ended")).isEqualTo("mini");
        assertThat(store.written).isEmpty();
        LoggingTestKit.warn("What was kept of flow booking is not used: it has outcomes already")
                .expect(KIT.system(), () -> {
                    store.broken = false;
                    return store;
                });
        router.tell(new TierRouter.StartOn("faq", "sess_next", probe.getRef()));
        assertThat(probe.receiveMessage().tier().name()).isEqualTo("full");
        assertThat(call(router, "sess_later")).isEqualTo("mini");
        assertThat(store.written.poll(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aStoreThatNeverAnswersKeepsNobodyWaiting() {
        ActorRef<TierRouter.Command> router = router(new RouterMemory() {
            @Override
            public List<FlowSnapshot> load() {
                new CompletableFuture<Void>().join();
                return List.of();
            }

            @Override
            public void remember(FlowSnapshot flow) {}
        });
        assertThat(call(router, "sess_1")).isEqualTo("mini");
    }
}
