package dev.antiphon.server.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.handover.HandoverDesk;
import dev.antiphon.handover.HandoverDetail;
import dev.antiphon.handover.HandoverPacket;
import dev.antiphon.handover.HandoverResult;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which desk is asked, and who waits where. */
class HandoverTargetsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final HandoverQueue queue = new HandoverQueue();

    private static CompletableFuture<HandoverResult> ask(HandoverDesk desk, String key) {
        return desk.ask(Packets.of(key, LONG)).toCompletableFuture();
    }

    @Test
    void aTargetIsFoundByItsNameInAnyCaseAndOthersAreNobodysBusiness() {
        HandoverTargets targets = HandoverTargets.none().with("Front Desk", queue, Set.of(HandoverDetail.SENSITIVE));
        assertThat(targets.takes("front desk")).isTrue();
        assertThat(targets.details("front desk")).containsExactly(HandoverDetail.SENSITIVE);
        assertThat(targets.takes("supervisor")).isFalse();
        assertThat(targets.details("supervisor")).isEmpty();
        assertThat(targets.queue()).contains(queue);
        assertThat(HandoverTargets.none().takes("front desk")).isFalse();
        assertThat(HandoverTargets.none().queue()).isEmpty();
        assertThatThrownBy(() -> targets.with(" ", queue, Set.of())).hasMessageContaining("must not be blank");
        assertThatThrownBy(() -> targets.within(Duration.ZERO)).hasMessageContaining("must be positive");
    }

    @Test
    void othersHaveADeskOfTheirOwn() {
        HandoverQueue another = new HandoverQueue();
        HandoverTargets targets =
                HandoverTargets.none().with("supervisor", another, Set.of()).withOthers(queue, Set.of());
        ask(targets, "s1:1");
        assertThat(queue.waiting()).extracting(HandoverPacket::key).containsExactly("s1:1");
        assertThat(another.waiting()).isEmpty();
        targets.withdraw("s1:1");
        assertThat(queue.waiting()).isEmpty();
    }

    @Test
    void whoWaitsIsTakenOnceAndInTheOrderOfComing() {
        CompletableFuture<HandoverResult> first = ask(queue, "s1:1");
        CompletableFuture<HandoverResult> second = ask(queue, "s2:1");
        assertThat(queue.waiting()).extracting(HandoverPacket::key).containsExactly("s1:1", "s2:1");
        assertThat(queue.accept("s1:1", "desk 3")).isTrue();
        assertThat(queue.accept("s1:1", "desk 4")).isFalse();
        assertThat(queue.refuse("s2:1", "lunch")).isTrue();
        assertThat(queue.refuse("unknown", "")).isFalse();
        assertThat(first).isCompletedWithValue(new HandoverResult.Accepted("desk 3"));
        assertThat(second).isCompletedWithValue(new HandoverResult.Refused("lunch"));
    }

    @Test
    void aCallerWhoIsGoneCannotBeTaken() {
        CompletableFuture<HandoverResult> answer = ask(queue, "s1:1");
        queue.withdraw("s1:1");
        assertThat(queue.accept("s1:1", "")).isFalse();
        assertThat(answer).isCompletedWithValue(new HandoverResult.NoAnswer());
    }

    @Test
    void aFullQueueIsBusy() {
        for (int i = 0; i < HandoverQueue.MOST; i++) {
            assertThat(ask(queue, "s" + i + ":1")).isNotDone();
        }
        assertThat(ask(queue, "late:1")).isCompletedWithValue(new HandoverResult.Busy());
        assertThat(queue.waiting()).hasSize(HandoverQueue.MOST);
    }
}
