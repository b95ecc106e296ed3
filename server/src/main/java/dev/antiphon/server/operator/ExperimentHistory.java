package dev.antiphon.server.operator;

import dev.antiphon.experiment.ArmTotals;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the goals of one experiment went since its start, or since its weights were changed, at {@value #POINTS} times. Immutable.
 *
 * @param looks of each goal, in the order of time
 */
record ExperimentHistory(Map<Key, List<ExperimentsView.Look>> looks) {
    static final int POINTS = 60;

    /** Which goal. */
    record Key(String metric, String variant) {
        static Key of(ExperimentsView.Goal goal) {
            return new Key(goal.metric(), goal.variant());
        }
    }

    ExperimentHistory {
        looks = Map.copyOf(looks);
    }

    /** Times from the start of its phase to now, or to its end; none of a draft. */
    static List<Instant> times(ExperimentState state, Instant now) {
        if (state.audit().isEmpty()) {
            return List.of();
        }
        Instant begin = state.phases().isEmpty()
                ? state.audit().getFirst().at()
                : state.phases().getLast().since();
        Instant last = state.audit().getLast().at();
        Instant end = state.status() == Status.STOPPED && last.isBefore(now) ? last : now;
        Duration whole = Duration.between(begin, end);
        if (!whole.isPositive()) {
            return List.of();
        }
        List<Instant> times = new ArrayList<>();
        for (int i = 1; i <= POINTS; i++) {
            times.add(begin.plus(whole.multipliedBy(i).dividedBy(POINTS)));
        }
        return times;
    }

    /**
     * As reports of these arms would have shown it.
     *
     * @param totals what was known at each of the times
     */
    static ExperimentHistory of(
            Experiment experiment, ExperimentState state, List<Instant> times, List<Map<String, ArmTotals>> totals) {
        Map<Key, List<ExperimentsView.Look>> looks = new HashMap<>();
        for (int i = 0; i < totals.size(); i++) {
            Instant at = times.get(i);
            for (ExperimentsView.Goal goal :
                    ExperimentShown.goals(ExperimentReport.of(experiment, asOf(state, at), totals.get(i)))) {
                looks.computeIfAbsent(Key.of(goal), first -> new ArrayList<>())
                        .add(new ExperimentsView.Look(at, goal.difference(), goal.low(), goal.high()));
            }
        }
        looks.replaceAll((goal, list) -> List.copyOf(list));
        return new ExperimentHistory(looks);
    }

    /** Before its planned look was taken, it was watched. */
    private static ExperimentState asOf(ExperimentState state, Instant at) {
        return new ExperimentState(
                state.status(),
                state.stagePercent(),
                state.design(),
                state.look().filter(look -> !look.at().isAfter(at)),
                state.phases(),
                state.audit());
    }

    /** Of one goal; empty when nothing could be compared. */
    List<ExperimentsView.Look> of(ExperimentsView.Goal goal) {
        return looks.getOrDefault(Key.of(goal), List.of());
    }
}
