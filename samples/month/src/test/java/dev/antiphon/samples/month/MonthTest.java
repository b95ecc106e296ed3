package dev.antiphon.samples.month;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreAddress;
import dev.antiphon.server.store.StoreSettings;
import dev.antiphon.server.store.UnitKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonthTest {
    private static final MonthPlan SHORT = MonthPlan.usual().withCalls(60);

    @Test
    void theStoreHoldsWhatHappenedAndPlainSqlFindsTheSame() {
        try (Store store = store()) {
            MonthRun.Outcome outcome = new MonthRun(SHORT, store).run(done -> {});
            StoreCheck independent = new StoreCheck(store.address());

            assertThat(independent.totals().calls()).isEqualTo(60);
            assertThat(independent.days())
                    .hasSize(60)
                    .allSatisfy(day -> assertThat(day.calls()).isEqualTo(1));
            assertThat(independent.arms("callback-tier").stream()
                            .mapToLong(StoreCheck.ArmCalls::calls)
                            .sum())
                    .isEqualTo(30);
            assertThat(printed(outcome, store))
                    .startsWith("A simulated month: ")
                    .contains(
                            "ok      the store has every call: 60 of 60",
                            "ok      completed, by the store's figures",
                            "ok      cost, by the store's figures",
                            "ok      callback-tier, arm full: the report counts",
                            "ok      callback-tier, arm mini: the report counts")
                    // Nothing can be learned from so few calls.
                    .contains("NOT SO  appointments: the router moved new calls up while the small model was bad");
        }
    }

    @Test
    void theSameSeedGivesTheSameMonth() {
        assertThat(month()).isEqualTo(month());
    }

    private static String month() {
        try (Store store = store()) {
            MonthRun.Outcome outcome = new MonthRun(SHORT, store).run(done -> {});
            return printed(outcome, store);
        }
    }

    @Test
    void theSmallModelIsBadOnTheDaysOfThePlanOnly() {
        MonthPlan plan = MonthPlan.usual();
        assertThat(plan.isBad(plan.begin().plus(Duration.ofDays(11)).minusMillis(1)))
                .isFalse();
        assertThat(plan.isBad(plan.begin().plus(Duration.ofDays(11)))).isTrue();
        assertThat(plan.isBad(plan.begin().plus(Duration.ofDays(17)).minusMillis(1)))
                .isTrue();
        assertThat(plan.isBad(plan.begin().plus(Duration.ofDays(17)))).isFalse();
        assertThat(plan.startOf(0)).isZero();
        assertThat(plan.startOf(10_000)).isEqualTo(Duration.ofDays(15));
    }

    @Test
    void anExistingStoreIsNotWrittenTo(@TempDir Path folder) {
        Path file = folder.resolve("month");
        try (Store store = Store.open(StoreSettings.defaults(StoreAddress.file(file), UnitKey.of(MonthRun.UNIT_KEY)))) {
            assertThat(store.awaitUp(Duration.ofSeconds(30))).isTrue();
        }
        assertThat(MonthApp.run("--calls", "2", "--store", file.toString())).isEqualTo(2);
    }

    private static Store store() {
        return Store.open(StoreSettings.defaults(StoreAddress.inMemory(), UnitKey.of(MonthRun.UNIT_KEY))
                .simulated(true));
    }

    private static String printed(MonthRun.Outcome outcome, Store store) {
        StringWriter text = new StringWriter();
        MonthReport.of(SHORT, outcome, store).print(new PrintWriter(text));
        return text.toString();
    }
}
