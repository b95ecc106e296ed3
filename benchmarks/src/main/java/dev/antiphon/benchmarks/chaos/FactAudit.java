package dev.antiphon.benchmarks.chaos;

import dev.antiphon.samples.clinic.ReferenceCode;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.tier.Struggle;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps what the calls told: how they ended, which references they named. Not thread-safe. */
final class FactAudit implements SessionObserver {
    private static final Pattern REFERENCE = Pattern.compile("[Yy]our reference is ([A-Z0-9, -]+)");

    private final Set<SessionId> begun = new HashSet<>();
    private final Map<SessionId, String> ended = new HashMap<>();
    private final Map<SessionId, Integer> effects = new HashMap<>();
    private final Map<SessionId, String> told = new HashMap<>();
    private final Set<SessionId> toBePutRight = new HashSet<>();
    private final Map<String, Integer> problems = new TreeMap<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private Duration talked = Duration.ZERO;
    private int endedTwice;
    private int leftStanding;

    @Override
    public void on(SessionEvent event) {
        begun.add(event.session());
        switch (event) {
            case SessionEvent.AgentSaid said -> onSaid(said);
            case SessionEvent.ToolSettled settled -> {
                if (settled.effect() && settled.outcome().equals("ok")) {
                    effects.merge(settled.session(), 1, Integer::sum);
                }
            }
            case SessionEvent.Struggled struggled -> onStruggle(struggled);
            case SessionEvent.ServiceProblem problem -> problems.merge(problem.code(), 1, Integer::sum);
            case SessionEvent.SessionEnded end -> onEnded(end);
            case SessionEvent ignored -> {}
        }
    }

    /** What the agent takes back has not been told. */
    private void onSaid(SessionEvent.AgentSaid said) {
        toBePutRight.remove(said.session());
        if (said.text().contains("to be clear:")) {
            told.remove(said.session());
        }
        Matcher matcher = REFERENCE.matcher(said.text());
        if (matcher.find()) {
            told.put(said.session(), matcher.group(1).replaceAll("[^A-Z0-9]", ""));
        }
    }

    private void onStruggle(SessionEvent.Struggled struggled) {
        if (struggled.struggle().signal() == Struggle.Signal.UNBACKED_CLAIM && told.containsKey(struggled.session())) {
            toBePutRight.add(struggled.session());
        }
    }

    /** Nobody is left to be told the truth, if the caller's own line broke before the agent's next words. */
    private void onGone(SessionId session) {
        if (toBePutRight.remove(session)) {
            told.remove(session);
            leftStanding++;
        }
    }

    private void onEnded(SessionEvent.SessionEnded end) {
        if (ended.put(end.session(), end.outcome().name()) != null) {
            endedTwice++;
        }
        talked = talked.plus(end.duration());
        if (end.outcome().reason().startsWith("the caller's connection closed")) {
            onGone(end.session());
        }
        if (end.outcome().name().equals("failed")) {
            failures.merge(end.outcome().reason(), 1, Integer::sum);
        }
    }

    /** Calls by their outcome. */
    Map<String, Integer> outcomes() {
        Map<String, Integer> outcomes = new TreeMap<>();
        ended.values().forEach(outcome -> outcomes.merge(outcome, 1, Integer::sum));
        return outcomes;
    }

    /** Failed calls by their reason. */
    Map<String, Integer> failures() {
        return Map.copyOf(failures);
    }

    /** Calls that began and did not end, or ended more than once. */
    int untyped() {
        return begun.size() - ended.size() + endedTwice;
    }

    /** Calls whose booking succeeded more than once. */
    long repeatedEffects() {
        return effects.values().stream().filter(times -> times > 1).count();
    }

    /** References that were told whole and that {@code kept} does not hold. */
    long lost(Set<ReferenceCode> kept) {
        Set<String> codes = new HashSet<>();
        kept.forEach(code -> codes.add(code.value()));
        return told.values().stream()
                .filter(code -> code.length() == 6)
                .filter(code -> !codes.contains(code))
                .count();
    }

    /** How many calls named a reference. */
    int told() {
        return told.size();
    }

    /** False claims of the model that were seen, but the caller's own line broke before a word could put them right. */
    int leftStanding() {
        return leftStanding;
    }

    /** What went wrong in calls, by code. */
    Map<String, Integer> problems() {
        return Map.copyOf(problems);
    }

    /** The length of all calls together. */
    Duration talked() {
        return talked;
    }
}
