package dev.antiphon.server.operator;

import dev.antiphon.model.Money;
import dev.antiphon.server.operator.CallStory.Kind;
import dev.antiphon.server.store.StoredCall;
import dev.antiphon.session.CallCost;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A call of the store as the figures want it, and as a story: what the store has of it, without a word that was said. Pure. */
final class StoredCallFigures {
    private static final String WORDS =
            "The store keeps what happened in a call and when, but nothing that anybody said.";

    private StoredCallFigures() {}

    static CallFigures of(StoredCall call) {
        Optional<StoredCall.End> end = call.end();
        return new CallFigures(
                call.id(),
                call.startedAt(),
                call.flow(),
                call.version(),
                call.startTier(),
                call.endTier(),
                end.map(e -> new CallFigures.End(e.at(), e.outcome(), e.duration())),
                call.unit(),
                call.turns().stream()
                        .map(turn -> new CallFigures.Turn(turn.at(), turn.tier(), turn.timeline()))
                        .toList(),
                call.turnsTaken(),
                call.steps().stream().map(StoredCall.Step::step).toList(),
                call.lastStep(),
                call.slots().stream()
                        .collect(Collectors.toMap(
                                StoredCall.Slot::slot,
                                slot -> new CallFigures.Slot(
                                        slot.noMatches(),
                                        Math.max(0, slot.attempts() - slot.noMatches() - 1),
                                        slot.corrections()))),
                call.slots().stream()
                        .filter(slot -> slot.result().equals("filled"))
                        .map(StoredCall.Slot::slot)
                        .collect(Collectors.toSet()),
                call.tools().stream()
                        .map(tool -> new CallFigures.ToolCall(
                                call.startedAt(), tool.outcome().equals("ok")))
                        .toList(),
                call.stops(),
                call.firstHeard(),
                cost(call),
                call.usage(),
                Collections.nCopies(call.troubles(), call.startedAt()),
                end.filter(e -> e.outcome().equals("handed_over"))
                        .map(e -> e.detail().replace('_', ' ')));
    }

    private static CallCost cost(StoredCall call) {
        Map<String, Money> models = new TreeMap<>();
        call.costMicros().forEach((tier, micros) -> models.put(tier, money(micros)));
        return new CallCost(models, money(call.transcriptionMicros()), call.unknownUsages());
    }

    private static Money money(long micros) {
        return new Money(BigDecimal.valueOf(micros, 6));
    }

    /** From its beginning to its end, in the order of time; tools, of which no time is kept, in a line of their own. */
    static CallStory story(StoredCall call, long slowMs) {
        List<CallStory.Entry> entries = new ArrayList<>();
        Instant begin = call.startedAt();
        call.steps()
                .forEach(step -> entries.add(
                        entry(begin, begin.plus(step.after()), Kind.DIALOG, "Dialog at " + step.step(), "")));
        call.turns().forEach(turn -> {
            entries.add(new CallStory.Entry(
                    turn.at(),
                    Duration.between(begin, turn.at()).toMillis(),
                    Kind.TURN,
                    "Answered after " + turn.timeline().total().toMillis() + " ms on " + turn.tier()
                            + (turn.timeline().tool() ? ", with a tool" : ""),
                    turn.interrupted() ? "The caller cut in." : "",
                    Optional.of(LatencyFigures.parts(turn.timeline()))));
        });
        call.decisions()
                .forEach(each -> entries.add(entry(
                        begin,
                        each.at(),
                        Kind.DECISION,
                        Stories.decision(each.from(), each.to(), each.rung()),
                        why(each))));
        entries.sort(Comparator.comparing(CallStory.Entry::at));
        entries.addFirst(entry(
                begin,
                begin,
                Kind.CALL,
                "The call began on " + call.startTier(),
                call.flow() + " · " + call.model() + (call.simulated() ? " · simulated" : "")));
        Instant last = call.end().map(StoredCall.End::at).orElse(begin);
        if (!call.tools().isEmpty()) {
            entries.add(entry(begin, last, Kind.TOOL, "Tools and effects of the whole call", tools(call)));
        }
        call.end()
                .ifPresent(end -> entries.add(entry(
                        begin,
                        end.at(),
                        Kind.CALL,
                        "Ended: " + end.outcome().replace('_', ' ') + " after "
                                + end.duration().toSeconds() + " s",
                        end.detail().replace('_', ' '))));
        return new CallStory(of(call).line(last, slowMs), call.model(), WORDS, entries);
    }

    private static String why(StoredCall.Decision decision) {
        String signals = decision.signals().replace('_', ' ').replace(",", ", ");
        String evidence = String.format(Locale.ROOT, "evidence %.2f", decision.evidence());
        String estimate = decision.estimateMicros().isEmpty()
                ? ""
                : Stories.estimate(
                        decision.to().or(decision::rung).isEmpty(),
                        money(decision.estimateMicros().getAsLong()));
        return Stories.words(
                decision.reason(), signals.isEmpty() ? evidence : evidence + " (" + signals + ")", estimate);
    }

    private static String tools(StoredCall call) {
        return call.tools().stream()
                .map(tool -> (tool.effect() ? "effect " : "tool ") + tool.tool() + ": "
                        + tool.outcome().replace('_', ' ') + " after "
                        + tool.took().toMillis() + " ms")
                .collect(Collectors.joining("\n"));
    }

    private static CallStory.Entry entry(Instant begin, Instant at, Kind kind, String title, String detail) {
        return new CallStory.Entry(at, Duration.between(begin, at).toMillis(), kind, title, detail, Optional.empty());
    }
}
