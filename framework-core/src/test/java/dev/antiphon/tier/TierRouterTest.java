package dev.antiphon.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.Money;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class TierRouterTest {
    private static final Tier MINI = tier("mini");
    private static final Tier FULL = tier("full");
    private static final TierLadder LADDER = new TierLadder(List.of(MINI, FULL));

    private final BehaviorTestKit<TierRouter.Command> router =
            BehaviorTestKit.create(TierRouter.create(LADDER, Map.of("vip", new TierLadder(List.of(FULL)))));

    private static Tier tier(String name) {
        return new Tier(
                name,
                new ModelEndpoint("test", name, URI.create("ws://127.0.0.1/" + name), Map.of(), List.of()),
                PriceCard.FREE);
    }

    private Tier startOf(String flow) {
        TestInbox<Tier> inbox = TestInbox.create();
        router.run(new TierRouter.StartOn(flow, inbox.getRef()));
        return inbox.receiveMessage();
    }

    private TierRouter.PinAnswer pin(String flow, String tier) {
        TestInbox<TierRouter.PinAnswer> inbox = TestInbox.create();
        router.run(new TierRouter.Pin(flow, tier, inbox.getRef()));
        return inbox.receiveMessage();
    }

    private TierReport report() {
        TestInbox<TierReport> inbox = TestInbox.create();
        router.run(new TierRouter.Report(inbox.getRef()));
        return inbox.receiveMessage();
    }

    private void finished(String flow, String start, String end, boolean completed, String usd) {
        router.run(new TierRouter.Observe(new Observed.Finished(flow, start, end, completed, Money.usd(usd))));
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
        for (int flow = 0; flow <= TierRouter.MAX_ROWS; flow++) {
            finished("flow " + flow, "mini", "mini", true, "0");
        }
        finished("flow 0", "mini", "mini", true, "0");
        assertThat(report().rows()).hasSize(TierRouter.MAX_ROWS);
        assertThat(report().rows().get(0).tally().finished()).isEqualTo(2);
        assertThat(report().notCounted()).isEqualTo(1);
    }
}
