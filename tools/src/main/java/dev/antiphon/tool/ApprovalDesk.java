package dev.antiphon.tool;

import dev.antiphon.session.GateDecision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where people look at what bots are about to do; {@code Bot.withApprovals} shows it on the server's page. Use it as a gate, of a tool or of a flow's effect; it keeps the virtual thread
 * waiting, so that the timeout there must be longer than the desk's patience. Thread-safe.
 *
 * <pre>{@code gated((refund, key) -> desk.ask(key, "refund", Map.of("amount", refund.amount() + " euros")), refund -> bank.pay(refund))}</pre>
 */
public final class ApprovalDesk {
    private static final int MOST_WAITING = 1_000;

    private final Duration patience;
    private final String nobody;
    private final InstantSource clock;
    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /**
     * A desk.
     *
     * @param patience after this without an answer the answer is no
     * @param nobody what the caller is told then, as a sentence
     */
    public ApprovalDesk(Duration patience, String nobody) {
        this(patience, nobody, InstantSource.system());
    }

    ApprovalDesk(Duration patience, String nobody, InstantSource clock) {
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("a desk's patience must be positive, but was " + patience);
        }
        this.patience = patience;
        this.nobody = nobody;
        this.clock = clock;
    }

    /**
     * What somebody is to decide.
     *
     * @param id for {@link #approve} and {@link #refuse}; says nothing of what is asked
     * @param what is about to be done
     * @param details what it is about, in words, in the order in which they were given
     * @param sensitive the names of details that not everybody at the desk may see; the server's page masks their values
     * @param since when it was asked
     * @param answerBy when the answer is no
     */
    public record Request(
            String id,
            String what,
            Map<String, String> details,
            Set<String> sensitive,
            Instant since,
            Instant answerBy) {
        public Request {
            details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
            sensitive = Set.copyOf(sensitive);
        }

        /** Without the details, which may be sensitive. */
        @Override
        public String toString() {
            return "Request[" + id + ", " + what + ", details " + details.keySet() + ", since " + since + "]";
        }
    }

    private record Open(long number, Request request, CompletableFuture<GateDecision> decision) {}

    /** Asks about details that everybody at the desk may see, see {@link #ask(String, String, Map, Set)}. */
    public GateDecision ask(String key, String what, Map<String, String> details) throws InterruptedException {
        return ask(key, what, details, Set.of());
    }

    /**
     * Asks, and waits for the answer. The same key asked again, for example by a second attempt, waits for the same answer.
     *
     * @param key of the work, as the gate gets it
     * @param what is about to be done, for example {@code "refund"}
     * @param details what it is about, in words
     * @param sensitive the names of details whose values are masked on the page
     * @throws InterruptedException when nobody waits for the answer any more
     */
    public GateDecision ask(String key, String what, Map<String, String> details, Set<String> sensitive)
            throws InterruptedException {
        if (open.size() >= MOST_WAITING && !open.containsKey(key)) {
            return GateDecision.refuse(nobody);
        }
        Open asked = open.computeIfAbsent(key, same -> {
            String id = UUID.randomUUID().toString();
            Instant now = clock.instant();
            Request request = new Request(id, what, details, sensitive, now, now.plus(patience));
            return new Open(numbers.incrementAndGet(), request, new CompletableFuture<>());
        });
        try {
            return asked.decision().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return GateDecision.refuse(nobody);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a decision is never an exception", e);
        } finally {
            open.remove(key, asked);
        }
    }

    /** What waits for an answer, the longest first. */
    public List<Request> waiting() {
        return open.values().stream()
                .sorted(Comparator.comparingLong(Open::number))
                .map(Open::request)
                .toList();
    }

    /** Allows it; false when it does not wait any more. */
    public boolean approve(String id) {
        return decide(id, GateDecision.allow());
    }

    /** Refuses it; false when it does not wait any more. {@code reason}: for the caller, as a sentence. */
    public boolean refuse(String id, String reason) {
        return decide(id, GateDecision.refuse(reason));
    }

    private boolean decide(String id, GateDecision decision) {
        return open.values().stream()
                .filter(asked -> asked.request().id().equals(id))
                .findFirst()
                .map(asked -> asked.decision().complete(decision))
                .orElse(false);
    }
}
