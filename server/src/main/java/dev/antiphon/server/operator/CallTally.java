package dev.antiphon.server.operator;

import dev.antiphon.realtime.Usage;
import dev.antiphon.server.store.EngineSteps;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.tier.Struggle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds the facts of one call up; of each list at most {@value #MAX_LISTED} entries are kept, the first ones. Thread-safe.
 */
final class CallTally {
    static final int MAX_LISTED = 500;

    private final String id;
    private final Optional<String> caller;
    private Instant startedAt;
    private String flow = "";
    private String version = "";
    private String startTier = "";
    private String tier = "";
    private Optional<CallFigures.End> end = Optional.empty();
    private final List<CallFigures.Turn> turns = new ArrayList<>();
    private int callerTurns;
    private final Set<String> steps = new LinkedHashSet<>();
    private String step = "";
    private final Map<String, CallFigures.Slot> troubled = new HashMap<>();
    private final Set<String> everFilled = new HashSet<>();
    private Set<String> filled = Set.of();
    private final List<CallFigures.ToolCall> tools = new ArrayList<>();
    private Optional<Duration> firstHeard = Optional.empty();
    private final List<Duration> stops = new ArrayList<>();
    private CallCost cost = CallCost.NONE;
    private Usage usage = Usage.NONE;
    private final List<Instant> troubles = new ArrayList<>();
    private Optional<String> handoverReason = Optional.empty();

    CallTally(String id, Instant seenAt, Optional<String> caller) {
        this.id = id;
        this.startedAt = seenAt;
        this.caller = caller;
    }

    synchronized void on(SessionEvent event) {
        switch (event) {
            case SessionEvent.SessionStarted e -> onStarted(e);
            case SessionEvent.CallerTurnTaken ignored -> callerTurns++;
            case SessionEvent.TurnAnswered e -> keep(turns, new CallFigures.Turn(e.at(), e.tier(), e.timeline()));
            case SessionEvent.FirstHeard e -> firstHeard = Optional.of(e.after());
            case SessionEvent.BargedIn e -> keep(stops, e.stopTime());
            case SessionEvent.ResponseBilled e -> {
                cost = cost.plusModel(e.tier(), e.cost());
                usage = usage.plus(e.usage());
            }
            case SessionEvent.TranscriptionBilled e -> cost = cost.plusTranscription(e.cost());
            case SessionEvent.UsageUnknown ignored -> cost = cost.plusUnknown();
            case SessionEvent.ToolSettled e ->
                keep(tools, new CallFigures.ToolCall(e.at(), e.outcome().equals("ok")));
            case SessionEvent.DialogMoved e -> onMoved(e.view());
            case SessionEvent.Struggled e -> onStruggled(e.struggle());
            case SessionEvent.TierChanged e -> tier = e.to();
            case SessionEvent.ConnectionTroubled e -> keep(troubles, e.at());
            case SessionEvent.ServiceProblem ignored -> {}
            case SessionEvent.HandoverAsked e -> handoverReason = Optional.of(e.reason());
            case SessionEvent.SessionEnded e -> onEnded(e);
            case SessionEvent.CallerTranscribed ignored -> {}
            case SessionEvent.AgentSaid ignored -> {}
            case SessionEvent.SpeechOverlooked ignored -> {}
            case SessionEvent.McpToolCalled ignored -> {}
            case SessionEvent.McpApprovalAnswered ignored -> {}
            case SessionEvent.ToolStarted ignored -> {}
            case SessionEvent.TierDecided ignored -> {}
            case SessionEvent.RateLimitsReported ignored -> {}
            case SessionEvent.EndpointChanged ignored -> {}
            case SessionEvent.ConnectionRenewed ignored -> {}
            case SessionEvent.ExperimentEntered ignored -> {}
            case SessionEvent.HandoverSettled ignored -> {}
        }
    }

    private void onStarted(SessionEvent.SessionStarted started) {
        startedAt = started.at();
        flow = started.flow();
        version = started.version();
        startTier = started.tier();
        tier = started.tier();
    }

    private void onMoved(Conversation.View view) {
        step = view.step();
        if (steps.size() < MAX_LISTED) {
            steps.add(step);
        }
        filled = Set.copyOf(view.slots().keySet());
        if (everFilled.size() < MAX_LISTED) {
            everFilled.addAll(filled);
        }
    }

    /** The detail may be the caller's words: it counts only where it names a slot, which the dialog has a value for or once stood at. */
    private void onStruggled(Struggle struggle) {
        String slot = struggle.detail();
        if (EngineSteps.contains(slot) || !everFilled.contains(slot) && !steps.contains(slot)) {
            return;
        }
        CallFigures.Slot before = troubled.getOrDefault(slot, CallFigures.Slot.ASKED);
        CallFigures.Slot after = switch (struggle.signal()) {
            case NO_MATCH -> new CallFigures.Slot(before.noMatch() + 1, before.repeated(), before.corrected());
            case REPEATED_PROMPT -> new CallFigures.Slot(before.noMatch(), before.repeated() + 1, before.corrected());
            case CORRECTION -> new CallFigures.Slot(before.noMatch(), before.repeated(), before.corrected() + 1);
            case NO_INPUT, STALLED, TOOL_ERROR, UNBACKED_CLAIM, WANTS_PERSON -> before;
        };
        troubled.put(slot, after);
    }

    private void onEnded(SessionEvent.SessionEnded ended) {
        end = Optional.of(new CallFigures.End(ended.at(), ended.outcome().name(), ended.duration()));
        flow = ended.flow();
        tier = ended.tier();
        callerTurns = ended.turns();
        cost = ended.cost();
        usage = ended.usage();
    }

    /** The call as it is now. */
    synchronized CallFigures figures() {
        Map<String, CallFigures.Slot> slots = new HashMap<>(troubled);
        everFilled.forEach(slot -> slots.putIfAbsent(slot, CallFigures.Slot.ASKED));
        return new CallFigures(
                id,
                startedAt,
                flow,
                version,
                startTier.isEmpty() ? tier : startTier,
                tier,
                end,
                caller,
                turns,
                callerTurns,
                new ArrayList<>(steps),
                step,
                slots,
                filled,
                tools,
                stops,
                firstHeard,
                cost,
                usage,
                troubles,
                handoverReason);
    }

    private static <T> void keep(List<T> list, T entry) {
        if (list.size() < MAX_LISTED) {
            list.add(entry);
        }
    }
}
