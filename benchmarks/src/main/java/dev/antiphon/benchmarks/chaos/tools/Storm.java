package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.benchmarks.chaos.tools.SteppedThreads.Stepped;
import dev.antiphon.connection.WebSocketLink.Breakdown;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.tool.ToolPool;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** What goes wrong with whom and when. Not thread-safe; used by one thread at a time. */
final class Storm {
    /** Callers say one of these when they cut in. */
    private static final List<String> CUTS_IN = List.of(
            "Hold on a second.",
            "Hello? Are you still there?",
            "Actually, at four, please.",
            Question.WEATHER.words(),
            "Mhm.");

    private static final int CROWD = 2;

    private final Map<Integer, Call> calls = new HashMap<>();
    private final Map<Strike, Integer> struck = new EnumMap<>(Strike.class);
    private final IntConsumer resumes;
    private @Nullable SteppedThreads threads;
    private @Nullable CallClock clock;
    private @Nullable ToolPool pool;

    /**
     * A storm.
     *
     * @param resumes is told of a call whose session was killed: its caller rings again
     */
    Storm(IntConsumer resumes) {
        this.resumes = resumes;
        for (Strike strike : Strike.values()) {
            struck.put(strike, 0);
        }
    }

    void livesIn(SteppedThreads steps, CallClock time) {
        threads = steps;
        clock = time;
    }

    void breaks(ToolPool used) {
        pool = used;
    }

    void add(Call call) {
        calls.put(call.number, call);
    }

    Call call(int number) {
        return Optional.ofNullable(calls.get(number))
                .orElseThrow(() -> new IllegalArgumentException("there is no call " + number));
    }

    Optional<Call> find(int number) {
        return Optional.ofNullable(calls.get(number));
    }

    /** How often each strike took place, by its words. */
    Map<String, Integer> struck() {
        Map<String, Integer> byWords = new TreeMap<>();
        struck.forEach((strike, times) -> byWords.put(strike.words(), times));
        return byWords;
    }

    /** The strike of this call has taken place; false when it had before, or is another one. */
    boolean strikes(Call call, Strike strike) {
        if (call.strike != strike || call.struck) {
            return false;
        }
        call.struck = true;
        struck.merge(strike, 1, Integer::sum);
        return true;
    }

    /** The caller cuts in so long from now, if that is its strike. */
    void cutsIn(Call call, Strike strike, Duration later) {
        if (strikes(call, strike)) {
            call.line().interject(later, CUTS_IN.get(call.random.nextInt(CUTS_IN.size())));
        }
    }

    /** The caller may cut in; where its session is to be killed while a tool runs, the dialog learns of that moment so. */
    void fillerIsSaid(Call call, Duration later) {
        cutsIn(call, Strike.CALLER_CUTS_IN_DURING_FILLER, later);
        if (call.strike == Strike.KILLED_AND_RESUMED_WHILE_TOOL_RUNS && !call.struck && call.toolAtWork) {
            call.line().interject(later, CUTS_IN.getFirst());
        }
    }

    /** The model is about to call a tool: others may be quicker, so that its places and its queue are full. */
    void modelCalls(Call call, Question question) {
        call.modelCalls++;
        if (question == Question.BUS && pool != null && strikes(call, Strike.TOOL_QUEUE_FULL)) {
            for (int other = 1; other <= CROWD; other++) {
                SessionId stranger = new SessionId("stranger-" + call.number + "-" + other);
                String arguments = "{\"caller\":" + -other + "}";
                pool.invoke(
                        new Invocation.ModelCall(stranger, "call_" + other, question.tool(), arguments), ignored -> {});
            }
        }
        if (call.modelCalls > 1) {
            strikes(call, Strike.MODEL_CALLS_IT_AGAIN_LATER);
        }
    }

    Call callOf(String key) {
        String digits = key.substring("call-".length(), key.indexOf(':'));
        return call(Integer.parseInt(digits));
    }

    void hangsUp(Call call) {
        if (strikes(call, call.strike)) {
            call.line().hangUp(millis(call, 50, 1_200));
        }
    }

    void losesLine(Call call) {
        if (call.model.isPresent() && strikes(call, call.strike)) {
            call.model.get().breakDown(call.random.nextBoolean() ? Breakdown.TORN : Breakdown.DEAD);
        }
    }

    /** As a bug in the pool would: a command that it cannot take. */
    @SuppressWarnings("NullAway") // a caller written without null checks
    void breaksPool(Call call) {
        if (pool != null && strikes(call, call.strike)) {
            BrokenPool.breaks(pool);
        }
    }

    /** The session of the call dies now, in half of the cases with the process and what its threads do. */
    void killed(Call call) {
        strikes(call, call.strike);
        call.life++;
        if (call.random.nextBoolean()) {
            call.atWork.forEach(Stepped::dies);
        }
        resumes.accept(call.number);
    }

    static Duration millis(Call call, int least, int most) {
        return Duration.ofMillis(call.random.nextInt(least, most));
    }

    SteppedThreads steps() {
        return Optional.ofNullable(threads).orElseThrow();
    }

    CallClock clock() {
        return Optional.ofNullable(clock).orElseThrow();
    }
}
