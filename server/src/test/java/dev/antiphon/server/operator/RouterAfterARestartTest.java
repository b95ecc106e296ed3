package dev.antiphon.server.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.admission.AdmissionSettings;
import dev.antiphon.admission.AdmissionState;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.Money;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.server.console.CallJournal;
import dev.antiphon.server.experiment.ExperimentDesk;
import dev.antiphon.server.experiment.ExperimentSettings;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreAddress;
import dev.antiphon.server.store.StoreSettings;
import dev.antiphon.server.store.StoredRouter;
import dev.antiphon.server.store.UnitKey;
import dev.antiphon.tier.CircuitSnapshot;
import dev.antiphon.tier.FlowSnapshot;
import dev.antiphon.tier.PolicySource;
import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.RouterDecision.Kind;
import dev.antiphon.tier.RouterDecision.State;
import dev.antiphon.tier.RouterPolicies;
import dev.antiphon.tier.RouterPolicy;
import dev.antiphon.tier.RouterSettings;
import dev.antiphon.tier.TierReport;
import dev.antiphon.tier.TierRouter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The Router view of a server that was restarted while a circuit was open. */
class RouterAfterARestartTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(AT.plus(Duration.ofHours(5)));
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final TierLadder LADDER = new TierLadder(List.of(tier("mini"), tier("full")));
    private static final RouterDecision ESCALATED = new RouterDecision(
            AT, "book", "mini", Kind.ESCALATED, State.CLOSED, State.OPEN, 2_100, 80, "it completes too few");

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static Tier tier(String name) {
        return new Tier(
                name,
                new ModelEndpoint("test", name, URI.create("ws://127.0.0.1:1/"), Map.of(), List.of()),
                PriceCard.of("1", "0", "2", "0", "0", "0", "0", "0"));
    }

    private static CircuitSnapshot circuit(String tier, State state, double evidence) {
        return new CircuitSnapshot(
                "book",
                tier,
                state,
                80,
                80,
                AT,
                0.85,
                0,
                0,
                List.of(evidence, evidence, evidence),
                3,
                30,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                "");
    }

    private static RouterView.Row shownUnder(double target) {
        RouterPolicies policies = new RouterPolicies(RouterPolicy.defaults().withTarget(target), Map.of());
        try (Store store =
                Store.open(StoreSettings.defaults(StoreAddress.inMemory(), UnitKey.of("a key of this test")), CLOCK)) {
            StoredRouter memory = new StoredRouter(store, PolicySource.of(policies), CLOCK);
            assertThat(store.awaitUp(LONG)).isTrue();
            memory.decided(ESCALATED);
            memory.remember(new FlowSnapshot(
                    "book",
                    "",
                    false,
                    90,
                    LocalDate.of(2026, 11, 20),
                    AT,
                    Money.ZERO,
                    List.of(circuit("mini", State.OPEN, 2_100), circuit("full", State.CLOSED, 0))));
            assertThat(store.flush(LONG)).isTrue();
            ActorRef<TierRouter.Command> router = KIT.spawn(TierRouter.create(
                    LADDER,
                    Map.of(),
                    RouterSettings.defaults()
                            .withPolicies(PolicySource.of(policies))
                            .withMemory(memory)));
            TestProbe<TierReport> reports = KIT.createTestProbe();
            reports.awaitAssert(LONG, () -> {
                router.tell(new TierRouter.Report(reports.ref()));
                assertThat(reports.receiveMessage().flow("book")).isPresent();
                return true;
            });
            LiveFigures figures = new LiveFigures(
                    new CallMemory(CLOCK),
                    new CallJournal(CLOCK),
                    CLOCK,
                    () -> new AdmissionState(
                            AdmissionSettings.defaults(),
                            0,
                            0,
                            0,
                            0,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    () -> false,
                    new RouterReports(router, LADDER, KIT.system()),
                    new ExperimentReports(
                            ExperimentDesk.open(ExperimentSettings.none(), LADDER, Set.of(), CLOCK), CLOCK),
                    Optional.of(store),
                    Runnable::run);
            RouterView view = ((Shown.Known<RouterView>)
                            figures.router().toCompletableFuture().join())
                    .figures();
            assertThat(view.decisions()).containsExactly(ESCALATED);
            KIT.stop(router);
            return view.rows().stream()
                    .filter(row -> row.tier().equals("mini"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theDecisionThatOpenedItIsShown() {
        RouterView.Evidence evidence = shownUnder(0.85).evidence().orElseThrow();
        assertThat(evidence.state()).isEqualTo(State.OPEN);
        assertThat(evidence.opened()).contains(ESCALATED);
        assertThat(evidence.value()).isEqualTo(2_100);
        assertThat(evidence.anew()).isFalse();
    }

    @Test
    void underAnotherPolicyTheEvidenceIsSaidToBeginAnew() {
        RouterView.Evidence evidence = shownUnder(0.6).evidence().orElseThrow();
        assertThat(evidence.state()).isEqualTo(State.OPEN);
        assertThat(evidence.opened()).contains(ESCALATED);
        assertThat(evidence.value()).isZero();
        assertThat(evidence.anew()).isTrue();
    }
}
