package dev.antiphon.tier;

import dev.antiphon.model.Money;
import dev.antiphon.model.TierLadder;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TierRouterLogTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void whatTheRouterSaysComesFromTheRouterAlsoAfterATimer() {
        ActorRef<TierRouter.Command> router =
                KIT.spawn(TierRouter.create(new TierLadder(List.of(Tiers.tier("mini"), Tiers.tier("full")))));
        ManualTime.get(KIT.system()).timePasses(Duration.ofMinutes(2));
        Observed.Finished finished =
                new Observed.Finished("booking", "sess_1", 0, "mini", "mini", true, Money.usd("0.02"));
        LoggingTestKit.warn("came again")
                .withLoggerName(TierRouter.class.getName())
                .expect(KIT.system(), () -> {
                    router.tell(new TierRouter.Observe(finished));
                    router.tell(new TierRouter.Observe(finished));
                    return finished;
                });
    }
}
