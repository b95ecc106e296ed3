package dev.antiphon.server.experiment;

import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentStore;
import dev.antiphon.experiment.Exposure;
import dev.antiphon.experiment.UnitTotals;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps experiments in this process: a restart forgets states, audit log and figures. Hears of calls as their observer. Thread-safe;
 * never blocks for long. Holds at most {@value #MOST_CALLS} calls under way and {@value #MOST_UNITS} units; those beyond are not
 * counted.
 */
public final class MemoryExperimentStore implements ExperimentStore, SessionObserver {
    static final int MOST_CALLS = 100_000;
    static final int MOST_UNITS = 1_000_000;

    private final Map<String, ExperimentState> states = new HashMap<>();
    private final Map<SessionId, Call> calls = new HashMap<>();
    private final Map<Exposure, Figures> units = new LinkedHashMap<>();

    /** A call under way, and what it has shown. */
    private static final class Call {
        private final List<Exposure> entered = new ArrayList<>();
        private final List<Duration> answers = new ArrayList<>();
        private long utterances;
        private long interrupted;
    }

    /** The finished calls of one unit in one arm. */
    private static final class Figures {
        private final List<Duration> answers = new ArrayList<>();
        private long finished;
        private long completed;
        private long handedOver;
        private long abandoned;
        private long costMicros;
        private long utterances;
        private long interrupted;

        void add(Call call, SessionEvent.SessionEnded ended) {
            finished++;
            completed += ended.outcome() instanceof Outcome.Completed ? 1 : 0;
            handedOver += ended.outcome() instanceof Outcome.HandedOver ? 1 : 0;
            abandoned += ended.outcome() instanceof Outcome.Abandoned ? 1 : 0;
            costMicros += ended.cost().total().micros();
            answers.addAll(call.answers);
            utterances += call.utterances;
            interrupted += Math.min(call.interrupted, call.utterances);
        }

        UnitTotals totals(Exposure exposure, Duration slow) {
            return new UnitTotals(
                    exposure.variant(),
                    exposure.unit(),
                    finished,
                    completed,
                    handedOver,
                    abandoned,
                    costMicros,
                    answers.size(),
                    answers.stream().filter(took -> took.compareTo(slow) > 0).count(),
                    utterances,
                    interrupted);
        }
    }

    @Override
    public synchronized Map<String, ExperimentState> states() {
        return Map.copyOf(states);
    }

    @Override
    public synchronized boolean replace(String experiment, ExperimentState before, ExperimentState after) {
        if (states.getOrDefault(experiment, ExperimentState.DRAFT).version() != before.version()) {
            return false;
        }
        states.put(experiment, after);
        return true;
    }

    @Override
    public List<UnitTotals> totals(String experiment, Duration slow) {
        return totals(slow, exposure -> exposure.experiment().equals(experiment));
    }

    @Override
    public boolean hasPhases() {
        return true;
    }

    @Override
    public List<UnitTotals> totals(String experiment, int phase, Duration slow) {
        return totals(slow, exposure -> exposure.experiment().equals(experiment) && exposure.phase() == phase);
    }

    @Override
    public synchronized Map<String, Integer> assignedBefore(String experiment, int phase) {
        Map<String, Integer> assigned = new HashMap<>();
        Stream.concat(units.keySet().stream(), calls.values().stream().flatMap(call -> call.entered.stream()))
                .filter(each -> each.experiment().equals(experiment) && each.phase() < phase)
                .forEach(each -> assigned.merge(each.unit(), each.phase(), Math::min));
        return assigned;
    }

    private synchronized List<UnitTotals> totals(Duration slow, Predicate<Exposure> wanted) {
        return units.entrySet().stream()
                .filter(each -> wanted.test(each.getKey()))
                .map(each -> each.getValue().totals(each.getKey(), slow))
                .toList();
    }

    @Override
    public boolean isLasting() {
        return false;
    }

    @Override
    public void on(SessionEvent event) {
        switch (event) {
            case SessionEvent.ExperimentEntered entered -> onEntered(entered);
            case SessionEvent.TurnAnswered answered -> onAnswered(answered);
            case SessionEvent.AgentSaid said -> onSaid(said);
            case SessionEvent.BargedIn barged -> onBargedIn(barged);
            case SessionEvent.SessionEnded ended -> onEnded(ended);
            case SessionEvent.FirstHeard other -> {}
            case SessionEvent.SessionStarted other -> {}
            case SessionEvent.TierChanged other -> {}
            case SessionEvent.CallerTurnTaken other -> {}
            case SessionEvent.CallerTranscribed other -> {}
            case SessionEvent.SpeechOverlooked other -> {}
            case SessionEvent.McpToolCalled other -> {}
            case SessionEvent.McpApprovalAnswered other -> {}
            case SessionEvent.ResponseBilled other -> {}
            case SessionEvent.TranscriptionBilled other -> {}
            case SessionEvent.UsageUnknown other -> {}
            case SessionEvent.ToolStarted other -> {}
            case SessionEvent.ToolSettled other -> {}
            case SessionEvent.DialogMoved other -> {}
            case SessionEvent.Struggled other -> {}
            case SessionEvent.TierDecided other -> {}
            case SessionEvent.ConnectionRenewed other -> {}
            case SessionEvent.EndpointChanged other -> {}
            case SessionEvent.RateLimitsReported other -> {}
            case SessionEvent.ConnectionTroubled other -> {}
            case SessionEvent.ServiceProblem other -> {}
            case SessionEvent.HandoverAsked other -> {}
            case SessionEvent.HandoverSettled other -> {}
        }
    }

    private synchronized void onEntered(SessionEvent.ExperimentEntered fact) {
        if (calls.size() < MOST_CALLS || calls.containsKey(fact.session())) {
            calls.computeIfAbsent(fact.session(), id -> new Call())
                    .entered
                    .add(new Exposure(fact.experiment(), fact.variant(), fact.unit(), fact.phase()));
        }
    }

    private synchronized void onAnswered(SessionEvent.TurnAnswered fact) {
        of(fact).ifPresent(call -> call.answers.add(fact.timeline().total()));
    }

    private synchronized void onSaid(SessionEvent.AgentSaid fact) {
        of(fact).ifPresent(call -> call.utterances++);
    }

    private synchronized void onBargedIn(SessionEvent.BargedIn fact) {
        of(fact).ifPresent(call -> call.interrupted++);
    }

    private Optional<Call> of(SessionEvent fact) {
        return Optional.ofNullable(calls.get(fact.session()));
    }

    private synchronized void onEnded(SessionEvent.SessionEnded ended) {
        Optional.ofNullable(calls.remove(ended.session()))
                .ifPresent(call -> call.entered.forEach(exposure -> {
                    if (units.size() < MOST_UNITS || units.containsKey(exposure)) {
                        units.computeIfAbsent(exposure, unit -> new Figures()).add(call, ended);
                    }
                }));
    }
}
