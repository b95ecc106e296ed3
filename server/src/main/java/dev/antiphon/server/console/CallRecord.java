package dev.antiphon.server.console;

import dev.antiphon.aftercall.EndedCallJson;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is remembered of one call: its latest {@value #MAX_FACTS} facts and a summary of all of them. Thread-safe; nothing
 * here waits for a reader.
 */
public final class CallRecord {
    static final int MAX_FACTS = 4_000;
    private static final int MAX_LISTED = 500;

    /** Somebody who wants every fact. Called in order, one at a time; must not block. */
    public interface Follower {
        /**
         * One fact; {@code number} counts from 1.
         *
         * @return false when it wants no more
         */
        boolean fact(long number, SessionEvent event);

        /** The call has ended and every fact was told. */
        void ended();
    }

    private record Fact(long number, SessionEvent event) {}

    private final SessionId id;
    private final Instant announcedAt;
    private final Deque<Fact> facts = new ArrayDeque<>();
    private final List<Follower> followers = new ArrayList<>();
    private ShownWords shown = ShownWords.NONE;
    private long count;

    private Optional<Instant> startedAt = Optional.empty();
    private String flow = "";
    private String flowVersion = "";
    private String tier = "";
    private String model = "";
    private int turns;
    private CallCost cost = CallCost.NONE;
    private Usage usage = Usage.NONE;
    private Duration duration = Duration.ZERO;
    private Optional<Outcome> outcome = Optional.empty();
    private Optional<ObjectNode> dialog = Optional.empty();
    private final List<ObjectNode> timelines = new ArrayList<>();
    private final List<ObjectNode> tools = new ArrayList<>();
    private final List<ObjectNode> tierChanges = new ArrayList<>();

    CallRecord(SessionId id, Instant announcedAt) {
        this.id = id;
        this.announcedAt = announcedAt;
    }

    SessionId id() {
        return id;
    }

    synchronized boolean isOver() {
        return outcome.isPresent();
    }

    synchronized void shows(ShownWords words) {
        shown = words;
    }

    synchronized void add(SessionEvent told) {
        SessionEvent event = shown.of(told);
        Fact fact = new Fact(++count, event);
        facts.add(fact);
        if (facts.size() > MAX_FACTS) {
            facts.remove();
        }
        summarise(event);
        followers.removeIf(f -> !f.fact(fact.number(), event));
        if (outcome.isPresent()) {
            followers.forEach(Follower::ended);
            followers.clear();
        }
    }

    /** Tells every fact after number {@code after}, then the ones to come, then the end. */
    public synchronized void follow(long after, Follower follower) {
        for (Fact fact : facts) {
            if (fact.number() > after && !follower.fact(fact.number(), fact.event())) {
                return;
            }
        }
        if (outcome.isPresent()) {
            follower.ended();
        } else {
            followers.add(follower);
        }
    }

    /** The summary as JSON, with the turns' latency parts, the tools and the tier changes when {@code whole}. */
    public synchronized ObjectNode toJson(boolean whole) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("session", id.value());
        node.put("state", outcome.isPresent() ? "ended" : startedAt.isPresent() ? "live" : "connecting");
        node.put("started_at", startedAt.orElse(announcedAt).toString());
        node.put("flow", flow)
                .put("flow_version", flowVersion)
                .put("tier", tier)
                .put("model", model)
                .put("turns", turns);
        SessionEventJson.putCost(node, cost);
        outcome.ifPresent(o -> {
            node.set("outcome", EndedCallJson.outcome(o));
            node.put("duration_ms", duration.toMillis());
        });
        if (whole) {
            node.set("usage", SessionEventJson.usage(usage));
            dialog.ifPresent(d -> node.set("dialog", d));
            node.set("timelines", list(timelines));
            node.set("tools", list(tools));
            node.set("tier_changes", list(tierChanges));
        }
        return node;
    }

    private void summarise(SessionEvent event) {
        switch (event) {
            case SessionEvent.SessionStarted e -> {
                startedAt = Optional.of(e.at());
                flow = e.flow();
                flowVersion = e.version();
                tier = e.tier();
                model = e.model();
            }
            case SessionEvent.CallerTurnTaken ignored -> turns++;
            case SessionEvent.TurnAnswered e ->
                keep(
                        timelines,
                        SessionEventJson.timeline(e.timeline())
                                .put("at", e.at().toString())
                                .put("tier", e.tier()));
            case SessionEvent.ResponseBilled e -> {
                cost = cost.plusModel(e.tier(), e.cost());
                usage = usage.plus(e.usage());
            }
            case SessionEvent.TranscriptionBilled e -> cost = cost.plusTranscription(e.cost());
            case SessionEvent.UsageUnknown ignored -> cost = cost.plusUnknown();
            case SessionEvent.ToolSettled e -> keep(tools, SessionEventJson.of(e));
            case SessionEvent.DialogMoved e -> dialog = Optional.of(SessionEventJson.view(e.view()));
            case SessionEvent.TierDecided e -> {
                if (!e.decision().isStay()) {
                    keep(tierChanges, SessionEventJson.decision(e.decision()));
                }
            }
            case SessionEvent.TierChanged e -> {
                tier = e.to();
                model = e.model();
            }
            case SessionEvent.SessionEnded e -> {
                outcome = Optional.of(e.outcome());
                flow = e.flow();
                tier = e.tier();
                turns = e.turns();
                duration = e.duration();
                usage = e.usage();
                cost = e.cost();
            }
            case SessionEvent.CallerTranscribed ignored -> {}
            case SessionEvent.AgentSaid ignored -> {}
            case SessionEvent.BargedIn ignored -> {}
            case SessionEvent.FirstHeard ignored -> {}
            case SessionEvent.SpeechOverlooked ignored -> {}
            case SessionEvent.McpToolCalled ignored -> {}
            case SessionEvent.McpApprovalAnswered ignored -> {}
            case SessionEvent.ToolStarted ignored -> {}
            case SessionEvent.Struggled ignored -> {}
            case SessionEvent.ConnectionRenewed ignored -> {}
            case SessionEvent.EndpointChanged ignored -> {}
            case SessionEvent.RateLimitsReported ignored -> {}
            case SessionEvent.ConnectionTroubled ignored -> {}
            case SessionEvent.ServiceProblem ignored -> {}
            case SessionEvent.ExperimentEntered ignored -> {}
            case SessionEvent.HandoverAsked ignored -> {}
            case SessionEvent.HandoverSettled ignored -> {}
        }
    }

    private static void keep(List<ObjectNode> list, ObjectNode node) {
        list.add(node);
        if (list.size() > MAX_LISTED) {
            list.remove(0);
        }
    }

    private static ArrayNode list(List<ObjectNode> nodes) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        nodes.forEach(n -> array.add(n.deepCopy()));
        return array;
    }
}
