package dev.antiphon.flow.test;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowEvent;
import dev.antiphon.flow.FlowObserver;
import dev.antiphon.flow.FlowState;
import dev.antiphon.flow.Transition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The coverage of several flows, by name and version. Thread-safe. */
final class FlowRecording {
    /** Inherited, because a test with a time limit may run on a thread of its own. */
    private static final ThreadLocal<List<FlowRecording>> PRESENT = new InheritableThreadLocal<>() {
        @Override
        protected List<FlowRecording> initialValue() {
            return List.of();
        }
    };

    private final Map<String, FlowCoverage> coverages = new ConcurrentSkipListMap<>();

    /** The tests of this thread, and of threads that it starts, are recorded here. */
    static void into(List<FlowRecording> recordings) {
        PRESENT.set(List.copyOf(recordings));
    }

    /** The tests of this thread are recorded nowhere. */
    static void stop() {
        PRESENT.remove();
    }

    /** What records a conversation that begins now on this thread. */
    static FlowObserver observer() {
        List<FlowRecording> present = PRESENT.get();
        return present.isEmpty()
                ? FlowObserver.NONE
                : (flow, before, event, step) ->
                        present.forEach(recording -> recording.count(flow, before, event, step));
    }

    private void count(Flow<?> flow, FlowState before, FlowEvent event, Transition step) {
        coverage(flow).count(before, event, step);
    }

    /** The coverage of a flow, which is made when there is none. */
    FlowCoverage coverage(Flow<?> flow) {
        return coverages.computeIfAbsent(flow.name() + "-" + flow.version(), unseen -> FlowCoverage.of(flow));
    }

    /** What was recorded so far. */
    List<FlowCoverage> coverages() {
        return List.copyOf(coverages.values());
    }
}
