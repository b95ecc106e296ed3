package dev.antiphon.admission;

import dev.antiphon.realtime.Usage;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Admits calls as long as the budget of their key lasts, and lets others wait in the order of their coming. Learns from the facts
 * of calls. Thread-safe; nothing blocks.
 */
public final class Admission implements SessionObserver {
    private final AdmissionSettings settings;
    private final InstantSource clock;
    private final Map<SessionId, Integer> requests = new HashMap<>();
    private final Deque<CompletableFuture<Verdict>> waiting = new ArrayDeque<>();
    private Demand demand = Demand.none();

    /** Of one key. */
    public Admission(AdmissionSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Asks for a call; {@link #over} must follow an admission. Never waits, and never passes those who do. */
    public synchronized Verdict ask() {
        if (!waiting.isEmpty()) {
            return new Verdict.Refused(
                    waiting.size() + " calls wait already",
                    settings.longestWait().plusSeconds(1));
        }
        return verdict();
    }

    private Verdict verdict() {
        Verdict verdict = demand.verdict(settings.allowance(), clock.instant());
        if (verdict instanceof Verdict.Admitted) {
            demand = demand.begun();
        }
        return verdict;
    }

    /** Whether a call that is refused may wait. */
    public synchronized boolean mayWait() {
        return settings.longestWait().isPositive() && waiting.size() < settings.mostWaiting();
    }

    /** How long. */
    public Duration longestWait() {
        return settings.longestWait();
    }

    /** Waits; completed by {@link #retry} or {@link #over} when there is room. The caller of this withdraws it when it has waited enough. */
    public CompletionStage<Verdict> waitForRoom() {
        CompletableFuture<Verdict> turn = new CompletableFuture<>();
        synchronized (this) {
            waiting.add(turn);
        }
        retry();
        return turn;
    }

    /** A call no longer waits; false when it has been admitted meanwhile. */
    public synchronized boolean withdraw(CompletionStage<Verdict> turn) {
        return waiting.remove(turn.toCompletableFuture());
    }

    /** Looks whether there is room for those who wait, now that time has passed. */
    public void retry() {
        while (true) {
            CompletableFuture<Verdict> next;
            Verdict verdict;
            synchronized (this) {
                if (waiting.isEmpty()) {
                    return;
                }
                verdict = verdict();
                if (!(verdict instanceof Verdict.Admitted)) {
                    return;
                }
                next = waiting.remove();
            }
            next.complete(verdict);
        }
    }

    /** A call that was admitted is over. */
    public void over() {
        synchronized (this) {
            demand = demand.over();
        }
        retry();
    }

    /** How many calls are in progress. */
    public synchronized int live() {
        return demand.live();
    }

    /** How many calls wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    @Override
    public synchronized void on(SessionEvent fact) {
        if (fact instanceof SessionEvent.ResponseBilled billed) {
            requests.merge(billed.session(), 1, Integer::sum);
        } else if (fact instanceof SessionEvent.RateLimitsReported reported) {
            demand = demand.reported(reported.limits(), clock.instant());
        } else if (fact instanceof SessionEvent.SessionEnded ended) {
            Integer made = requests.remove(ended.session());
            demand = demand.learned(tokens(ended.usage()), made == null ? 0 : made, ended.duration());
        }
    }

    private static long tokens(Usage usage) {
        return (long) usage.inputTextTokens()
                + usage.inputAudioTokens()
                + usage.inputImageTokens()
                + usage.outputTextTokens()
                + usage.outputAudioTokens();
    }
}
