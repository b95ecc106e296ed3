package dev.antiphon.server.cli;

import dev.antiphon.model.Money;
import dev.antiphon.session.TurnTimeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of one scripted call.
 *
 * @param script the script's name
 * @param session the server's id of the call; empty when it never opened
 * @param expected the outcome that the script expects
 * @param tierChangeExpected whether the call must have moved to another model
 * @param outcome how the call ended, or one of {@link #UNKNOWN}, {@link #UNFINISHED}, {@link #NOT_CONNECTED}
 * @param reason why, for people
 * @param took from connecting to the end, by the caller's clock
 * @param heardAfter how long the caller waited for each answer, by the caller's clock
 * @param facts everything that was seen
 */
record CallReport(
        String script,
        Optional<String> session,
        String expected,
        boolean tierChangeExpected,
        String outcome,
        String reason,
        Duration took,
        List<Duration> heardAfter,
        List<CallFact> facts) {

    /** The server does not tell outcomes. */
    static final String UNKNOWN = "unknown";

    /** The call was not over in time. */
    static final String UNFINISHED = "unfinished";

    /** The call never began. */
    static final String NOT_CONNECTED = "not_connected";

    CallReport {
        heardAfter = List.copyOf(heardAfter);
        facts = List.copyOf(facts);
    }

    /** Whether the call went as its script expects. */
    boolean asExpected() {
        return shortfall().isEmpty();
    }

    /** What is missing for that. */
    Optional<String> shortfall() {
        if (!outcome.equals(expected)) {
            return Optional.of("expected " + expected);
        }
        return tierChangeExpected && of(CallFact.TierMoved.class).findAny().isEmpty()
                ? Optional.of("expected to move to another tier")
                : Optional.empty();
    }

    /** The cost, when the server tells it. */
    Optional<Money> cost() {
        return spent().map(CallFact.Spent::total);
    }

    /** The cost in its parts, when the server tells it. */
    Optional<CallFact.Spent> spent() {
        return of(CallFact.Ended.class).map(CallFact.Ended::spent).findFirst();
    }

    /** How long the caller waited in each answered turn: by the server's clock if it tells, else by the caller's. */
    List<Duration> latencies() {
        List<Duration> measured = of(CallFact.Answered.class)
                .map(CallFact.Answered::timeline)
                .map(TurnTimeline::total)
                .toList();
        return measured.isEmpty() ? heardAfter : measured;
    }

    private <F extends CallFact> Stream<F> of(Class<F> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast);
    }
}
