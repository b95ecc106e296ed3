package dev.antiphon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.Money;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.tier.Observed;
import dev.antiphon.tier.TierRouter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class RouterNewsTest {
    private static final Tier MINI = new Tier(
            "mini",
            new ModelEndpoint("test", "mini", URI.create("ws://127.0.0.1/mini"), Map.of(), List.of()),
            PriceCard.FREE);

    private final TestInbox<TierRouter.Command> router = TestInbox.create();
    private final RouterNews news = new RouterNews(router.getRef());

    @Test
    void theRouterLearnsOfMovesAndOfWhereACallBeganAndEnded() {
        Facts.wholeCall().forEach(news::on);
        assertThat(router.getAllReceived())
                .containsExactly(
                        new TierRouter.Observe(new Observed.Moved("booking", "mini", "full")),
                        new TierRouter.Observe(new Observed.Finished(
                                "booking", Facts.SESSION.value(), 0, "mini", "full", true, Money.usd("0.0321"))));
    }

    @Test
    void aCallWhoseStartWasNotSeenCountsForItsLastTier() {
        news.on(Facts.ended(Facts.SESSION, "full"));
        assertThat(router.getAllReceived())
                .containsExactly(new TierRouter.Observe(new Observed.Finished(
                        "booking", Facts.SESSION.value(), 0, "full", "full", true, Money.usd("0.0321"))));
    }

    @Test
    void theNumberOfTheStartComesBackWithTheOutcomeOnce() {
        news.starts(Facts.SESSION, new TierRouter.Start(MINI, 7));
        news.on(Facts.ended(Facts.SESSION, "mini"));
        news.on(Facts.ended(Facts.SESSION, "mini"));
        assertThat(router.getAllReceived()).extracting(RouterNewsTest::numberOf).containsExactly(7L, 0L);
    }

    @Test
    void aStartWithoutACallIsWithdrawn() {
        news.starts(Facts.SESSION, new TierRouter.Start(MINI, 7));
        news.withdrawn(Facts.SESSION, "booking");
        news.withdrawn(Facts.SESSION, "booking");
        assertThat(router.getAllReceived())
                .containsExactly(new TierRouter.Observe(new Observed.Withdrawn("booking", Facts.SESSION.value())));
    }

    private static long numberOf(TierRouter.Command command) {
        return command instanceof TierRouter.Observe observe && observe.fact() instanceof Observed.Finished finished
                ? finished.number()
                : -1;
    }
}
