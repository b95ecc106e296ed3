package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.alternatives;
import static dev.antiphon.flow.dsl.FlowDsl.choice;
import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.escalate;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.handOver;
import static dev.antiphon.flow.dsl.FlowDsl.noMatch;
import static dev.antiphon.flow.dsl.FlowDsl.option;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.time;
import static dev.antiphon.flow.faq.FaqEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.slot.Slot;
import java.io.StringReader;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** A flow as data: its steps, drawings and hash, and what makes it be rejected. */
class FlowModelTest {
    record One(String name) {}

    record Visit(LocalDate date, LocalTime time) {}

    private static final Slot<String> NAME = personName("name").ask("Your name?");

    private final Flow<ReferenceBooking.Booking> booking =
            new ReferenceBooking(new Calendar(), Faq.of(entry("Parking?").answer("Yes."))).flow;

    private static <R> List<String> findings(
            Class<R> result, Function<FlowBuilder<R, Object>, FlowBuilder<R, ?>> shape) {
        FlowRejected rejected = catchThrowableOfType(FlowRejected.class, () -> Flow.named("broken", result, shape));
        assertThat(rejected).as("the flow is rejected").isNotNull();
        assertThat(rejected).hasMessageStartingWith("flow 'broken' is rejected:");
        return rejected.findings();
    }

    private static FlowBuilder<One, ?> complete(FlowBuilder<One, Object> f) {
        return f.goal("Take a name")
                .collect(NAME)
                .confirm(one -> say("{}, right?", one.name()))
                .effect("store", One::name)
                .done((one, stored) -> say("Stored."));
    }

    @Test
    void theStepsAreTheSlotsTheConfirmationTheEffectAndTheEnds() {
        assertThat(booking.steps())
                .extracting(Step::id)
                .containsExactly(
                        "start", "service", "date", "time", "name", "phone", "confirm", "book", "done", "hand_over");
    }

    @Test
    void mermaidShowsEveryStep() {
        assertThat(booking.mermaid())
                .startsWith("flowchart TD")
                .contains("s_confirm{\"read back, yes?\"}", "s_book[[\"book\"]]", "s_confirm -->|yes| s_book");
        booking.steps().forEach(step -> assertThat(booking.mermaid()).contains("s_" + step.id()));
    }

    @Test
    void theDrawingIsWellFormedAndEveryStepHasItsId() throws Exception {
        String svg = booking.svg();
        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        booking.steps().forEach(step -> assertThat(svg).contains("id=\"step-" + step.id() + "\""));
    }

    @Test
    void theVersionChangesWithAnyWordAndOnlyThen() {
        Flow<One> flow = Flow.named("one", One.class, FlowModelTest::complete);
        assertThat(flow.version()).matches("[0-9a-f]{12}");
        assertThat(Flow.named("one", One.class, FlowModelTest::complete).version())
                .isEqualTo(flow.version());
        assertThat(Flow.named("one", One.class, f -> complete(f).greet("Hi.")).version())
                .isNotEqualTo(flow.version());
    }

    @Test
    void theToolsAreFewAndTheirSchemasHoldWhatAModelNeeds() {
        assertThat(FlowTools.names(booking))
                .containsExactly("fill_slots", "confirm", "choose", "more_alternatives", "ask", "control");
        assertThat(FlowTools.of(booking).getFirst().parameters().text())
                .contains("\"enum\":[\"CHECKUP\",\"CLEANING\",\"WHITENING\"]")
                .contains("\"CHECKUP\":[\"checkup\",\"check-up\",\"routine visit\"]")
                .contains("\"format\":\"date\"", "\"format\":\"time\"", "\"format\":\"phone\"");
    }

    @Test
    void aSlotWithoutAPromptIsRejected() {
        Slot<String> mute = personName("name");
        assertThat(findings(One.class, f -> f.goal("x").collect(mute).done((one, none) -> say("Ok."))))
                .containsExactly("slot-without-prompt: slot 'name' must have ask(...), but has no question");
    }

    @Test
    void aWordForTwoOptionsIsRejected() {
        Slot<String> drink = choice("name", String.class, option("tea", "hot"), option("soup", "hot"))
                .ask("What?");
        assertThat(findings(One.class, f -> f.goal("x").collect(drink).done((one, none) -> say("Ok."))))
                .anyMatch(finding -> finding.startsWith("ambiguous-option") && finding.endsWith("[hot]"));
    }

    @Test
    void anEffectWithoutAConfirmationIsRejected() {
        assertThat(findings(
                        One.class,
                        f -> f.goal("x")
                                .collect(NAME)
                                .effect("store", One::name)
                                .done((one, stored) -> say("Ok."))))
                .containsExactly(
                        "effect-without-confirmation: effect 'store' must come after confirm(...), but nothing is confirmed");
    }

    @Test
    void aDependencyCycleIsRejected() {
        Slot<LocalTime> inner = time("time").ask("When?");
        Slot<LocalDate> day = date("date").ask("Which day?").dependsOn(inner);
        Slot<LocalTime> outer = inner.dependsOn(day);
        assertThat(findings(Visit.class, f -> f.goal("x").collect(day, outer).done((v, none) -> say("Ok."))))
                .anyMatch(finding -> finding.startsWith("dependency-cycle: slot 'date' depends on itself"));
    }

    @Test
    void aStepThatCannotBeReachedIsRejected() {
        Slot<String> needy = NAME.dependsOn(date("date"));
        assertThat(findings(One.class, f -> f.goal("x").collect(needy).done((one, none) -> say("Ok."))))
                .anyMatch(finding -> finding.startsWith("unreachable-step: slot 'name' depends on 'date'"));
        assertThat(findings(
                        One.class,
                        f -> complete(f).onStuck(noMatch(2), handOver("desk")).onStuck(noMatch(4), escalate())))
                .anyMatch(finding -> finding.equals("unreachable-step: onStuck(noMatch(4), escalate()) is never reached"
                        + " after onStuck(noMatch(2), handOver(\"desk\"))"));
    }

    @Test
    void slotsOfTheSameNameAreRejected() {
        record Two(String a, String b) {}
        assertThat(findings(Two.class, f -> f.goal("x").collect(NAME, NAME).done((two, none) -> say("Ok."))))
                .contains("duplicate-slot: slot names must be unique, but 'name' occurs twice");
    }

    @Test
    void tooManyToolsAreRejected() {
        assertThat(findings(One.class, f -> complete(f).alsoOffers("a", "b", "c", "d", "e", "f", "g")))
                .anyMatch(finding ->
                        finding.startsWith("too-many-tools: a model may be offered at most 12 tools, but gets 13"));
    }

    @Test
    void aPromptTooLongToBeHeardIsRejected() {
        Slot<String> wordy = NAME.ask("Name? ".repeat(60));
        assertThat(findings(One.class, f -> f.goal("x").collect(wordy).done((one, none) -> say("Ok."))))
                .anyMatch(finding -> finding.startsWith("prompt-too-long") && finding.endsWith("has 360"));
    }

    @Test
    void aResultThatDoesNotFitItsSlotsIsRejected() {
        assertThat(findings(Visit.class, f -> f.goal("x").collect(NAME, NAME).done((v, none) -> say("Ok."))))
                .contains("result-mismatch: component 'date' is a LocalDate, but slot 'name' gives String");
    }

    @Test
    void aHorizonBeforeTodayIsRejected() {
        record Day(LocalDate date) {}
        Slot<LocalDate> past = date("date").ask("Which day?").within(Period.ofDays(-3));
        assertThat(findings(Day.class, f -> f.goal("x").collect(past).done((day, none) -> say("Ok."))))
                .containsExactly(
                        "no-day-possible: within(...) of slot 'date' must end today or later, but -3 days is before"
                                + " today, so that no day is possible");
        Slot<LocalDate> today = past.within(Period.ZERO);
        assertThat(Flow.named(
                        "today", Day.class, f -> f.goal("x").collect(today).done((day, none) -> say("Ok."))))
                .isNotNull();
    }

    @Test
    void aPersonaThatIsTooLongIsRejected() {
        assertThat(findings(One.class, f -> complete(f).persona("x".repeat(450_000))))
                .singleElement()
                .asString()
                .startsWith("prompt-too-long: a persona must have at most 8000 characters")
                .contains("has 450000");
        assertThat(Flow.named("long", One.class, f -> complete(f).persona("x".repeat(8_000))))
                .isNotNull();
    }

    @Test
    void wordsThatDoNotFitTheirValuesAreRejected() {
        assertThat(findings(One.class, f -> complete(f).confirm(one -> say("{} {} ok?", one.name()))))
                .containsExactly(
                        "wording: task 'broken': say(...) in confirm(...) must have as many values as gaps {}: a"
                                + " template needs one value a gap, but '{} {} ok?' has 1 value");
        assertThat(findings(One.class, f -> complete(f).done((one, stored) -> say("{} as {}.", stored))))
                .containsExactly("wording: task 'broken': say(...) in done(...) must have as many values as gaps {}: a"
                        + " template needs one value a gap, but '{} as {}.' has 1 value");
        assertThat(findings(
                        One.class,
                        f -> f.goal("x")
                                .collect(NAME)
                                .confirm(one -> say("{}?", one.name()))
                                .effect("count", one -> one.name().length())
                                .done((one, count) -> say("{}.", count + 1, one.name()))))
                .singleElement()
                .asString()
                .contains("in done(...)", "'{}.' has 1 gap for 2 values");
    }

    @Test
    @SuppressWarnings("NullAway") // what must not be null is
    void noWordsAreRejected() {
        assertThat(findings(One.class, f -> complete(f).confirm(one -> null)))
                .containsExactly(
                        "wording: task 'broken': confirm(...) must give words, for example say(\"...\"), but gives"
                                + " null");
        assertThat(findings(One.class, f -> complete(f).done((one, stored) -> null)))
                .containsExactly(
                        "wording: task 'broken': done(...) must give words, for example say(\"...\"), but gives null");
    }

    @Test
    void blankWordsAreRejected() {
        for (String blank : List.of("", "  ")) {
            assertThat(findings(One.class, f -> complete(f).confirm(one -> say(blank))))
                    .containsExactly(
                            "wording: task 'broken': confirm(...) must give words, for example say(\"...\"), but gives"
                                    + " blank ones");
            assertThat(findings(One.class, f -> complete(f).done((one, stored) -> Utterance.of(blank, true))))
                    .containsExactly(
                            "wording: task 'broken': done(...) must give words, for example say(\"...\"), but gives"
                                    + " blank ones");
        }
    }

    @Test
    void wordsThatAreBlankForSomeValuesOnlyAreNotRejected() {
        assertThat(Flow.named(
                        "some",
                        One.class,
                        f -> complete(f).done((one, stored) -> say(one.name().startsWith("Q") ? "" : "Stored."))))
                .isNotNull();
    }

    @Test
    @SuppressWarnings("NullAway") // what must not be null is
    void wordsThatNeedRealValuesAreNotRejected() {
        Map<String, String> known = Map.of("Ana", "A1");
        assertThat(Flow.named(
                        "real",
                        One.class,
                        f -> complete(f)
                                .confirm(one -> say("{}?", known.get(one.name())))
                                .done((one, stored) -> {
                                    throw new IllegalArgumentException("only for real calls");
                                })))
                .isNotNull();
    }

    @Test
    void everyBrokenRuleIsListedAtOnce() {
        assertThat(findings(One.class, f -> f.collect(freeText("text")))).hasSizeGreaterThanOrEqualTo(3);
        assertThat(alternatives(List.of(1)).options()).containsExactly(1);
    }
}
