package dev.antiphon.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.ArmTotals;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentState.Change;
import dev.antiphon.experiment.ExperimentState.Result;
import dev.antiphon.experiment.Metric;
import dev.antiphon.experiment.PlannedLook;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.model.Money;
import dev.antiphon.tier.FlowSnapshot;
import dev.antiphon.tier.RouterDecision;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What router and experiments know is there again when another process opens the store. */
class StoredStatesTest {
    private static final Instant AT = Instant.parse("2026-11-30T09:00:00.123456Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Experiment TIERS = Experiment.of(
            "tiers",
            e -> e.arms(List.of(
                    new Arm("full", 0.5, Treatment.tier("full")), new Arm("mini", 0.5, Treatment.tier("mini")))));

    @ParameterizedTest
    @EnumSource
    void theRouterGoesOnWhereItWas(Databases database) {
        StoreAddress address = database.fresh();
        FlowSnapshot snapshot =
                new FlowSnapshot("booking", "full", true, 70, LocalDate.EPOCH, AT, Money.usd("1.25"), List.of());
        try (Store store = open(address)) {
            StoredRouter router = new StoredRouter(store);
            router.remember(snapshot);
            router.decided(new RouterDecision(
                    AT,
                    "booking",
                    "mini",
                    RouterDecision.Kind.ESCALATED,
                    RouterDecision.State.CLOSED,
                    RouterDecision.State.OPEN,
                    2_017,
                    53,
                    "fewer are completed"));
            assertThat(store.flush(PATIENCE)).isTrue();
        }
        try (Store again = open(address)) {
            assertThat(new StoredRouter(again).load()).containsExactly(snapshot);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSnapshotThatCannotBeReadIsLeftOutAndTheOthersAreUsed(Databases database) {
        FlowSnapshot whole = new FlowSnapshot("faq", "", false, 3, LocalDate.EPOCH, AT, Money.ZERO, List.of());
        try (Store store = open(database.fresh())) {
            store.writer().saved("booking", "", "{\"flow\":\"booking\",\"latest\":-1}", AT);
            new StoredRouter(store).remember(whole);
            assertThat(store.flush(PATIENCE)).isTrue();
            assertThat(new StoredRouter(store).load()).containsExactly(whole);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExperimentGoesOnWithItsLookAndItsAuditLog(Databases database) {
        StoreAddress address = database.fresh();
        PlannedLook look = new PlannedLook(
                AT, Map.of("mini", new ArmTotals(2, Map.of(Metric.COMPLETION, new ArmTotals.Sums(1, 1, 2, 2, 1)))));
        ExperimentState running = changed(ExperimentState.DRAFT, new Change.Start(10, TIERS.design()), "ada");
        ExperimentState looked = changed(running, new Change.Freeze(look), "plan");
        try (Store store = open(address)) {
            StoredExperiments experiments = new StoredExperiments(store, () -> AT);
            assertThat(experiments.states()).isEmpty();
            assertThat(experiments.replace("tiers", ExperimentState.DRAFT, running))
                    .isTrue();
            assertThat(experiments.replace("tiers", running, looked)).isTrue();
        }
        try (Store again = open(address)) {
            assertThat(new StoredExperiments(again, () -> AT).states()).isEqualTo(Map.of("tiers", looked));
            assertThat(again.audits("tiers")).extracting(Store.Audit::who).containsExactly("ada", "plan");
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoWhoChangeAnExperimentAtOnceOneIsRefused(Databases database) {
        try (Store store = open(database.fresh())) {
            StoredExperiments experiments = new StoredExperiments(store, () -> AT);
            List<CompletableFuture<Boolean>> both = Stream.of("ada", "ben")
                    .map(who -> CompletableFuture.supplyAsync(() -> experiments.replace(
                            "tiers",
                            ExperimentState.DRAFT,
                            changed(ExperimentState.DRAFT, new Change.Start(5, TIERS.design()), who))))
                    .toList();
            assertThat(both.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(true, false);
            assertThat(store.audits("tiers")).hasSize(1);
        }
    }

    private static ExperimentState changed(ExperimentState before, Change change, String who) {
        return before.changed(change, who, "to see", AT) instanceof Result.Changed done
                ? done.state()
                : ExperimentState.DRAFT;
    }

    private static Store open(StoreAddress address) {
        Store store = Store.open(StoreSettings.defaults(address, unit -> unit));
        assertThat(store.awaitUp(PATIENCE)).isTrue();
        return store;
    }
}
