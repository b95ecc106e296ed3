package dev.antiphon.server.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.antiphon.admission.AdmissionSettings;
import dev.antiphon.admission.AdmissionState;
import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.TurnTimeline;
import dev.antiphon.session.TurnTimeline.Part;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.TierDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the console shows of facts. */
class FiguresTest {
    private static final long SLOW_MS = 1_500;
    private static final Instant START = Instant.parse("2026-11-30T08:00:00Z");
    private final CallMemory memory = new CallMemory(() -> START);

    @Test
    void partsAddUpAroundTheMedianAndInTheTail() {
        for (int turn = 1; turn <= 100; turn++) {
            memory.on(new SessionEvent.TurnAnswered(id("a"), START, "mini", timeline(turn * 10L, turn * 10L)));
        }
        LatencyView.Series series =
                LatencyFigures.of(memory.calls(), SLOW_MS).series().getFirst();
        assertThat(series.turns()).isEqualTo(100);
        assertThat(series.p50Ms()).isEqualTo(1_010);
        assertThat(series.p95Ms()).isEqualTo(1_901);
        assertThat(series.slow().count()).isEqualTo(25);
        assertThat(series.histogram().stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
        for (LatencyView.Parts parts : List.of(series.typical(), series.tail())) {
            assertThat(parts.endpointingMs() + parts.modelMs() + parts.toolMs() + parts.model2Ms() + parts.deliveryMs())
                    .isCloseTo(parts.totalMs(), within(1e-6));
        }
        assertThat(series.typical().totalMs()).isCloseTo(1_010, within(1e-6));
        assertThat(series.tail().totalMs()).isCloseTo(1_910, within(1e-6));
    }

    @Test
    void aCallerCountsAsReturnedWhenAnotherCallBeginsWithinSevenDaysAfterACompletedOne() {
        call("a", "ada", START, new Outcome.Completed("book", "done"));
        call("b", "ada", START.plus(Duration.ofDays(7)), new Outcome.Abandoned("gone"));
        call("c", "bob", START, new Outcome.Completed("book", "done"));
        call("d", "bob", START.plus(Duration.ofDays(9)), new Outcome.Abandoned("gone"));
        call("e", "cy", START, new Outcome.Abandoned("gone"));
        call("f", "", START, new Outcome.Abandoned("gone"));
        FlowsView.Flow flow =
                FlowFigures.of(memory.calls(), START, SLOW_MS).flows().getFirst();
        assertThat(flow.returned()).isEqualTo(new FlowsView.Returned(3, 2, 1, 1));
        assertThat(flow.completed().count()).isEqualTo(2);
        assertThat(flow.completed().of()).isEqualTo(6);
        assertThat(flow.completed().low()).isBetween(0.0, 2 / 6.0);
        assertThat(flow.examples()).hasSize(4);
    }

    @Test
    void aSlotThatWasAskedAndHasNoValueAtTheEndIsLeftOpen() {
        start("a", START);
        moved("a", "name", Map.of());
        moved("a", "time", Map.of("name", "Ada"));
        end("a", START, new Outcome.Abandoned("gone"));
        FlowsView.Flow flow =
                FlowFigures.of(memory.calls(), START, SLOW_MS).flows().getFirst();
        assertThat(flow.slots()).containsExactly(new FlowsView.Slot("name", 1, 0, 0, 0, 0));
        assertThat(flow.steps()).containsExactly(new FlowsView.Step("name", 1, 0), new FlowsView.Step("time", 1, 1));
    }

    @Test
    void aStepOfTheEngineWhereTheDialogRepeatedItselfIsNoSlot() {
        start("a", START);
        moved("a", "name", Map.of());
        moved("a", "done", Map.of("name", "Ada"));
        memory.on(new SessionEvent.Struggled(id("a"), START, new Struggle(Struggle.Signal.REPEATED_PROMPT, "done")));
        end("a", START, new Outcome.Completed("done", "A1"));
        assertThat(FlowFigures.of(memory.calls(), START, SLOW_MS)
                        .flows()
                        .getFirst()
                        .slots())
                .extracting(FlowsView.Slot::slot)
                .containsExactly("name");
    }

    @Test
    void stepsAreInTheOrderOfTheFlowAlsoWhereMostCallsSkipSome() {
        for (int call = 0; call < 9; call++) {
            start("quick-" + call, START);
            moved("quick-" + call, "start", Map.of());
            moved("quick-" + call, "confirm", Map.of());
            moved("quick-" + call, "done", Map.of());
            end("quick-" + call, START, new Outcome.Completed("book", "done"));
        }
        start("slow", START);
        for (String step : List.of("start", "name", "day", "time", "confirm")) {
            moved("slow", step, Map.of());
        }
        end("slow", START, new Outcome.Abandoned("gone"));
        FlowsView.Flow flow =
                FlowFigures.of(memory.calls(), START, SLOW_MS).flows().getFirst();
        assertThat(flow.steps())
                .extracting(FlowsView.Step::step)
                .containsExactly("start", "name", "day", "time", "confirm", "done");
        assertThat(flow.steps()).extracting(FlowsView.Step::reached).containsExactly(10L, 1L, 1L, 1L, 10L, 9L);
    }

    @Test
    void aCompletedTaskCostsWhatTheOthersCostToo() {
        call("a", "", START, new Outcome.Completed("book", "done"));
        call("b", "", START, new Outcome.Failed("broken"));
        CostView cost = CostFigures.of(memory.calls(), START, START.plusSeconds(600), Optional.empty());
        assertThat(cost.total().perCall()).contains(0.01);
        assertThat(cost.total().perCompleted()).contains(0.02);
        assertThat(cost.over().stream().mapToDouble(CostView.Bucket::usd).sum()).isCloseTo(0.02, within(1e-9));
    }

    @Test
    void onlyTroublesOfAConnectionCountAsFailuresOfConnections() {
        start("a", START);
        memory.on(new SessionEvent.ServiceProblem(id("a"), START, "spend_cap_near", "80 % of the cap of a call"));
        memory.on(new SessionEvent.ServiceProblem(id("a"), START, "spend_cap_reached", "it ends"));
        memory.on(new SessionEvent.ServiceProblem(id("a"), START, "no_speech", "the model said nothing"));
        assertThat(troubles()).isZero();
        memory.on(new SessionEvent.ConnectionTroubled(id("a"), START, "mini", "it was closed"));
        assertThat(troubles()).isEqualTo(1);
    }

    private long troubles() {
        AdmissionState nothing = new AdmissionState(
                AdmissionSettings.defaults(), 0, 0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty());
        return NowFigures.of(memory.calls(), START, SLOW_MS, nothing, false)
                .hour()
                .troubles();
    }

    @Test
    void onlyTheLatestEndedCallsAreRemembered() {
        for (int call = 0; call <= CallMemory.MAX_ENDED; call++) {
            call("call-" + call, "", START, new Outcome.Abandoned("gone"));
        }
        assertThat(memory.calls())
                .hasSize(CallMemory.MAX_ENDED)
                .noneMatch(call -> call.id().equals("call-0"));
    }

    @Test
    void theStoryTellsHowMuchWasHeardAndThatWordsAreNotKept() {
        CallLine line = new CallLine("a", START, "book", "mini", "mini", "", Optional.empty(), 0, 1, 0, 0, 0);
        CallStory story = Stories.of(
                line,
                "model",
                List.of(
                        new SessionEvent.AgentSaid(id("a"), START, "u", Stories.MASK, true),
                        new SessionEvent.BargedIn(
                                id("a"), START.plusSeconds(2), "u", Duration.ofMillis(1_240), Duration.ofMillis(80))));
        assertThat(story.words()).startsWith("Words of this call are not kept");
        assertThat(story.entries())
                .extracting(CallStory.Entry::title)
                .containsExactly("Agent, cut off", "The caller cut in after hearing 1.2 s");
        assertThat(story.entries().getLast().offsetMs()).isEqualTo(2_000);
    }

    @Test
    void theStoryTellsWhyATierWasDecidedWithEvidenceAndEstimate() {
        CallLine line = new CallLine("a", START, "book", "mini", "mini", "", Optional.empty(), 0, 1, 0, 0, 0);
        CallStory story = Stories.of(
                line,
                "model",
                List.of(
                        decided(Optional.of("full"), Optional.of(new Rung.LargerModel()), "reached the threshold"),
                        decided(Optional.empty(), Optional.of(new Rung.RaiseEffort("high")), "reached the threshold"),
                        decided(Optional.empty(), Optional.empty(), "is below the threshold")));
        assertThat(story.entries())
                .extracting(CallStory.Entry::title)
                .containsExactly(
                        "Decided: move from mini to full", "Decided: effort high, on mini", "Decided: stay on mini");
        assertThat(story.entries())
                .extracting(CallStory.Entry::detail)
                .containsExactly(
                        "reached the threshold · evidence 3.50 · estimated at $0.0200 more",
                        "reached the threshold · evidence 3.50 · estimated at $0.0200 more",
                        "is below the threshold · evidence 3.50 · the next rung is estimated at $0.0200 more");
    }

    private static SessionEvent decided(Optional<String> to, Optional<Rung> rung, String reason) {
        return new SessionEvent.TierDecided(
                id("a"),
                START,
                new TierDecision("mini", to, rung, 3.5, reason, Optional.of(Money.usd("0.02")), List.of()));
    }

    private void call(String call, String caller, Instant at, Outcome outcome) {
        if (!caller.isEmpty()) {
            memory.named(id(call), caller);
        }
        start(call, at);
        end(call, at, outcome);
    }

    private void start(String call, Instant at) {
        memory.on(new SessionEvent.SessionStarted(id(call), at, "book", "1", "mini", "model"));
    }

    private void moved(String call, String step, Map<String, String> slots) {
        memory.on(new SessionEvent.DialogMoved(id(call), START, new Conversation.View(step, slots, Optional.empty())));
    }

    private void end(String call, Instant at, Outcome outcome) {
        memory.on(new SessionEvent.SessionEnded(
                id(call),
                at,
                "book",
                "mini",
                outcome,
                Duration.ofMinutes(1),
                2,
                Usage.NONE,
                CallCost.NONE.plusModel("mini", Money.usd("0.01"))));
    }

    private static TurnTimeline timeline(long model, long delivery) {
        return new TurnTimeline(
                Map.of(Part.MODEL, Duration.ofMillis(model), Part.DELIVERY, Duration.ofMillis(delivery)), false);
    }

    private static SessionId id(String value) {
        return new SessionId(value);
    }
}
