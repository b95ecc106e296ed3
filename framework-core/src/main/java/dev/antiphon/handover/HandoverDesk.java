package dev.antiphon.handover;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The port to the people who take calls over. Thread-safe; nothing here blocks: sessions call it from their actors.
 *
 * <p>A session asks when its dialog ends as handed over, holds the caller on the line until the answer or its deadline, and tells
 * the caller the truth when nobody takes the call.
 */
public interface HandoverDesk {

    /** Whether this target can be asked. A call that is handed over to another one ends at once, as handed over. */
    boolean takes(String target);

    /** What this target may see besides; default nothing. */
    default Set<HandoverDetail> details(String target) {
        return Set.of();
    }

    /** Asks. The stage completes on any thread; a failed stage counts as {@link HandoverResult.Failed}. */
    CompletionStage<HandoverResult> ask(HandoverPacket packet);

    /**
     * The answer is not needed any more: it is too late, or the caller is gone. What is answered after this is passed over.
     *
     * @param key of the packet
     */
    default void withdraw(String key) {}

    /** Nobody can be asked: calls end as handed over when the dialog says so. */
    static HandoverDesk none() {
        return new HandoverDesk() {
            @Override
            public boolean takes(String target) {
                return false;
            }

            @Override
            public CompletionStage<HandoverResult> ask(HandoverPacket packet) {
                return CompletableFuture.completedFuture(new HandoverResult.Failed("there is no desk"));
            }
        };
    }
}
