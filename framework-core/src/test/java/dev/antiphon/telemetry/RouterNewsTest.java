package dev.antiphon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.Money;
import dev.antiphon.tier.Observed;
import dev.antiphon.tier.TierRouter;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class RouterNewsTest {
    private final TestInbox<TierRouter.Command> router = TestInbox.create();
    private final RouterNews news = new RouterNews(router.getRef());

    @Test
    void theRouterLearnsOfMovesAndOfWhereACallBeganAndEnded() {
        Facts.wholeCall().forEach(news::on);
        assertThat(router.getAllReceived())
                .containsExactly(
                        new TierRouter.Observe(new Observed.Moved("booking", "mini", "full")),
                        new TierRouter.Observe(
                                new Observed.Finished("booking", "mini", "full", true, Money.usd("0.0321"))));
    }

    @Test
    void aCallWhoseStartWasNotSeenCountsForItsLastTier() {
        news.on(Facts.ended(Facts.SESSION, "full"));
        assertThat(router.getAllReceived())
                .containsExactly(new TierRouter.Observe(
                        new Observed.Finished("booking", "full", "full", true, Money.usd("0.0321"))));
    }
}
