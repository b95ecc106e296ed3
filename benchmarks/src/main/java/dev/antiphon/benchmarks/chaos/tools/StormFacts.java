package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.benchmarks.chaos.tools.Violations.Rule;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps how sessions and tools ended. Not thread-safe. */
final class StormFacts implements SessionObserver {
    private final Set<SessionId> begun = new HashSet<>();
    private final Map<SessionId, String> ended = new HashMap<>();
    private final Set<String> settled = new HashSet<>();
    private final Map<String, Integer> settlements = new TreeMap<>();
    private final Map<String, Integer> problems = new TreeMap<>();
    private final Violations violations;
    private Duration talked = Duration.ZERO;

    StormFacts(Violations violations) {
        this.violations = violations;
    }

    @Override
    public void on(SessionEvent event) {
        begun.add(event.session());
        switch (event) {
            case SessionEvent.ToolSettled settlement -> onSettled(settlement);
            case SessionEvent.ServiceProblem problem -> problems.merge(problem.code(), 1, Integer::sum);
            case SessionEvent.SessionEnded end -> {
                talked = talked.plus(end.duration());
                if (ended.put(end.session(), end.outcome().name()) != null) {
                    violations.found(Rule.OUTCOME, end.session() + " ended twice");
                }
            }
            case SessionEvent ignored -> {}
        }
    }

    private void onSettled(SessionEvent.ToolSettled settlement) {
        if (!settled.add(settlement.session() + " " + settlement.callId())) {
            violations.found(Rule.SETTLED_TWICE, settlement.session() + " " + settlement.tool());
        }
        boolean ofPool = settlement.effect() || isQuestion(settlement.tool());
        if (ofPool) {
            String kind = settlement.effect() ? "effect" : "tool";
            settlements.merge(kind + " " + settlement.outcome(), 1, Integer::sum);
        }
    }

    private static boolean isQuestion(String tool) {
        for (Question question : Question.values()) {
            if (question.tool().equals(tool)) {
                return true;
            }
        }
        return false;
    }

    /** When all is over. */
    void judge() {
        begun.stream()
                .filter(session -> !ended.containsKey(session))
                .forEach(session -> violations.found(Rule.OUTCOME, session + " never ended"));
    }

    Map<String, Integer> outcomes() {
        Map<String, Integer> outcomes = new TreeMap<>();
        ended.values().forEach(outcome -> outcomes.merge(outcome, 1, Integer::sum));
        return outcomes;
    }

    Map<String, Integer> settlements() {
        return settlements;
    }

    Map<String, Integer> problems() {
        return problems;
    }

    Duration talked() {
        return talked;
    }
}
