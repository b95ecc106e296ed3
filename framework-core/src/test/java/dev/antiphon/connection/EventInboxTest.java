package dev.antiphon.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.realtime.ServerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class EventInboxTest {
    private final List<String> taken = new ArrayList<>();
    private int told;
    private final EventInbox inbox = new EventInbox(() -> told++);

    @Test
    void theOwnerIsToldOnceOfAllThatCame() {
        inbox.add(event("a"));
        inbox.add(event("b"));
        assertThat(told).isOne();
        take();
        assertThat(taken).containsExactly("a", "b");
        assertThat(told).isOne();
    }

    @Test
    void whatComesLaterIsToldAgain() {
        inbox.add(event("a"));
        take();
        inbox.add(event("b"));
        assertThat(told).isEqualTo(2);
    }

    @Test
    void whatComesWhileSomeAreTakenIsTakenWithThem() {
        inbox.add(event("a"));
        inbox.take(first -> {
            taken.add(first.eventId());
            if (taken.size() < 3) {
                inbox.add(event("b"));
            }
        });
        assertThat(taken).containsExactly("a", "b", "b");
        assertThat(told).isOne();
    }

    @Test
    void soManyAtOnceThatOthersHaveTheirTurn() {
        for (int i = 0; i < 300; i++) {
            inbox.add(event("e" + i));
        }
        take();
        assertThat(taken).hasSize(256);
        assertThat(told).isEqualTo(2);
        take();
        assertThat(taken).hasSize(300).last().isEqualTo("e299");
    }

    @Test
    void anOwnerThatThrowsIsToldOfTheRest() {
        inbox.add(event("a"));
        inbox.add(event("b"));
        assertThatThrownBy(() -> inbox.take(each -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(told).isEqualTo(2);
        take();
        assertThat(taken).containsExactly("b");
    }

    /** The owner takes only when it was told, so one event that is not told would make this wait for ever. */
    @Test
    void nothingIsLostBetweenTwoThreads() throws InterruptedException {
        int all = 200_000;
        LinkedBlockingQueue<Boolean> messages = new LinkedBlockingQueue<>();
        EventInbox shared = new EventInbox(() -> messages.add(true));
        Thread model = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < all; i++) {
                shared.add(event("" + i));
            }
        });
        List<String> seen = new ArrayList<>();
        while (seen.size() < all) {
            messages.take();
            shared.take(each -> seen.add(each.eventId()));
        }
        model.join();
        for (int i = 0; i < all; i++) {
            assertThat(seen.get(i)).isEqualTo("" + i);
        }
    }

    private void take() {
        inbox.take(each -> taken.add(each.eventId()));
    }

    private static ServerEvent event(String id) {
        return new ServerEvent.AudioCleared(id);
    }
}
