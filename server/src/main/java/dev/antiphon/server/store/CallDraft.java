package dev.antiphon.server.store;

import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.TurnTimeline;
import dev.antiphon.session.TurnTimeline.Part;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.Struggle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One call while it runs, as far as it will be stored: names, counts and times. Confined to one call. */
final class CallDraft {
    /** Of each kind; what comes then is counted in {@code rows_left_out}. */
    static final int MOST_ROWS = 2_000;

    private record Spent(int responses, Money cost, Usage usage) {
        Spent plus(Money more, Usage used) {
            return new Spent(responses + 1, cost.plus(more), usage.plus(used));
        }
    }

    private final String id;
    private final @Nullable String unit;
    private final boolean simulated;
    private String flow = "";
    private String version = "";
    private String model = "";
    private String startTier = "";
    private Optional<Instant> startedAt = Optional.empty();
    private final List<Rows.TurnRow> turns = new ArrayList<>();
    private final List<Rows.BargeInRow> bargeIns = new ArrayList<>();
    private final List<Rows.ToolRow> tools = new ArrayList<>();
    private final List<Rows.StepRow> steps = new ArrayList<>();
    private final List<Rows.TierDecisionRow> decisions = new ArrayList<>();
    private final Map<String, Spent> tiers = new LinkedHashMap<>();
    private final Set<String> reached = new HashSet<>();
    private final SlotDraft slots = new SlotDraft(MOST_ROWS);
    private final Map<Struggle.Signal, Integer> struggles = new EnumMap<>(Struggle.Signal.class);
    private Optional<String> lastStep = Optional.empty();
    private Optional<String> handoverTarget = Optional.empty();
    private Optional<String> handoverResult = Optional.empty();
    private Optional<Duration> firstHeard = Optional.empty();
    private boolean escalated;
    private boolean toolFailed;
    private int utterances;
    private int interrupted;
    private int overlooked;
    private int troubles;
    private int leftOut;

    CallDraft(String id, @Nullable String unit, boolean simulated) {
        this.id = id;
        this.simulated = simulated;
        this.unit = unit;
    }

    Rows.Began began(SessionEvent.SessionStarted started) {
        flow = StoredText.name(started.flow());
        version = StoredText.name(started.version());
        model = StoredText.name(started.model());
        startTier = StoredText.name(started.tier());
        startedAt = Optional.of(started.at());
        return new Rows.Began(row(startTier, started.at(), Optional.empty()));
    }

    void answered(SessionEvent.TurnAnswered answered) {
        TurnTimeline timeline = answered.timeline();
        add(
                turns,
                new Rows.TurnRow(
                        id,
                        turns.size() + 1,
                        StoredText.name(answered.tier()),
                        timeline.tool(),
                        StoredText.time(answered.at()),
                        StoredText.millis(timeline.total()),
                        part(timeline, Part.ENDPOINTING),
                        part(timeline, Part.MODEL),
                        part(timeline, Part.TOOL),
                        part(timeline, Part.MODEL2),
                        part(timeline, Part.DELIVERY),
                        false));
    }

    private static @Nullable Double part(TurnTimeline timeline, Part part) {
        Duration took = timeline.parts().get(part);
        return took == null ? null : StoredText.millis(took);
    }

    void heard(SessionEvent.FirstHeard heard) {
        firstHeard = Optional.of(heard.after());
    }

    void said(SessionEvent.AgentSaid said) {
        utterances++;
        interrupted += said.cutOff() ? 1 : 0;
    }

    void bargedIn(SessionEvent.BargedIn bargedIn) {
        add(
                bargeIns,
                new Rows.BargeInRow(
                        id,
                        bargeIns.size() + 1,
                        turns.size(),
                        StoredText.millis(bargedIn.heard()),
                        StoredText.millis(bargedIn.stopTime())));
        if (!turns.isEmpty()) {
            Rows.TurnRow last = turns.removeLast();
            turns.add(new Rows.TurnRow(
                    last.callId(),
                    last.number(),
                    last.tier(),
                    last.tool(),
                    last.answeredAt(),
                    last.totalMs(),
                    last.endpointingMs(),
                    last.modelMs(),
                    last.toolMs(),
                    last.model2Ms(),
                    last.deliveryMs(),
                    true));
        }
    }

    void overlooked() {
        overlooked++;
    }

    void billed(SessionEvent.ResponseBilled billed) {
        String tier = StoredText.name(billed.tier());
        tiers.put(
                tier,
                tiers.getOrDefault(tier, new Spent(0, Money.ZERO, Usage.NONE)).plus(billed.cost(), billed.usage()));
    }

    void toolStarted(SessionEvent.ToolStarted started) {
        if (started.effect()) {
            slots.effect(started.tool());
        }
    }

    /** A name that nobody declared is the model's words. */
    void toolSettled(SessionEvent.ToolSettled settled) {
        boolean invented = settled.outcome().equals("unknown_tool");
        toolFailed = settled.outcome().equals("failed") || settled.outcome().equals("timed_out");
        add(
                tools,
                new Rows.ToolRow(
                        id,
                        tools.size() + 1,
                        invented ? "other" : StoredText.name(settled.tool()),
                        settled.effect(),
                        StoredText.cut(settled.outcome(), 40),
                        StoredText.millis(settled.took())));
    }

    void moved(SessionEvent.DialogMoved moved) {
        String step = StoredText.name(moved.view().step());
        lastStep = Optional.of(step);
        slots.moved(moved.view());
        if (reached.add(step)) {
            long after =
                    Duration.between(startedAt.orElse(moved.at()), moved.at()).toMillis();
            add(steps, new Rows.StepRow(id, flow, steps.size() + 1, step, after));
        }
    }

    void struggled(Struggle struggle) {
        struggles.merge(struggle.signal(), 1, Integer::sum);
        slots.struggled(struggle);
    }

    void decided(SessionEvent.TierDecided decided) {
        String signals = decided.decision().signals().stream()
                .map(each -> each.signal().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
        add(
                decisions,
                new Rows.TierDecisionRow(
                        id,
                        decisions.size() + 1,
                        StoredText.time(decided.at()),
                        StoredText.name(decided.decision().from()),
                        decided.decision().to().map(StoredText::name).orElse(null),
                        decided.decision().evidence(),
                        StoredText.cut(signals, 1_000),
                        StoredText.cut(decided.decision().reason(), 1_000),
                        decided.decision().rung().map(Rung::words).orElse(null),
                        decided.decision().costEstimate().map(Money::micros).orElse(null)));
    }

    void changed(SessionEvent.TierChanged changed) {
        escalated |= !changed.from().equals(changed.to());
    }

    void troubled() {
        troubles++;
    }

    void handoverAsked(SessionEvent.HandoverAsked asked) {
        handoverTarget = Optional.of(StoredText.name(asked.target()));
        handoverResult = Optional.empty();
    }

    void handoverSettled(SessionEvent.HandoverSettled settled) {
        handoverResult = Optional.of(settled.result().name());
    }

    Rows.Ended ended(SessionEvent.SessionEnded ended) {
        if (flow.isEmpty()) {
            flow = StoredText.name(ended.flow());
        }
        String endTier = StoredText.name(ended.tier());
        if (startTier.isEmpty()) {
            startTier = endTier;
        }
        Instant began = startedAt.orElseGet(() -> ended.at().minus(ended.duration()));
        List<Rows.TierUseRow> used = new ArrayList<>();
        tiers.forEach((tier, spent) -> used.add(
                Rows.TierUseRow.of(id, tier, spent.responses(), spent.cost().micros(), spent.usage())));
        return new Rows.Ended(
                row(endTier, began, Optional.of(ended)),
                turns,
                bargeIns,
                slots.rows(id, flow),
                steps,
                tools,
                used,
                decisions);
    }

    private Rows.CallRow row(String endTier, Instant began, Optional<SessionEvent.SessionEnded> end) {
        Usage usage = end.map(SessionEvent.SessionEnded::usage).orElse(Usage.NONE);
        return new Rows.CallRow(
                id,
                unit,
                flow,
                version,
                model,
                simulated,
                startTier,
                endTier,
                StoredText.time(began),
                end.map(e -> StoredText.time(e.at())).orElse(null),
                end.map(e -> e.duration().toMillis()).orElse(null),
                end.map(e -> e.outcome().name()).orElse(null),
                end.map(e -> OutcomeKind.of(e.outcome(), signs()).word()).orElse(null),
                lastStep.orElse(null),
                handoverTarget.orElse(null),
                handoverResult.orElse(null),
                end.map(SessionEvent.SessionEnded::turns).orElse(0),
                escalated,
                end.map(e -> e.cost().total().micros()).orElse(0L),
                end.map(e -> e.cost().transcription().micros()).orElse(0L),
                end.map(e -> e.cost().unknown()).orElse(0),
                usage.inputTextTokens(),
                usage.inputAudioTokens(),
                usage.inputImageTokens(),
                usage.cachedTextTokens(),
                usage.cachedAudioTokens(),
                usage.cachedImageTokens(),
                usage.outputTextTokens(),
                usage.outputAudioTokens(),
                utterances,
                interrupted,
                overlooked,
                count(Struggle.Signal.NO_MATCH),
                count(Struggle.Signal.NO_INPUT),
                count(Struggle.Signal.REPEATED_PROMPT),
                count(Struggle.Signal.CORRECTION),
                count(Struggle.Signal.STALLED),
                count(Struggle.Signal.TOOL_ERROR),
                count(Struggle.Signal.UNBACKED_CLAIM),
                troubles,
                leftOut,
                firstHeard.map(StoredText::millis).orElse(null));
    }

    private OutcomeKind.Signs signs() {
        boolean refused = handoverTarget.isPresent()
                && handoverResult.filter("accepted"::equals).isEmpty();
        return new OutcomeKind.Signs(
                count(Struggle.Signal.WANTS_PERSON) > 0, toolFailed, slots.notUnderstood(), refused, troubles > 0);
    }

    private int count(Struggle.Signal signal) {
        return struggles.getOrDefault(signal, 0);
    }

    private <T> void add(List<T> rows, T row) {
        if (rows.size() < MOST_ROWS) {
            rows.add(row);
        } else {
            leftOut++;
        }
    }
}
