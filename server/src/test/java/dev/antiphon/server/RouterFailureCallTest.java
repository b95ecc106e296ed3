package dev.antiphon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.SessionEvent;
import dev.antiphon.tier.RouterPolicies;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call whose tier router fails whenever it is asked. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RouterFailureCallTest {
    private final BlockingQueue<SessionEvent> facts = new LinkedBlockingQueue<>();
    private final AtomicInteger asked = new AtomicInteger();

    /** Well when the router begins, and begins anew; not when it is at work. */
    private RouterPolicies policies() {
        if (asked.getAndIncrement() % 2 == 1) {
            throw new IllegalStateException("no policies today");
        }
        return RouterPolicies.defaults();
    }

    @Test
    void startsOnTheLowestTier() throws Exception {
        try (OrderDesk desk = OrderDesk.open(settings -> settings.withObserver(facts::add)
                        .withRouter(settings.router().withPolicies(this::policies)));
                RealtimeClient client = RealtimeClient.connect(desk.realtime())) {
            client.next("session.created");

            SessionEvent first = facts.poll(30, TimeUnit.SECONDS);

            assertThat(first).isInstanceOf(SessionEvent.SessionStarted.class);
            assertThat(((SessionEvent.SessionStarted) first).tier()).isEqualTo("mini");
        }
    }
}
