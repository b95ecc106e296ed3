package dev.antiphon.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.antiphon.experiment.UnitTotals;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.TurnTimeline.Part;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Every figure that SQL makes of the tables is the one that plain Java makes of the facts. */
class StoreFiguresProperties {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Instant END = MadeCall.MONDAY.plus(Duration.ofDays(15));
    private static final KpiQuery ALL = KpiQuery.between(MadeCall.MONDAY.plus(Duration.ofDays(1)), END)
            .asOf(MadeCall.MONDAY.plus(Duration.ofDays(18)));

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void figuresOfH2AreThoseOfTheFacts(@ForAll long seed, @ForAll @IntRange(min = 0, max = 120) int count) {
        agrees(Databases.H2, seed, count);
    }

    @Property(tries = 4, shrinking = ShrinkingMode.OFF)
    void figuresOfPostgresAreThoseOfTheFacts(@ForAll long seed, @ForAll @IntRange(min = 0, max = 120) int count) {
        agrees(Databases.POSTGRES, seed, count);
    }

    private static void agrees(Databases database, long seed, int count) {
        List<MadeCall> calls = MadeCall.some(seed, count);
        try (Store store = Store.open(StoreSettings.defaults(database.fresh(), caller -> "hash of " + caller))) {
            calls.forEach(call -> call.tell(store));
            assertThat(store.awaitUp(LONG) && store.flush(LONG)).isTrue();
            assertThat(store.state().lost()).isZero();
            agrees(store, ALL, calls, call -> true);
            agrees(
                    store,
                    ALL.ofFlow("booking").onTier("mini"),
                    calls,
                    call -> call.start().flow().equals("booking")
                            && call.start().tier().equals("mini"));
            unitsAgree(store, calls);
        }
    }

    private static void agrees(Store store, KpiQuery query, List<MadeCall> all, Predicate<MadeCall> chosen) {
        List<MadeCall> calls = all.stream()
                .filter(chosen)
                .filter(call -> !call.start().at().isBefore(query.from())
                        && call.start().at().isBefore(query.to()))
                .toList();
        List<MadeCall> finished =
                calls.stream().filter(call -> call.end().isPresent()).toList();
        Kpis kpis = store.kpis(query);
        outcomes(kpis, calls, finished, all);
        talk(kpis, finished);
        latency(kpis, finished);
        cost(kpis, finished);
        tools(kpis, finished);
        series(store.byDay(query), finished);
    }

    private static void outcomes(Kpis kpis, List<MadeCall> calls, List<MadeCall> finished, List<MadeCall> all) {
        Instant asOf = ALL.asOf();
        assertThat(kpis.outcomes().unfinished()).isEqualTo(calls.size() - finished.size());
        assertThat(kpis.outcomes().finished()).isEqualTo(finished.size());
        assertThat(kpis.outcomes().completed()).isEqualTo(ended(finished, Outcome.Completed.class));
        assertThat(kpis.outcomes().handedOver()).isEqualTo(ended(finished, Outcome.HandedOver.class));
        assertThat(kpis.outcomes().abandoned()).isEqualTo(ended(finished, Outcome.Abandoned.class));
        assertThat(kpis.outcomes().failed()).isEqualTo(ended(finished, Outcome.Failed.class));
        assertThat(kpis.outcomes().escalated())
                .isEqualTo(count(
                        finished,
                        call -> !call.all(SessionEvent.TierChanged.class).isEmpty()));
        List<MadeCall> contained = finished.stream()
                .filter(call -> call.caller().isPresent()
                        && !(call.end().orElseThrow().outcome() instanceof Outcome.HandedOver))
                .filter(call -> endedBefore(call, asOf.minus(Duration.ofHours(24))))
                .toList();
        assertThat(kpis.outcomes().callBacks())
                .isEqualTo(new Rate(
                        count(contained, call -> !call.calledAgain(all, Duration.ofHours(24))), contained.size()));
        List<MadeCall> done = finished.stream()
                .filter(call -> call.completed() && call.caller().isPresent())
                .filter(call -> endedBefore(call, asOf.minus(Duration.ofDays(7))))
                .toList();
        assertThat(kpis.returns())
                .isEqualTo(new Kpis.Returns(
                        calls.size(),
                        count(finished, MadeCall::completed),
                        new Rate(count(done, call -> call.calledAgain(all, Duration.ofDays(7))), done.size())));
    }

    private static boolean endedBefore(MadeCall call, Instant time) {
        return !call.end().orElseThrow().at().truncatedTo(ChronoUnit.MICROS).isAfter(time);
    }

    private static void talk(Kpis kpis, List<MadeCall> finished) {
        assertThat(kpis.talk().turns())
                .isEqualTo(sum(finished, call -> call.end().orElseThrow().turns()));
        assertThat(kpis.talk().engaged().count())
                .isEqualTo(count(finished, call -> call.end().orElseThrow().turns() > 3));
        List<SessionEvent.AgentSaid> said = facts(finished, SessionEvent.AgentSaid.class);
        assertThat(kpis.talk().bargeIn())
                .isEqualTo(new Rate(
                        said.stream().filter(SessionEvent.AgentSaid::cutOff).count(), said.size()));
        assertThat(kpis.talk().noMatches()
                        + kpis.talk().noInputs()
                        + kpis.talk().repeatedPrompts()
                        + kpis.talk().corrections())
                .isEqualTo(facts(finished, SessionEvent.Struggled.class).stream()
                        .filter(fact -> switch (fact.struggle().signal()) {
                            case NO_MATCH, NO_INPUT, REPEATED_PROMPT, CORRECTION -> true;
                            case STALLED, TOOL_ERROR, UNBACKED_CLAIM, WANTS_PERSON -> false;
                        })
                        .count());
        spread(
                kpis.talk().durationMs(),
                finished.stream()
                        .map(call ->
                                (double) call.end().orElseThrow().duration().toMillis())
                        .toList());
        spread(
                kpis.firstAudio(),
                facts(finished, SessionEvent.FirstHeard.class).stream()
                        .map(fact -> fact.after().toNanos() / 1e6)
                        .toList());
        spread(
                kpis.bargeInStop(),
                facts(finished, SessionEvent.BargedIn.class).stream()
                        .map(fact -> (double) fact.stopTime().toMillis())
                        .toList());
    }

    private static void latency(Kpis kpis, List<MadeCall> finished) {
        Map<String, List<SessionEvent.TurnAnswered>> turns = facts(finished, SessionEvent.TurnAnswered.class).stream()
                .flatMap(turn -> Stream.of("", turn.tier())
                        .map(tier -> Map.entry(tier + turn.timeline().tool(), turn)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        assertThat(kpis.latency()).hasSize(turns.size());
        for (Kpis.Latency latency : kpis.latency()) {
            List<SessionEvent.TurnAnswered> those = turns.getOrDefault(latency.tier() + latency.tool(), List.of());
            spread(latency.ms(), millis(those, turn -> turn.timeline().total().toNanos() / 1e6));
            assertThat(latency.slow().count())
                    .isEqualTo(count(those, turn -> turn.timeline().total().compareTo(KpiQuery.SLOW_TURN) > 0));
            List<Double> model = millis(
                    those,
                    turn -> turn.timeline()
                                    .parts()
                                    .getOrDefault(Part.MODEL, Duration.ZERO)
                                    .toNanos()
                            / 1e6);
            Kpis.Part part = latency.parts().stream()
                    .filter(each -> each.name().equals("model"))
                    .findFirst()
                    .orElseThrow();
            assertThat(part.p95()).isCloseTo(percentile(model, 0.95), within(1e-6));
            assertThat(latency.parts()).hasSize(latency.tool() ? 5 : 3);
        }
    }

    private static void cost(Kpis kpis, List<MadeCall> finished) {
        assertThat(kpis.cost().micros())
                .isEqualTo(sum(
                        finished,
                        call -> call.end().orElseThrow().cost().total().micros()));
        List<SessionEvent.ResponseBilled> billed = facts(finished, SessionEvent.ResponseBilled.class);
        assertThat(kpis.tokens().stream().mapToLong(Kpis.Tokens::responses).sum())
                .isEqualTo(billed.size());
        for (Kpis.Tokens tokens : kpis.tokens()) {
            List<SessionEvent.ResponseBilled> those = billed.stream()
                    .filter(each -> each.tier().equals(tokens.tier()))
                    .toList();
            assertThat(tokens.inputAudio())
                    .isEqualTo(sum(those, each -> each.usage().inputAudioTokens()));
            assertThat(tokens.outputAudio())
                    .isEqualTo(sum(those, each -> each.usage().outputAudioTokens()));
            assertThat(tokens.cachedShare())
                    .isEqualTo(new Rate(
                            sum(those, each -> each.usage().cachedTokens()),
                            sum(those, each -> each.usage().inputTokens())));
        }
    }

    private static void tools(Kpis kpis, List<MadeCall> finished) {
        List<SessionEvent.ToolSettled> settled = facts(finished, SessionEvent.ToolSettled.class);
        assertThat(kpis.tools().stream().mapToLong(tool -> tool.ok().of()).sum())
                .isEqualTo(settled.size());
        for (Kpis.Tool tool : kpis.tools()) {
            List<SessionEvent.ToolSettled> those = settled.stream()
                    .filter(each -> each.effect() == tool.effect()
                            && each.outcome().equals("unknown_tool")
                                    == tool.name().equals("other"))
                    .toList();
            assertThat(tool.ok().count())
                    .isEqualTo(count(those, each -> each.outcome().equals("ok")));
            assertThat(tool.failed())
                    .isEqualTo(count(those, each -> each.outcome().equals("failed")));
            spread(tool.tookMs(), millis(those, each -> each.took().toMillis()));
        }
    }

    private static void series(List<Kpis.Point> days, List<MadeCall> finished) {
        Map<Instant, List<MadeCall>> byDay = finished.stream()
                .collect(Collectors.groupingBy(call -> call.start().at().truncatedTo(ChronoUnit.DAYS)));
        assertThat(days).hasSize(byDay.size());
        for (Kpis.Point day : days) {
            List<MadeCall> those = byDay.getOrDefault(day.from(), List.of());
            assertThat(day.finished()).isEqualTo(those.size());
            assertThat(day.completed()).isEqualTo(count(those, MadeCall::completed));
            assertThat(day.turns())
                    .isEqualTo(facts(those, SessionEvent.TurnAnswered.class).size());
            assertThat(day.slowTurns())
                    .isEqualTo(count(
                            facts(those, SessionEvent.TurnAnswered.class),
                            turn -> turn.timeline().total().compareTo(KpiQuery.SLOW_TURN) > 0));
        }
    }

    private static void unitsAgree(Store store, List<MadeCall> calls) {
        Instant before = MadeCall.MONDAY.plus(Duration.ofDays(14));
        Map<List<String>, List<MadeCall>> units = calls.stream()
                .filter(call -> call.end().isPresent()
                        && !call.start().at().truncatedTo(ChronoUnit.MICROS).isAfter(before))
                .flatMap(call -> call.all(SessionEvent.ExperimentEntered.class).stream()
                        .map(entered -> Map.entry(List.of(entered.variant(), entered.unit()), call)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        List<UnitTotals> totals = store.unitTotals("tiers", Duration.ofMillis(1_800), before);
        assertThat(totals)
                .containsExactlyInAnyOrderElementsOf(units.entrySet().stream()
                        .map(entry ->
                                totals(entry.getKey().get(0), entry.getKey().get(1), entry.getValue()))
                        .toList());
    }

    private static UnitTotals totals(String variant, String unit, List<MadeCall> calls) {
        List<SessionEvent.TurnAnswered> turns = facts(calls, SessionEvent.TurnAnswered.class);
        List<SessionEvent.AgentSaid> said = facts(calls, SessionEvent.AgentSaid.class);
        return new UnitTotals(
                variant,
                unit,
                calls.size(),
                ended(calls, Outcome.Completed.class),
                ended(calls, Outcome.HandedOver.class),
                ended(calls, Outcome.Abandoned.class),
                sum(calls, call -> call.end().orElseThrow().cost().total().micros()),
                turns.size(),
                count(turns, turn -> turn.timeline().total().compareTo(Duration.ofMillis(1_800)) > 0),
                said.size(),
                count(said, SessionEvent.AgentSaid::cutOff));
    }

    private static void spread(Kpis.Spread told, List<Double> values) {
        assertThat(told.n()).isEqualTo(values.size());
        assertThat(told.mean())
                .isCloseTo(values.stream().mapToDouble(each -> each).average().orElse(0), within(1e-6));
        assertThat(told.p50()).isCloseTo(percentile(values, 0.5), within(1e-6));
        assertThat(told.p95()).isCloseTo(percentile(values, 0.95), within(1e-6));
        assertThat(told.p99()).isCloseTo(percentile(values, 0.99), within(1e-6));
    }

    /** Between the two values beside the place, in proportion. */
    private static double percentile(List<Double> values, double share) {
        if (values.isEmpty()) {
            return 0;
        }
        List<Double> sorted = values.stream().sorted().toList();
        double place = share * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }

    private static long ended(List<MadeCall> calls, Class<? extends Outcome> how) {
        return count(calls, call -> how.isInstance(call.end().orElseThrow().outcome()));
    }

    private static <T> long count(List<T> all, Predicate<T> which) {
        return all.stream().filter(which).count();
    }

    private static <T> long sum(List<T> all, Function<T, Number> amount) {
        return all.stream().mapToLong(each -> amount.apply(each).longValue()).sum();
    }

    private static <T> List<Double> millis(List<T> all, ToDoubleFunction<T> value) {
        return all.stream().mapToDouble(value).boxed().toList();
    }

    private static <T> List<T> facts(List<MadeCall> calls, Class<T> kind) {
        return calls.stream().flatMap(call -> call.all(kind).stream()).toList();
    }
}
