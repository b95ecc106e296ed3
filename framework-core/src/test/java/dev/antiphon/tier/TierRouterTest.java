package dev.antiphon.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.Money;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.tier.RouterDecision.Kind;
import dev.antiphon.tier.RouterDecision.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class TierRouterTest {
    private static final Tier MINI = Tiers.tier("mini");
    private static final Tier FULL = Tiers.tier("full");
    private static final TierLadder LADDER = new TierLadder(List.of(MINI, FULL));

    private final MovableClock clock = new MovableClock();
    private final List<RouterDecision> heard = new ArrayList<>();
    private PolicySource policies = PolicySource.of(RouterPolicies.defaults());
    private final BehaviorTestKit<TierRouter.Command> router = BehaviorTestKit.create(TierRouter.create(
            LADDER,
            Map.of("vip", new TierLadder(List.of(FULL))),
            RouterSettings.defaults()
                    .withPolicies(() -> policies.current())
                    .withTime(clock, clock::nanos)
                    .withRandom(() -> 0.9)
                    .withListener(new RouterListener() {
                        @Override
                        public void decided(RouterDecision decision) {
                            heard.add(decision);
                            throw new IllegalStateException("a listener that fails");
                        }
                    })));
    private int sessions;

    private TierRouter.Start start(String flow, String session) {
        TestInbox<TierRouter.Start> inbox = TestInbox.create();
        router.run(new TierRouter.StartOn(flow, session, inbox.getRef()));
        return inbox.receiveMessage();
    }

    private Tier startOf(String flow) {
        return start(flow, "sess_" + sessions++).tier();
    }

    private TierRouter.PinAnswer pin(String flow, String tier) {
        TestInbox<TierRouter.PinAnswer> inbox = TestInbox.create();
        router.run(new TierRouter.Pin(flow, tier, inbox.getRef()));
        return inbox.receiveMessage();
    }

    private TierRouter.ForceAnswer force(String flow, String tier, State state) {
        TestInbox<TierRouter.ForceAnswer> inbox = TestInbox.create();
        router.run(new TierRouter.Force(flow, tier, state, inbox.getRef()));
        return inbox.receiveMessage();
    }

    private TierReport report() {
        TestInbox<TierReport> inbox = TestInbox.create();
        router.run(new TierRouter.Report(inbox.getRef()));
        return inbox.receiveMessage();
    }

    private void finished(String flow, String start, String end, boolean completed, String usd) {
        router.run(new TierRouter.Observe(
                new Observed.Finished(flow, "sess_" + sessions++, 0, start, end, completed, Money.usd(usd))));
    }

    /** A whole call, begun where the router says. */
    private Tier call(String flow, boolean completed) {
        String session = "sess_" + sessions++;
        TierRouter.Start start = start(flow, session);
        String tier = start.tier().name();
        router.run(new TierRouter.Observe(
                new Observed.Finished(flow, session, start.number(), tier, tier, completed, Money.usd("0.02"))));
        return start.tier();
    }

    private void use(RouterPolicy policy) {
        policies = PolicySource.of(new RouterPolicies(policy, Map.of()));
    }

    @Test
    void newCallsStartOnTheLowestTierOfTheirLadder() {
        assertThat(startOf("booking")).isEqualTo(MINI);
        assertThat(startOf("vip")).isEqualTo(FULL);
    }

    @Test
    void anOperatorPinsAndUnpinsAFlowWhileCallsComeIn() {
        assertThat(pin("booking", "full")).isEqualTo(new TierRouter.PinAnswer.Pinned("booking", FULL));
        assertThat(startOf("booking")).isEqualTo(FULL);
        assertThat(startOf("faq")).isEqualTo(MINI);
        assertThat(report().pins()).isEqualTo(Map.of("booking", "full"));
        router.run(new TierRouter.Unpin("booking"));
        assertThat(startOf("booking")).isEqualTo(MINI);
        assertThat(heard).extracting(RouterDecision::kind).containsExactly(Kind.BY_OPERATOR, Kind.BY_OPERATOR);
    }

    @Test
    void aPinToATierThatTheLadderLacksIsRefusedWithTheLadder() {
        assertThat(pin("vip", "mini")).isEqualTo(new TierRouter.PinAnswer.NoSuchTier("vip", "mini", List.of("full")));
        assertThat(startOf("vip")).isEqualTo(FULL);
    }

    @Test
    void finishedCallsCountForTheTierTheyBeganOn() {
        finished("booking", "mini", "mini", true, "0.02");
        finished("booking", "mini", "full", true, "0.10");
        finished("booking", "mini", "mini", false, "0.01");
        finished("booking", "full", "full", true, "0.20");
        router.run(new TierRouter.Observe(new Observed.Moved("booking", "mini", "full")));
        assertThat(report().rows())
                .containsExactly(
                        new TierReport.Row("booking", "mini", new TierTally(3, 2, 1, Money.usd("0.13"))),
                        new TierReport.Row("booking", "full", new TierTally(1, 1, 0, Money.usd("0.20"))));
        assertThat(report().moves()).isEqualTo(1);
    }

    @Test
    void theTableIsBoundedAndSaysWhatItLeftOut() {
        for (int flow = 0; flow <= TierRouter.MAX_FLOWS; flow++) {
            finished("flow " + flow, "mini", "mini", true, "0");
        }
        finished("flow 0", "mini", "mini", true, "0");
        assertThat(report().rows()).hasSize(TierRouter.MAX_FLOWS);
        assertThat(report().rows().get(0).tally().finished()).isEqualTo(2);
        assertThat(report().notCounted()).isEqualTo(1);
        assertThat(start("one too many", "sess_x")).isEqualTo(new TierRouter.Start(MINI, 0));
        assertThat(pin("one too many", "full")).isEqualTo(new TierRouter.PinAnswer.TooManyFlows("one too many"));
    }

    @Test
    void callsThatFailMoveNewCallsUpAndTheReportSaysWhy() {
        use(RouterPolicy.defaults().withTarget(0.85));
        int failures = 0;
        while (call("booking", false).equals(MINI)) {
            failures++;
        }
        assertThat(failures).isBetween(3, 12);
        assertThat(heard).extracting(RouterDecision::kind).containsExactly(Kind.ESCALATED);
        TierReport.TierState mini =
                report().flow("booking").orElseThrow().tier("mini").orElseThrow();
        assertThat(mini.state()).isEqualTo(State.OPEN);
        assertThat(mini.evidence()).isGreaterThan(2_000);
        assertThat(mini.coolDownLeft()).isEqualTo(29);
        assertThat(mini.history()).hasSize(failures);
        assertThat(report().decisions()).isEqualTo(heard);
        assertThat(call("faq", true)).isEqualTo(MINI);
    }

    @Test
    void anOutcomeThatComesAgainCountsOnce() {
        use(RouterPolicy.defaults().withTarget(0.85));
        TierRouter.Start start = start("booking", "sess_twice");
        Observed.Finished failed = new Observed.Finished(
                "booking", "sess_twice", start.number(), "mini", "mini", false, Money.usd("0.02"));
        for (int n = 0; n < 50; n++) {
            router.run(new TierRouter.Observe(failed));
        }
        assertThat(report().repeated()).isEqualTo(49);
        assertThat(report().rows().get(0).tally().finished()).isEqualTo(1);
        assertThat(call("booking", true)).isEqualTo(MINI);
    }

    @Test
    void aPausedFlowStaysAndAResumedOneMovesUp() {
        use(RouterPolicy.defaults().withTarget(0.85));
        router.run(new TierRouter.Pause("booking"));
        for (int n = 0; n < 40; n++) {
            assertThat(call("booking", false)).isEqualTo(MINI);
        }
        router.run(new TierRouter.Resume("booking"));
        call("booking", false);
        assertThat(startOf("booking")).isEqualTo(FULL);
        assertThat(heard)
                .extracting(RouterDecision::kind)
                .containsExactly(Kind.BY_OPERATOR, Kind.HELD_BACK, Kind.BY_OPERATOR, Kind.ESCALATED);
    }

    @Test
    void anOperatorForcesACircuitButNotTheTopOne() {
        assertThat(force("booking", "mini", State.OPEN))
                .isEqualTo(new TierRouter.ForceAnswer.Forced("booking", "mini", State.OPEN));
        assertThat(startOf("booking")).isEqualTo(FULL);
        assertThat(force("booking", "mini", State.CLOSED))
                .isEqualTo(new TierRouter.ForceAnswer.Forced("booking", "mini", State.CLOSED));
        assertThat(startOf("booking")).isEqualTo(MINI);
        assertThat(force("booking", "full", State.OPEN))
                .isEqualTo(
                        new TierRouter.ForceAnswer.Refused("the top tier 'full' has none above, so it stays closed"));
        assertThat(force("booking", "huge", State.OPEN))
                .isEqualTo(new TierRouter.ForceAnswer.Refused("a tier must be one of [mini, full], but was 'huge'"));
    }

    @Test
    void aClockThatJumpsIsCountedAndTimeoutsGoOn() {
        start("booking", "sess_silent");
        clock.jump(Duration.ofDays(-3));
        clock.pass(Duration.ofMinutes(30));
        assertThat(call("booking", true)).isEqualTo(MINI);
        assertThat(report().clockJumps()).isEqualTo(1);
        assertThat(report().flow("booking").orElseThrow().lost()).isZero();
        clock.pass(Duration.ofMinutes(31));
        assertThat(call("booking", true)).isEqualTo(MINI);
        assertThat(report().flow("booking").orElseThrow().lost()).isEqualTo(1);
    }

    @Test
    void otherPoliciesAreUsedFromTheNextCallOn() {
        use(RouterPolicy.off().withTarget(0.85));
        for (int n = 0; n < 40; n++) {
            assertThat(call("booking", false)).isEqualTo(MINI);
        }
        use(RouterPolicy.defaults().withTarget(0.85));
        call("booking", false);
        assertThat(startOf("booking")).isEqualTo(FULL);
    }
}
