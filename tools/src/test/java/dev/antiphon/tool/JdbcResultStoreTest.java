package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.session.Conversation.EffectPolicy.Again;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.Bench.Answer;
import dev.antiphon.tool.ResultStore.Known;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has been done outlives the process: each pool here stands for a process of its own, the database is one. */
class JdbcResultStoreTest {
    private static final String KEY = "run-1/book/3";

    record Booking(String reference, LocalDate date) {}

    private static final Booking BOOKING = new Booking("R7", LocalDate.of(2026, 11, 24));

    private final JdbcDataSource database = new JdbcDataSource();
    private final List<String> ledger = new ArrayList<>();

    @BeforeEach
    void open(@TempDir Path folder) {
        database.setURL("jdbc:h2:" + folder.resolve("results"));
    }

    private Bench process() {
        return new Bench(ToolPoolSettings.defaults().withResults(JdbcResultStore.of(database)));
    }

    private Booking books() {
        ledger.add("booked");
        return BOOKING;
    }

    private static Object value(ToolOutcome outcome) {
        assertThat(outcome).isInstanceOf(ToolOutcome.Ok.class);
        return ((ToolOutcome.Ok) outcome).value();
    }

    @Test
    void whatOneProcessHasDoneTheNextDoesNotDoAgainAndKnowsTheResult() {
        try (Bench first = process()) {
            assertThat(value(first.effect(KEY, this::books).outcome())).isEqualTo(BOOKING);
        }
        try (Bench second = process()) {
            assertThat(value(second.effect(KEY, this::books).outcome())).isEqualTo(BOOKING);
            assertThat(value(second.effect("run-2/book/1", this::books).outcome()))
                    .isEqualTo(BOOKING);
        }
        assertThat(ledger).hasSize(2);
    }

    @Test
    void workWithoutAResultWasDoneToo() {
        try (Bench first = process()) {
            first.effect(KEY, () -> null).outcome();
        }
        try (Bench second = process()) {
            assertThat(value(second.effect(KEY, this::books).outcome())).isEqualTo(Optional.empty());
        }
        assertThat(ledger).isEmpty();
    }

    @Test
    void whatNobodyKnowsOfIsNotDoneAgain() {
        try (Bench first = process()) {
            Answer open = first.effect(KEY, () -> {
                throw new UnknownOutcome("the connection broke");
            });
            assertThat(open.outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
        }
        try (Bench second = process()) {
            assertThat(second.effect(KEY, this::books).outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
        }
        assertThat(ledger).isEmpty();
    }

    @Test
    void whatFailedMayBeTriedAgain() {
        try (Bench first = process()) {
            Answer failed = first.effect(KEY, () -> {
                throw new ToolFailure("no");
            });
            assertThat(failed.outcome()).isInstanceOf(ToolOutcome.Failed.class);
        }
        try (Bench second = process()) {
            assertThat(value(second.effect(KEY, this::books).outcome())).isEqualTo(BOOKING);
        }
    }

    @Test
    void whatWasInTheMiddleWhenItsProcessEndedIsNotDoneAgainUnlessItsKeyGoesOn() {
        JdbcResultStore.of(database).begin(KEY);
        try (Bench second = process()) {
            assertThat(second.effect(KEY, this::books).outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
            assertThat(ledger).isEmpty();

            assertThat(value(second.effect(
                                    KEY, Bench.policy(Duration.ofSeconds(8), 0).with(Again.BY_KEY), this::books)
                            .outcome()))
                    .isEqualTo(BOOKING);
        }
        assertThat(ledger).hasSize(1);
    }

    @Test
    void whatOnlyLooksIsNotNoted() {
        try (Bench bench = process()) {
            bench.effect(KEY, Bench.policy(Duration.ofSeconds(8), 0).with(Again.LOOKS), () -> "seen")
                    .outcome();
        }
        assertThat(JdbcResultStore.of(database).begin(KEY)).isEqualTo(new Known.Nothing());
    }

    @Test
    void aResultThatCannotBeKeptIsNotInvented() {
        try (Bench first = process()) {
            first.effect(KEY, () -> "x".repeat(JdbcResultStore.MOST_CHARS)).outcome();
            first.effect("other", Object::new).outcome();
        }
        try (Bench second = process()) {
            assertThat(second.effect(KEY, this::books).outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
            assertThat(second.effect("other", this::books).outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
        }
        assertThat(ledger).isEmpty();
    }

    @Test
    void ofManyThatBeginAtOnceOneDoesIt() throws Exception {
        JdbcResultStore store = JdbcResultStore.of(database);
        CountDownLatch ready = new CountDownLatch(1);
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Known>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(nodes.submit(() -> {
                    ready.await();
                    return store.begin(KEY);
                }));
            }
            ready.countDown();
            int began = 0;
            for (Future<Known> one : all) {
                began += one.get().equals(new Known.Nothing()) ? 1 : 0;
            }
            assertThat(began).isEqualTo(1);
        }
    }

    @Test
    void aStoreThatDoesNotWorkLetsNothingBeDone() {
        try (Bench bench = process()) {
            database.setURL("jdbc:nonsense");
            assertThat(bench.effect(KEY, this::books).outcome()).isInstanceOf(ToolOutcome.Failed.class);
        }
        assertThat(ledger).isEmpty();
        assertThatThrownBy(() -> JdbcResultStore.of(database))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the table antiphon_results cannot be made");
    }
}
