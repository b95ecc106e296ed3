package dev.antiphon.server.operator;

import dev.antiphon.realtime.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Adds up cost. Pure. */
final class CostFigures {
    private static final Duration SHORT = Duration.ofHours(2);
    private static final Duration LONG = Duration.ofDays(2);
    private static final int MAX_BUCKETS = 48;

    private record Key(String flow, String tier) {}

    private CostFigures() {}

    /**
     * The view.
     *
     * @param since when the first of the calls can have begun
     * @param day what today's calls have cost; empty without a cap of a day, or a server
     */
    static CostView of(List<CallFigures> calls, Instant since, Instant now, Optional<DayCap> day) {
        List<CallFigures> ended = calls.stream().filter(CallFigures::isOver).toList();
        Usage usage = calls.stream().map(CallFigures::usage).reduce(Usage.NONE, Usage::plus);
        Duration width = width(Duration.between(since, now));
        return new CostView(
                row("", "", ended, usd(calls)),
                rows(ended),
                spentOn(calls),
                tokens(usage),
                usage.inputTokens() == 0
                        ? Optional.empty()
                        : Optional.of((double) usage.cachedTokens() / usage.inputTokens()),
                calls.stream().mapToLong(call -> call.cost().unknown()).sum(),
                width.toMinutes(),
                over(ended, since, now, width),
                day);
    }

    private static Duration width(Duration whole) {
        if (whole.compareTo(SHORT) <= 0) {
            return Duration.ofMinutes(5);
        }
        return whole.compareTo(LONG) <= 0 ? Duration.ofHours(1) : Duration.ofDays(1);
    }

    private static List<CostView.Row> rows(List<CallFigures> ended) {
        return ended.stream()
                .collect(Collectors.groupingBy(
                        call -> new Key(call.flow(), call.startTier()),
                        () -> new TreeMap<>(Comparator.comparing(Key::flow).thenComparing(Key::tier)),
                        Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry ->
                        row(entry.getKey().flow(), entry.getKey().tier(), entry.getValue(), usd(entry.getValue())))
                .toList();
    }

    /** Averages are of finished calls only; the sum may have live ones. */
    private static CostView.Row row(String flow, String tier, List<CallFigures> ended, double sum) {
        double usd = usd(ended);
        long completed = ended.stream().filter(CallFigures::isCompleted).count();
        double minutes = ended.stream()
                        .mapToDouble(call -> call.end().orElseThrow().duration().toMillis())
                        .sum()
                / 60_000;
        return new CostView.Row(
                flow,
                tier,
                ended.size(),
                completed,
                sum,
                quotient(usd, minutes),
                quotient(usd, ended.size()),
                quotient(usd, completed));
    }

    private static Optional<Double> quotient(double usd, double by) {
        return by > 0 ? Optional.of(usd / by) : Optional.empty();
    }

    private static double usd(List<CallFigures> calls) {
        return calls.stream().mapToDouble(CallFigures::usd).sum();
    }

    private static Map<String, Double> spentOn(List<CallFigures> calls) {
        Map<String, Double> spent = new TreeMap<>();
        for (CallFigures call : calls) {
            call.cost()
                    .model()
                    .forEach((tier, cost) -> spent.merge(tier, cost.usd().doubleValue(), Double::sum));
        }
        double transcription = calls.stream()
                .mapToDouble(call -> call.cost().transcription().usd().doubleValue())
                .sum();
        if (transcription > 0) {
            spent.put("transcription", transcription);
        }
        return spent;
    }

    /** In the order in which they are shown; cached ones are no part of the others here. */
    private static Map<String, Long> tokens(Usage usage) {
        Map<String, Long> kinds = new LinkedHashMap<>();
        kinds.put("input_text", (long) usage.inputTextTokens() - usage.cachedTextTokens());
        kinds.put("input_audio", (long) usage.inputAudioTokens() - usage.cachedAudioTokens());
        kinds.put("input_image", (long) usage.inputImageTokens() - usage.cachedImageTokens());
        kinds.put("input_cached", (long) usage.cachedTokens());
        kinds.put("output_text", (long) usage.outputTextTokens());
        kinds.put("output_audio", (long) usage.outputAudioTokens());
        kinds.values().removeIf(count -> count == 0);
        return kinds;
    }

    private static List<CostView.Bucket> over(List<CallFigures> ended, Instant since, Instant now, Duration width) {
        long step = width.toMillis();
        long last = Math.floorDiv(now.toEpochMilli(), step);
        long first = Math.max(Math.floorDiv(since.toEpochMilli(), step), last - MAX_BUCKETS + 1);
        Map<Long, List<CallFigures>> byBucket = ended.stream()
                .collect(Collectors.groupingBy(
                        call -> Math.floorDiv(call.end().orElseThrow().at().toEpochMilli(), step)));
        List<CostView.Bucket> buckets = new ArrayList<>();
        for (long bucket = first; bucket <= last; bucket++) {
            List<CallFigures> calls = byBucket.getOrDefault(bucket, List.of());
            buckets.add(new CostView.Bucket(
                    Instant.ofEpochMilli(bucket * step),
                    usd(calls),
                    calls.size(),
                    calls.stream().filter(CallFigures::isCompleted).count()));
        }
        return buckets;
    }
}
