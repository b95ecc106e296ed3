package dev.antiphon.server.operator;

import dev.antiphon.admission.AdmissionState;
import dev.antiphon.statistics.InterpolatedRank;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Adds up what happens now. Pure. */
final class NowFigures {
    private static final int MINUTES = 60;

    private NowFigures() {}

    static NowView of(List<CallFigures> calls, Instant now, long slowMs, AdmissionState admission, boolean draining) {
        List<CallFigures> live = calls.stream().filter(call -> !call.isOver()).toList();
        Map<String, Long> byTier =
                live.stream().collect(Collectors.groupingBy(CallFigures::tier, TreeMap::new, Collectors.counting()));
        Instant end = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        List<NowView.Minute> minutes = new ArrayList<>();
        for (int back = MINUTES; back > 0; back--) {
            minutes.add(minute(calls, end.minus(back, ChronoUnit.MINUTES), slowMs));
        }
        return new NowView(
                live.size(),
                byTier,
                admission.waiting(),
                admission.full(),
                admission.day().map(DayCap::of),
                draining,
                hour(calls, within(now.minus(Duration.ofMinutes(MINUTES)), now.plusMillis(1)), slowMs),
                minutes,
                live.stream()
                        .sorted(Comparator.comparing(CallFigures::startedAt).reversed())
                        .limit(NowView.MAX_CALLS)
                        .map(call -> call.line(now, slowMs))
                        .toList());
    }

    static NowView.Outcomes outcomes(Collection<CallFigures> ended) {
        return new NowView.Outcomes(
                count(ended, "completed"),
                count(ended, "handed_over"),
                count(ended, "abandoned"),
                count(ended, "failed"));
    }

    private static long count(Collection<CallFigures> ended, String outcome) {
        return ended.stream().filter(call -> call.endedAs(outcome)).count();
    }

    private static NowView.Hour hour(List<CallFigures> calls, Predicate<Instant> hour, long slowMs) {
        List<CallFigures> ended = ended(calls, hour);
        List<Double> turns = turns(calls, hour);
        List<Boolean> tools = calls.stream()
                .flatMap(call -> call.tools().stream())
                .filter(tool -> hour.test(tool.at()))
                .map(CallFigures.ToolCall::ok)
                .toList();
        return new NowView.Hour(
                started(calls, hour),
                outcomes(ended),
                Rate.of(count(ended, "completed"), ended.size()),
                Rate.of(slow(turns, slowMs), turns.size()),
                InterpolatedRank.of(turns, 0.5).map(Math::round),
                InterpolatedRank.of(turns, 0.95).map(Math::round),
                Rate.of(tools.stream().filter(ok -> !ok).count(), tools.size()),
                calls.stream()
                        .flatMap(call -> call.troubles().stream())
                        .filter(hour)
                        .count());
    }

    private static NowView.Minute minute(List<CallFigures> calls, Instant from, long slowMs) {
        Predicate<Instant> minute = within(from, from.plus(1, ChronoUnit.MINUTES));
        List<Double> turns = turns(calls, minute);
        return new NowView.Minute(
                from,
                started(calls, minute),
                outcomes(ended(calls, minute)),
                turns.size(),
                slow(turns, slowMs),
                InterpolatedRank.of(turns, 0.5).map(Math::round),
                InterpolatedRank.of(turns, 0.95).map(Math::round));
    }

    private static Predicate<Instant> within(Instant from, Instant to) {
        return at -> !at.isBefore(from) && at.isBefore(to);
    }

    private static long started(List<CallFigures> calls, Predicate<Instant> when) {
        return calls.stream().filter(call -> when.test(call.startedAt())).count();
    }

    private static List<CallFigures> ended(List<CallFigures> calls, Predicate<Instant> when) {
        return calls.stream()
                .filter(call -> call.end().filter(end -> when.test(end.at())).isPresent())
                .toList();
    }

    private static List<Double> turns(List<CallFigures> calls, Predicate<Instant> when) {
        return calls.stream()
                .flatMap(call -> call.turns().stream())
                .filter(turn -> when.test(turn.at()))
                .map(CallFigures.Turn::exactMs)
                .sorted()
                .toList();
    }

    private static long slow(List<Double> turns, long slowMs) {
        return turns.stream().filter(ms -> ms > slowMs).count();
    }
}
