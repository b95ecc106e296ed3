package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.alternatives;
import static dev.antiphon.flow.dsl.FlowDsl.code;
import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.handOver;
import static dev.antiphon.flow.dsl.FlowDsl.noMatch;
import static dev.antiphon.flow.dsl.FlowDsl.number;
import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.seconds;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static dev.antiphon.flow.dsl.FlowDsl.unsure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.antiphon.flow.slot.Check;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.Struggle.Signal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that may wait for others, and rules that do not work. */
class VerifiedSlotsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Order(String code, Integer count) {}

    private final List<Order> placed = new ArrayList<>();

    private final Slot<String> code = freeText("code").ask("Which article?");
    private final Slot<Integer> count = number("count", 1, 99).ask("How many?");

    private FlowTest call(Slot<String> codeSlot, Slot<Integer> countSlot) {
        Flow<Order> flow = Flow.named(
                "order",
                Order.class,
                f -> f.goal("Order an article")
                        .collect(codeSlot, countSlot)
                        .confirm(order -> say("{} of {}. Shall I order?", order.count(), order.code()))
                        .effect("place", order -> placed.add(order))
                        .done((order, ok) -> say("Ordered."))
                        .onStuck(noMatch(3), handOver("shop")));
        return FlowTest.of(flow, CLOCK);
    }

    private FlowTest verifiedBy(Check<String> rule) {
        return call(code.verify(rule), count);
    }

    @Test
    void aRuleThatMayWaitRunsInTheToolPoolAndItsOkIsTheAnswer() {
        FlowTest call = verifiedBy((value, slots) -> ok(value.toUpperCase(Locale.ROOT)))
                .effectsSettledByTest()
                .caller()
                .fills(code, "lamp", count, 2)
                .expectSilence();
        assertThat(call.effects()).singleElement().satisfies(run -> {
            assertThat(run.name()).isEqualTo("verify_code");
            assertThat(run.policy().timeout()).isEqualTo(Duration.ofSeconds(3));
        });
        assertThat(call.conversation().view().step()).isEqualTo("code");

        call.effectIsSlow().expectSay("One moment, I'm checking that.");
        call.settles(outcomeOf(call))
                .expectSay("2 of LAMP. Shall I order?")
                .confirmsYes()
                .expectEffects(1);
        call.effectSucceeds(true).expectSay("Ordered.").expectEveryCallAnsweredOnce();
    }

    @Test
    void whatWasTakenBeforeAndAfterARuleThatWaitsIsToldInOneSentence() {
        Slot<Integer> size = number("size", 1, 9).called("party size").ask("How many?");
        Slot<LocalDate> day = date("day").ask("Which day?");
        Slot<String> voucher = code("voucher", 4).ask("Which voucher?").verify((value, slots) -> ok());
        Slot<String> who = personName("name").ask("Your name?");
        FlowTest call = FlowTest.of(
                        Flow.named(
                                "table",
                                Table.class,
                                f -> f.goal("Reserve a table")
                                        .collect(size, day, voucher, who)
                                        .confirm(table -> say("{}. Right?", table.name()))
                                        .done((table, nothing) -> say("Noted."))),
                        CLOCK)
                .effectsSettledByTest()
                .caller()
                .fills(Map.of("size", "3", "day", "2026-12-04", "voucher", "A123"))
                .expectSilence();
        call.settles(outcomeOf(call))
                .expectSay("Okay, party size 3, Friday, December 4th, voucher A 1 2 3. Your name?")
                .expectEveryCallAnsweredOnce();
    }

    record Table(Integer size, LocalDate day, String voucher, String name) {}

    private static ToolOutcome outcomeOf(FlowTest call) {
        try {
            return new ToolOutcome.Ok(call.effects().getLast().work().call());
        } catch (Exception e) {
            return new ToolOutcome.Failed("failed", e);
        }
    }

    @Test
    void whatItRefusesIsToldAndAskedAgain() {
        verifiedBy((value, slots) -> value.equals("lamp") ? reject("Lamps are sold out.") : ok())
                .fills(code, "lamp")
                .expectSay("Lamps are sold out. Which article?")
                .expectOpen(code)
                .fills(code, "chair")
                .expectSay("Okay, chair. How many?");
    }

    @Test
    void whatItOffersInsteadCanBeChosenAndIsVerifiedAgain() {
        List<String> asked = new ArrayList<>();
        verifiedBy((value, slots) -> {
                    asked.add(value);
                    return value.equals("lamp") ? alternatives(List.of("desk lamp", "floor lamp")) : ok();
                })
                .fills(code, "lamp")
                .expectSay("Lamp isn't available. I have desk lamp or floor lamp. Which would you like?")
                .chooses(2)
                .expectSay("floor lamp");
        assertThat(asked).containsExactly("lamp", "floor lamp");
    }

    @Test
    void whatItIsUnsureOfIsAskedOnce() {
        verifiedBy((value, slots) -> unsure(List.of("lamp L", "lamp M")))
                .fills(code, "lamp")
                .expectSay("Did you mean lamp L or lamp M?")
                .chooses(1)
                .expectSay("Okay, lamp L. How many?");
    }

    @Test
    void aQuestionMeanwhileIsAnsweredAndOtherValuesAreTakenAfterwards() {
        FlowTest call = verifiedBy((value, slots) -> ok())
                .effectsSettledByTest()
                .fills(code, "lamp")
                .asks("how much is it?")
                .expectSay("I don't have an answer to that")
                .fills(count, 4)
                .expectSay("One moment, I'm checking that.");
        call.settles(outcomeOf(call)).expectSay("4 of lamp. Shall I order?").expectEveryCallAnsweredOnce();
    }

    @Test
    void aCorrectionMeanwhileIsVerifiedInItsTurn() {
        FlowTest call = verifiedBy((value, slots) -> ok())
                .effectsSettledByTest()
                .fills(code, "lamp")
                .fills(code, "chair");
        call.settles(outcomeOf(call));
        assertThat(call.effects()).hasSize(2);
        call.settles(outcomeOf(call))
                .expectSlot(code, "chair")
                .expectSay("How many?")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void aCallerWhoHangsUpMeanwhileHasNotOrderedAnything() {
        FlowTest call =
                verifiedBy((value, slots) -> ok()).effectsSettledByTest().fills(code, "lamp");
        call.conversation().on(new Event.CallerHungUp("gone"));
        call.settles(outcomeOf(call)).expectSilence();
        assertThat(call.conversation().state().effects().finished()).isEmpty();
        assertThat(call.conversation().state().effects().running()).isEmpty();
    }

    static List<ToolOutcome> outcomesThatSayNothing() {
        return List.of(
                new ToolOutcome.TimedOut(seconds(3)),
                new ToolOutcome.Failed("down", new IllegalStateException("down")),
                new ToolOutcome.Rejected("queue is full"),
                new ToolOutcome.UnknownTool("verify_code"),
                new ToolOutcome.Cancelled("shut down"),
                new ToolOutcome.Ok("not a verdict"));
    }

    @ParameterizedTest
    @MethodSource("outcomesThatSayNothing")
    void oneThatDoesNotWorkIsANoMatchWithItsCause(ToolOutcome outcome) {
        FlowTest call = verifiedBy((value, slots) -> ok()).effectsSettledByTest();
        for (int i = 0; i < 2; i++) {
            call.fills(code, "lamp")
                    .settles(outcome)
                    .expectSay("I can't check the code right now.")
                    .expectNoOutcome();
        }
        call.expectSay("Which article?")
                .expectStruggle(Struggle.Signal.NO_MATCH)
                .expectOpen(code);
        assertThat(call.struggles())
                .filteredOn(each -> each.signal() == Struggle.Signal.NO_MATCH)
                .hasSize(2)
                .allMatch(each -> each.detail().startsWith("check of slot code: "));
        call.fills(code, "lamp").settles(outcome).expectOutcome("handed_over");
    }

    @Test
    void whatTheCallerSaidIsNotInTheDetailOfACheckThatFailed() {
        RuntimeException repeats = new IllegalStateException("4711 is in no row", new RuntimeException("lamp 4711"));
        FlowTest waits = verifiedBy((value, slots) -> ok()).effectsSettledByTest();
        waits.fills(code, "lamp").settles(new ToolOutcome.Failed("it failed with 4711", repeats));
        FlowTest quick = call(
                        code.check((value, slots) -> {
                            throw repeats;
                        }),
                        count)
                .fills(code, "lamp", count, 3);
        assertThat(waits.struggles())
                .extracting(Struggle::detail)
                .contains("check of slot code: it failed: IllegalStateException")
                .noneMatch(detail -> detail.contains("4711"));
        assertThat(quick.struggles())
                .extracting(Struggle::detail)
                .contains("check of slot code: IllegalStateException")
                .noneMatch(detail -> detail.contains("4711"));
        assertThat(WithoutWords.of(repeats))
                .hasMessageContaining("java.lang.IllegalStateException")
                .hasStackTraceContaining("Caused by: dev.antiphon.flow.WithoutWords: java.lang.RuntimeException")
                .satisfies(told -> assertThat(told.getStackTrace()).isEqualTo(repeats.getStackTrace()));
        StringWriter logged = new StringWriter();
        WithoutWords.of(repeats).printStackTrace(new PrintWriter(logged));
        assertThat(logged.toString()).doesNotContain("4711");
    }

    private static Check<String> hanging() {
        return (value, slots) -> {
            new CountDownLatch(1).await();
            return ok();
        };
    }

    static List<Check<String>> checksThatDoNotWork() {
        return List.of(
                (value, slots) -> {
                    throw new IllegalStateException("bug");
                },
                (value, slots) -> {
                    throw new StackOverflowError();
                },
                (value, slots) -> nothing(),
                (value, slots) -> reject(" "),
                (value, slots) -> unsure(List.of()),
                hanging());
    }

    @SuppressWarnings("NullAway") // what an author's code without null checks may give
    private static <T> T nothing() {
        return null;
    }

    @ParameterizedTest
    @MethodSource("checksThatDoNotWork")
    void aQuickRuleThatDoesNotWorkIsANoMatchAndTheCallGoesOn(Check<String> broken) {
        FlowTest call = call(code.check(broken), count)
                .fills(code, "lamp", count, 3)
                .expectSay("I can't check the code right now.")
                .expectSay("Which article?")
                .expectStruggle(Struggle.Signal.NO_MATCH)
                .expectSlot(count, "3")
                .expectOpen(code)
                .expectNoOutcome();
        assertThat(call.struggles()).anyMatch(each -> each.detail().startsWith("check of slot code: "));
    }

    @Test
    void oneThatMayWaitAndGivesNothingIsANoMatch() {
        verifiedBy((value, slots) -> nothing())
                .fills(code, "lamp")
                .expectSay("I can't check the code right now.")
                .expectStruggle(Struggle.Signal.NO_MATCH)
                .expectOpen(code);
    }

    @Test
    void aCallIsResumedWhereAValueWasBeingVerified() {
        FlowTest call =
                verifiedBy((value, slots) -> ok()).effectsSettledByTest().fills(code, "lamp");
        DialogState saved =
                SavedDialog.read(SavedDialog.write(call.conversation().dialogState()));
        assertThat(saved).isEqualTo(call.conversation().dialogState());
        FlowConversation resumed =
                FlowConversation.at(call.conversation().dialog(), CLOCK, ZoneOffset.UTC, "again", saved);

        String runId = call.effects().getLast().effectId();
        List<Directive> then = resumed.on(new Event.EffectSettled(runId, outcomeOf(call)));
        assertThat(then).anyMatch(Directive.Answer.class::isInstance);
        assertThat(resumed.view().step()).isEqualTo("count");
    }

    @Test
    void aCheckThatWasLostWithItsProcessIsDoneAnew() {
        FlowTest call =
                verifiedBy((value, slots) -> ok()).effectsSettledByTest().fills(code, "lamp");
        FlowConversation resumed = FlowConversation.resume(
                call.conversation().dialog(),
                CLOCK,
                ZoneOffset.UTC,
                "test",
                SavedDialog.read(SavedDialog.write(call.conversation().dialogState())));

        assertThat(resumed.view().step()).isEqualTo("code");
        assertThat(resumed.seed()).hasValueSatisfying(seed -> assertThat(seed).contains("Which article?"));
    }

    @Test
    void anEffectThatWasLostWithItsProcessIsTriedAgainAfterAYesWithTheSameKey() {
        FlowTest call = call(code, count)
                .effectsSettledByTest()
                .fills(code, "lamp", count, 2)
                .confirmsYes();
        Directive.Run lost = call.effects().getLast();
        FlowConversation resumed = FlowConversation.resume(
                call.conversation().dialog(),
                CLOCK,
                ZoneOffset.UTC,
                "test",
                SavedDialog.read(SavedDialog.write(call.conversation().dialogState())));

        assertThat(resumed.seed()).hasValueSatisfying(seed -> assertThat(seed).contains("Shall I try again"));
        resumed.on(new Event.AgentSpoke("Shall I try again?", true));
        int revision = resumed.state().confirmation().orElseThrow().revision();
        resumed.on(new Event.ToolCalled("c1", "confirm", "{\"answer\":\"yes\",\"revision\":" + revision + "}"));
        assertThat(resumed.on(new Event.CallsComplete()))
                .filteredOn(Directive.Run.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Directive.Run.class,
                        run -> assertThat(run.idempotencyKey()).isEqualTo(lost.idempotencyKey()));
    }

    @Test
    void itsLimitMustBePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> code.verify(Duration.ZERO, (value, slots) -> ok()))
                .withMessageContaining("PT0S");
    }

    @Test
    void whatWasRefusedIsNotOfferedInstead() {
        verifiedBy((value, slots) -> alternatives(List.of(value, "desk lamp")))
                .fills(code, "lamp")
                .expectSay("Lamp isn't available. I have desk lamp. Would that work?");
        verifiedBy((value, slots) -> alternatives(List.of(value)))
                .fills(code, "lamp")
                .expectSay("I'm sorry, I can't check the code right now. Which article?")
                .expectStruggle(Signal.NO_MATCH);
    }

    @Test
    void aReasonWithoutAnEndDoesNotRunIntoTheQuestion() {
        verifiedBy((value, slots) -> reject("we are closed then"))
                .fills(code, "lamp")
                .expectSay("we are closed then. Which article?");
    }

    @Test
    void aSearchBeginsWhenItsValueIsVerified() {
        Slot<String> cuisine = freeText("cuisine").ask("Which cuisine?").verify((words, slots) -> ok());
        FlowTest.of(
                        Flow.service(
                                "food",
                                s -> s.goal("Find restaurants")
                                        .task(task(
                                                "find",
                                                Item.class,
                                                t -> t.collect(cuisine)
                                                        .find(
                                                                wish -> List.of(new Item(Map.of("cuisine", "Kos"))),
                                                                cuisine)))),
                        CLOCK)
                .inOneTurn(c -> c.wants("find").fills(cuisine, "greek"))
                .expectSay("I have Kos");
    }
}
