package dev.antiphon.admission;

import dev.antiphon.realtime.Usage;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Admits calls as long as the budget of their key lasts, and lets others wait in the order of their coming. Learns from the facts
 * of calls. Thread-safe; nothing blocks.
 */
public final class Admission implements SessionObserver {
    private final AdmissionSettings settings;
    private final InstantSource clock;
    private final AdmissionObserver observer;
    private final SpendLedger spend;
    private final Map<SessionId, Integer> requests = new HashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Demand demand = Demand.none();

    private record Waiting(CompletableFuture<Verdict> turn, Instant since) {}

    /** Of one key; the observer hears what becomes of calls. */
    public Admission(AdmissionSettings settings, InstantSource clock, AdmissionObserver observer) {
        this(settings, clock, observer, SpendLedger.uncapped(clock));
    }

    /** Of one key, whose calls may cost what this ledger says. */
    public Admission(AdmissionSettings settings, InstantSource clock, AdmissionObserver observer, SpendLedger spend) {
        this.spend = spend;
        this.settings = settings;
        this.clock = clock;
        this.observer = observer;
    }

    /** Asks for a call; {@link #over} must follow an admission. Never waits, and never passes those who do. */
    public Verdict ask() {
        Verdict verdict = decide();
        switch (verdict) {
            case Verdict.Admitted ignored -> observer.on(new AdmissionEvent.Admitted());
            case Verdict.MayWait ignored -> {}
            case Verdict.Refused refused -> observer.on(new AdmissionEvent.Refused(refused.cause()));
        }
        return verdict;
    }

    private synchronized Verdict decide() {
        Optional<Verdict.Refused> spent = spend.refusal();
        if (spent.isPresent()) {
            return spent.get();
        }
        String others = (waiting.size() == 1 ? "1 call waits" : waiting.size() + " calls wait") + " already";
        if (!waiting.isEmpty() && !mayWait()) {
            return new Verdict.Refused(
                    Verdict.Cause.QUEUE_FULL, others, settings.longestWait().plusSeconds(1));
        }
        if (!waiting.isEmpty()) {
            return new Verdict.MayWait(others);
        }
        return switch (verdict()) {
            case Verdict.Refused refused -> mayWait() ? new Verdict.MayWait(refused.reason()) : refused;
            case Verdict.Admitted admitted -> admitted;
            case Verdict.MayWait mayWait -> mayWait;
        };
    }

    private Verdict verdict() {
        Verdict verdict = demand.verdict(settings.allowance(), clock.instant());
        if (verdict instanceof Verdict.Admitted) {
            demand = demand.begun();
        }
        return verdict;
    }

    private boolean mayWait() {
        return settings.longestWait().isPositive() && waiting.size() < settings.mostWaiting();
    }

    /** What calls have cost, and may. */
    public SpendLedger spend() {
        return spend;
    }

    /** How long a call may wait. */
    public Duration longestWait() {
        return settings.longestWait();
    }

    /** Waits; completed by {@link #retry} or {@link #over} when there is room. The caller of this withdraws it when it has waited enough. */
    public CompletionStage<Verdict> waitForRoom() {
        CompletableFuture<Verdict> turn = new CompletableFuture<>();
        synchronized (this) {
            waiting.add(new Waiting(turn, clock.instant()));
        }
        retry();
        return turn;
    }

    /** A call no longer waits, since it has left or waited too long; false when it has been admitted meanwhile. */
    public boolean withdraw(CompletionStage<Verdict> turn, AdmissionEvent.End end) {
        Optional<Waiting> gone;
        synchronized (this) {
            gone = waiting.stream().filter(each -> each.turn() == turn).findFirst();
            gone.ifPresent(waiting::remove);
        }
        gone.ifPresent(each -> observer.on(waited(each, end)));
        return gone.isPresent();
    }

    private AdmissionEvent waited(Waiting call, AdmissionEvent.End end) {
        return new AdmissionEvent.Waited(Duration.between(call.since(), clock.instant()), end);
    }

    /** Looks whether there is room for those who wait, now that time has passed. */
    public void retry() {
        while (true) {
            Waiting next;
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
            observer.on(waited(next, AdmissionEvent.End.ADMITTED));
            next.turn().complete(verdict);
        }
    }

    /** A call that was admitted is over. */
    public void over() {
        synchronized (this) {
            demand = demand.over();
        }
        retry();
    }

    /** How much of the budget is in use now. */
    public synchronized AdmissionState state() {
        return new AdmissionState(
                settings,
                demand.live(),
                waiting.size(),
                demand.live() * demand.requests(),
                demand.live() * demand.tokens(),
                demand.usedUp(clock.instant()),
                full(),
                spend.day());
    }

    private Optional<String> full() {
        Optional<String> spent = spend.refusal().map(Verdict.Refused::reason);
        if (spent.isPresent()) {
            return spent;
        }
        return switch (demand.verdict(settings.allowance(), clock.instant())) {
            case Verdict.Refused refused -> Optional.of(refused.reason());
            case Verdict.Admitted ignored -> Optional.empty();
            case Verdict.MayWait mayWait -> Optional.of(mayWait.reason());
        };
    }

    /** How many calls wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    @Override
    public void on(SessionEvent fact) {
        spend.on(fact);
        learn(fact);
    }

    private synchronized void learn(SessionEvent fact) {
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
