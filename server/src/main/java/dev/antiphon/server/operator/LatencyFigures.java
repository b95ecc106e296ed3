package dev.antiphon.server.operator;

import dev.antiphon.session.TurnTimeline;
import dev.antiphon.session.TurnTimeline.Part;
import dev.antiphon.statistics.InterpolatedRank;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds up turn latency. Pure. */
final class LatencyFigures {
    private static final List<Long> BUCKETS_MS =
            List.of(300L, 500L, 800L, 1_000L, 1_200L, 1_500L, 2_000L, 3_000L, 5_000L, 8_000L);

    private record Key(String tier, boolean tool) {}

    private LatencyFigures() {}

    static LatencyView of(List<CallFigures> calls, long slowMs) {
        Map<Key, List<CallFigures.Turn>> byKey = calls.stream()
                .flatMap(call -> call.turns().stream())
                .collect(Collectors.groupingBy(
                        turn -> new Key(turn.tier(), turn.timeline().tool()),
                        () -> new TreeMap<>(Comparator.comparing(Key::tier).thenComparing(Key::tool)),
                        Collectors.toList()));
        List<LatencyView.Series> series = byKey.entrySet().stream()
                .map(entry -> series(entry.getKey(), entry.getValue(), slowMs))
                .toList();
        List<Double> stops = millis(calls.stream().flatMap(call -> call.stops().stream()));
        Optional<LatencyView.Stop> stop = rounded(stops, 0.5)
                .map(p50 -> new LatencyView.Stop(
                        stops.size(), p50, rounded(stops, 0.95).orElse(p50)));
        List<Double> heard = millis(calls.stream().flatMap(call -> call.firstHeard().stream()));
        Optional<LatencyView.FirstHeard> firstHeard = rounded(heard, 0.5)
                .map(p50 -> new LatencyView.FirstHeard(
                        heard.size(), p50, rounded(heard, 0.95).orElse(p50)));
        return new LatencyView(slowMs, BUCKETS_MS, series, firstHeard, stop);
    }

    private static List<Double> millis(Stream<Duration> spans) {
        return spans.map(span -> span.toNanos() / 1e6).sorted().toList();
    }

    private static Optional<Long> rounded(List<Double> sorted, double share) {
        return InterpolatedRank.of(sorted, share).map(Math::round);
    }

    private static LatencyView.Series series(Key key, List<CallFigures.Turn> turns, long slowMs) {
        List<CallFigures.Turn> sorted = turns.stream()
                .sorted(Comparator.comparing(turn -> turn.timeline().total()))
                .toList();
        List<Long> totals = sorted.stream().map(CallFigures.Turn::totalMs).toList();
        List<Double> exact = sorted.stream().map(CallFigures.Turn::exactMs).toList();
        return new LatencyView.Series(
                key.tier(),
                key.tool(),
                sorted.size(),
                InterpolatedRank.of(exact, 0.5).map(Math::round).orElseThrow(),
                InterpolatedRank.of(exact, 0.95).map(Math::round).orElseThrow(),
                InterpolatedRank.of(exact, 0.99).map(Math::round).orElseThrow(),
                Rate.of(exact.stream().filter(ms -> ms > slowMs).count(), exact.size()),
                mean(band(sorted, 0.4, 0.6)),
                mean(band(sorted, 0.9, 1)),
                histogram(totals));
    }

    /** From one share of the sorted turns to another; at least one turn. */
    private static List<CallFigures.Turn> band(List<CallFigures.Turn> sorted, double from, double to) {
        int first = (int) Math.min(Math.floor(from * sorted.size()), sorted.size() - 1);
        int last = (int) Math.max(Math.ceil(to * sorted.size()), first + 1);
        return sorted.subList(first, last);
    }

    /** The parts of one turn. */
    static LatencyView.Parts parts(TurnTimeline timeline) {
        return mean(List.of(timeline));
    }

    private static LatencyView.Parts mean(Iterable<TurnTimeline> timelines) {
        int count = 0;
        double[] sums = new double[Part.values().length];
        for (TurnTimeline timeline : timelines) {
            count++;
            timeline.parts().forEach((part, took) -> sums[part.ordinal()] += took.toNanos() / 1e6);
        }
        double total = 0;
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= count;
            total += sums[i];
        }
        return new LatencyView.Parts(
                sums[Part.ENDPOINTING.ordinal()],
                sums[Part.MODEL.ordinal()],
                sums[Part.TOOL.ordinal()],
                sums[Part.MODEL2.ordinal()],
                sums[Part.DELIVERY.ordinal()],
                total);
    }

    private static LatencyView.Parts mean(List<CallFigures.Turn> turns) {
        return mean((Iterable<TurnTimeline>)
                turns.stream().map(CallFigures.Turn::timeline).toList());
    }

    private static List<Long> histogram(List<Long> totals) {
        List<Long> counts = new ArrayList<>();
        long below = 0;
        for (long upper : BUCKETS_MS) {
            long upTo = totals.stream().filter(ms -> ms <= upper).count();
            counts.add(upTo - below);
            below = upTo;
        }
        counts.add(totals.size() - below);
        return counts;
    }
}
