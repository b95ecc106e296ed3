package dev.antiphon.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.Money;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.TierLadder;
import dev.antiphon.tier.RouterDecision.Kind;
import dev.antiphon.tier.RouterDecision.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FlowRoutesTest {
    private static final Instant MORNING = Instant.parse("2026-11-30T09:00:00Z");
    private static final RouterPolicy POLICY =
            RouterPolicy.defaults().withTarget(0.85).withTargetAbove(0.92);
    private static final List<String> TIERS = List.of("mini", "full", "huge");

    private RouterTime now = RouterTime.at(MORNING);
    private int sessions;

    private static FlowRoutes routes(RouterPolicy policy) {
        return new FlowRoutes("booking", Tiers.ladder("mini", "full", "huge"), policy, RouterTime.at(MORNING));
    }

    private static RouterPolicy withBudget(String usd) {
        return POLICY.withSpending(
                new RouterPolicy.Spending(10, Optional.of(Money.usd(usd)), Optional.empty(), Money.usd("0.50")));
    }

    private FlowRoutes.Start begin(FlowRoutes routes, String session) {
        return routes.start(session, () -> 0.9, now);
    }

    private void end(FlowRoutes routes, String session, FlowRoutes.Start start, boolean completed, String usd) {
        String tier = TIERS.get(start.rung());
        routes.finished(
                new Observed.Finished("booking", session, start.number(), tier, tier, completed, Money.usd(usd)), now);
    }

    private int call(FlowRoutes routes, boolean completed) {
        String session = "sess_" + sessions++;
        FlowRoutes.Start start = begin(routes, session);
        end(routes, session, start, completed, "0.20");
        return start.rung();
    }

    private void escalate(FlowRoutes routes) {
        while (routes.circuit(0).state() == State.CLOSED) {
            call(routes, false);
        }
    }

    private static List<Kind> kinds(FlowRoutes routes) {
        return routes.news().stream().map(RouterDecision::kind).toList();
    }

    @Test
    void callsThatFailFastDoNotComeBeforeThoseThatTakeTheirTime() {
        FlowRoutes routes = routes(POLICY);
        List<FlowRoutes.Start> starts = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            starts.add(begin(routes, "sess_" + n));
        }
        for (int n = 1; n < 100; n += 5) {
            end(routes, "sess_" + n, starts.get(n), false, "0.02");
        }
        assertThat(routes.circuit(0).evidence())
                .as("the first call is still under way")
                .isZero();
        for (int n = 0; n < 100; n++) {
            if (n % 5 != 1) {
                end(routes, "sess_" + n, starts.get(n), true, "0.02");
            }
        }
        assertThat(routes.circuit(0).snapshot().counted()).isEqualTo(100);
        assertThat(kinds(routes)).isEmpty();
    }

    @Test
    void aLongCallKeepsOthersWaitingForTenMinutesAndStillCounts() {
        FlowRoutes routes = routes(POLICY);
        FlowRoutes.Start slow = begin(routes, "sess_slow");
        call(routes, true);
        assertThat(routes.circuit(0).snapshot().counted()).isZero();
        now = RouterTime.at(MORNING.plus(Duration.ofMinutes(10)));
        routes.pass(now);
        assertThat(routes.circuit(0).snapshot().counted()).isEqualTo(1);
        end(routes, "sess_slow", slow, true, "0.02");
        assertThat(routes.circuit(0).snapshot().counted()).isEqualTo(2);
        assertThat(routes.report().underWay()).isZero();
    }

    @Test
    void anOutcomeThatComesAfterAnHourIsLostAndOnlyInTheTable() {
        FlowRoutes routes = routes(POLICY);
        FlowRoutes.Start silent = begin(routes, "sess_silent");
        now = RouterTime.at(MORNING.plus(Duration.ofHours(1)));
        routes.pass(now);
        assertThat(routes.report().lost()).isEqualTo(1);
        end(routes, "sess_silent", silent, false, "0.02");
        assertThat(routes.circuit(0).snapshot().counted()).isZero();
        assertThat(routes.report().tiers().get(0).tally().finished()).isEqualTo(1);
    }

    @Test
    void aSessionThatAsksAgainBeginsWhereItDid() {
        FlowRoutes routes = routes(POLICY);
        FlowRoutes.Start first = begin(routes, "sess_a");
        escalate(routes);
        assertThat(begin(routes, "sess_a")).isEqualTo(first);
        assertThat(begin(routes, "sess_b").rung()).isEqualTo(1);
    }

    @Test
    void whenTheMiddleTierFailsTooCallsBeginOnTheTopOne() {
        FlowRoutes routes = routes(POLICY.withGuard(new RouterPolicy.Guard(false, 60, 20, 0.1, 0.95, 0.92, 10, 200)));
        escalate(routes);
        int rung = 1;
        for (int n = 0; n < 29 && rung == 1; n++) {
            rung = call(routes, false);
        }
        assertThat(rung).isEqualTo(2);
        for (int n = 0; n < 2_000; n++) {
            assertThat(call(routes, false)).isBetween(0, 2);
        }
        assertThat(routes.circuit(2).state()).isEqualTo(State.CLOSED);
    }

    @Test
    void aTierThatIsTooDearIsNotMovedTo() {
        PriceCard cheap = PriceCard.of("0", "0", "0", "1", "1", "2", "0", "0");
        PriceCard dear = PriceCard.of("0", "0", "0", "20", "20", "40", "0", "0");
        FlowRoutes routes = new FlowRoutes(
                "booking", new TierLadder(List.of(Tiers.tier("mini", cheap), Tiers.tier("full", dear))), POLICY, now);
        for (int n = 0; n < 50; n++) {
            assertThat(call(routes, false)).isZero();
        }
        List<RouterDecision> told = routes.news();
        assertThat(told).extracting(RouterDecision::kind).containsExactly(Kind.HELD_BACK);
        assertThat(told.get(0).reason()).contains("it costs 20.0 times as much, more than 10.0");
    }

    @Test
    void callsMoveUpOnlyWhileTheTasksSavedAreWorthIt() {
        RouterPolicy policy = POLICY.withSpending(
                new RouterPolicy.Spending(10, Optional.empty(), Optional.of(Money.usd("0.10")), Money.usd("0.50")));
        FlowRoutes routes = routes(policy);
        routes.pin("full", now);
        for (int n = 0; n < 20; n++) {
            String session = "sess_" + sessions++;
            end(routes, session, begin(routes, session), true, "1.00");
        }
        routes.unpin(now);
        for (int n = 0; n < 50; n++) {
            assertThat(call(routes, n % 2 == 0)).isZero();
        }
        assertThat(kinds(routes)).containsExactly(Kind.BY_OPERATOR, Kind.BY_OPERATOR, Kind.HELD_BACK);
        routes.configure(POLICY);
        call(routes, false);
        assertThat(kinds(routes)).containsExactly(Kind.ESCALATED);
    }

    @Test
    void aSpentBudgetLetsCallsBeginBelowUntilTheNextDay() {
        FlowRoutes routes = routes(withBudget("1.00"));
        escalate(routes);
        int above = 0;
        for (int n = 0; n < 20; n++) {
            above += call(routes, true) == 1 ? 1 : 0;
        }
        assertThat(above).as("0.20 each, 0.50 reserved").isEqualTo(3);
        assertThat(kinds(routes)).containsExactly(Kind.ESCALATED, Kind.HELD_BACK);
        now = RouterTime.at(MORNING.plus(Duration.ofHours(16)));
        assertThat(call(routes, true)).isEqualTo(1);
        assertThat(routes.budget().spent()).isEqualByComparingTo(Money.usd("0.20"));
    }

    @Test
    void aClockThatJumpsToAndFroSpendsNoBudgetTwice() {
        FlowRoutes routes = routes(withBudget("1.00"));
        escalate(routes);
        int above = 0;
        for (int day = 0; day < 10; day++) {
            now = new RouterTime(MORNING.plusSeconds(day), MORNING.plus(Duration.ofDays(day % 2 == 0 ? 400 : 0)));
            for (int n = 0; n < 4; n++) {
                above += call(routes, true) == 1 ? 1 : 0;
            }
        }
        assertThat(above).as("one budget for the day and one for the jump").isLessThanOrEqualTo(6);
        now = new RouterTime(MORNING.plus(Duration.ofHours(21)), MORNING.plus(Duration.ofDays(1)));
        assertThat(call(routes, true)).as("a real new day").isEqualTo(1);
    }

    @Test
    void aCallThatNeverCameAboutGivesItsReservationBack() {
        FlowRoutes routes = routes(withBudget("0.60"));
        escalate(routes);
        assertThat(begin(routes, "sess_gone").rung()).isEqualTo(1);
        assertThat(routes.budget().reserved()).isEqualByComparingTo(Money.usd("0.50"));
        routes.withdrawn("sess_gone", now);
        assertThat(routes.budget().committed()).isEqualByComparingTo(Money.ZERO);
        assertThat(routes.report().underWay()).isZero();
    }

    @Test
    void theEvidenceForAChartIsBounded() {
        FlowRoutes routes = routes(POLICY);
        for (int n = 0; n < 500; n++) {
            call(routes, n % 20 != 0);
        }
        assertThat(routes.report().tiers().get(0).history()).hasSize(TierReport.TierState.MAX_HISTORY);
        assertThat(routes.report().tiers().get(0).history().getLast().number()).isEqualTo(500);
    }

    /** Calls overlap, get lost, come twice, cost more than expected, and the clock does what it wants. */
    @Property(tries = 60)
    void noCallBeginsThatTheBudgetCannotPayAndASnapshotGoesOnAlike(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.05, max = 0.9) double failing,
            @ForAll @IntRange(max = 9) int usd) {
        Random random = new Random(seed);
        RouterPolicy policy = withBudget(String.valueOf(usd));
        FlowRoutes routes = routes(policy);
        List<String> open = new ArrayList<>();
        List<FlowRoutes.Start> starts = new ArrayList<>();
        for (int n = 0; n < 400; n++) {
            now = new RouterTime(
                    now.steady().plusSeconds(random.nextInt(120)),
                    now.wall().plusSeconds(random.nextInt(40) == 0 ? random.nextInt(400_000) - 200_000 : 60));
            Money before = routes.budget().at(now).committed();
            if (random.nextInt(5) < 3) {
                FlowRoutes.Start start = routes.start("sess_" + n, random::nextDouble, now);
                assertThat(start.rung()).isBetween(0, 2);
                if (start.rung() > 0) {
                    assertThat(routes.budget().committed()).isLessThanOrEqualTo(Money.usd(String.valueOf(usd)));
                } else {
                    assertThat(routes.budget().committed()).isLessThanOrEqualTo(before);
                }
                open.add("sess_" + n);
                starts.add(start);
            } else if (!open.isEmpty()) {
                int which = random.nextInt(open.size());
                end(
                        routes,
                        open.get(which),
                        starts.get(which),
                        random.nextDouble() > failing,
                        "0.3" + random.nextInt(9));
                if (random.nextInt(4) > 0) {
                    open.remove(which);
                    starts.remove(which);
                }
            }
            for (RouterDecision decision : routes.news()) {
                assertThat(decision.flow()).isEqualTo("booking");
            }
        }
        FlowRoutes restored = routes(policy);
        restored.restore(routes.snapshot(), now);
        assertThat(restored.snapshot().circuits()).isEqualTo(routes.snapshot().circuits());
        assertThat(restored.begun()).isEqualTo(routes.begun());
        assertThat(restored.budget().committed())
                .isEqualByComparingTo(routes.budget().committed());
    }
}
