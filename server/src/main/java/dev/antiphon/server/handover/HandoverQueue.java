package dev.antiphon.server.handover;

import dev.antiphon.handover.HandoverDesk;
import dev.antiphon.handover.HandoverPacket;
import dev.antiphon.handover.HandoverResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Callers who wait for a person at the page, the longest first. Thread-safe; in memory: who waits when the server stops is not
 * taken over. With {@value #MOST} callers waiting the next one is told that everybody is busy.
 */
public final class HandoverQueue implements HandoverDesk {
    static final int MOST = 100;

    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(HandoverPacket packet, CompletableFuture<HandoverResult> answer) {}

    @Override
    public boolean takes(String target) {
        return true;
    }

    @Override
    public CompletionStage<HandoverResult> ask(HandoverPacket packet) {
        synchronized (waiting) {
            if (waiting.size() >= MOST) {
                return CompletableFuture.completedFuture(new HandoverResult.Busy());
            }
            CompletableFuture<HandoverResult> answer = new CompletableFuture<>();
            waiting.put(packet.key(), new Waiting(packet, answer));
            return answer;
        }
    }

    @Override
    public void withdraw(String key) {
        answer(key, new HandoverResult.NoAnswer());
    }

    /** Who waits, the longest first. */
    public List<HandoverPacket> waiting() {
        synchronized (waiting) {
            return new ArrayList<>(waiting.values())
                    .stream().map(Waiting::packet).toList();
        }
    }

    /** Somebody takes the call. False when it does not wait any more: another one has it, or the caller is gone. */
    public boolean accept(String key, String reference) {
        return answer(key, new HandoverResult.Accepted(reference));
    }

    /** Nobody here takes the call. False when it does not wait any more. */
    public boolean refuse(String key, String reason) {
        return answer(key, new HandoverResult.Refused(reason));
    }

    /** Completed outside the lock: what waits for the answer runs in this thread. */
    private boolean answer(String key, HandoverResult result) {
        Optional<Waiting> open;
        synchronized (waiting) {
            open = Optional.ofNullable(waiting.remove(key));
        }
        open.ifPresent(each -> each.answer().complete(result));
        return open.isPresent();
    }
}
