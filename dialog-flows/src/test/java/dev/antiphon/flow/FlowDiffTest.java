package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.*;
import static dev.antiphon.flow.faq.FaqEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.slot.Slot;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FlowDiffTest {
    record Visit(LocalDate date, LocalTime time) {}

    private final Slot<LocalDate> date = date("date").ask("Which day?").within(days(60));
    private final Slot<LocalTime> time = time("time").ask("What time?").dependsOn(date);
    private final Faq faq = Faq.of(
            entry("Is there parking?").answer("Yes."), entry("Are you open?").answer("Always."));
    private final Flow<?> flow = visit(date, time, shape -> shape);

    private Flow<Visit> visit(Slot<LocalDate> day, Slot<LocalTime> at, UnaryOperator<FlowBuilder<Visit, ?>> further) {
        return Flow.named(
                "visit",
                Visit.class,
                f -> further.apply(f.goal("Arrange a visit")
                        .collect(day, at)
                        .confirm(v -> say("{} at {}. Right?", v.date(), v.time()))
                        .effect(
                                "arrange",
                                v -> "1",
                                e -> e.timeout(seconds(5)).on(IllegalStateException.class, x -> reject(day)))
                        .done((v, reference) -> say("Done."))
                        .faq(faq)
                        .onStuck(noMatch(2), simplify())
                        .onStuck(noMatch(4), handOver("desk"))));
    }

    private static Flow<?> once(Slot<LocalTime> at) {
        return Flow.service(
                "once",
                s -> s.goal("Do it")
                        .task(task(
                                "do",
                                Item.class,
                                t -> t.called("do it").collect(at).effect("work", item -> "1"))));
    }

    private List<String> changesTo(Flow<?> after) {
        return FlowDiff.between(flow, after).changes().stream()
                .map(change -> (change.mattersInFlight() ? "! " : "") + change.sentence())
                .toList();
    }

    @Test
    void theSameSourceHasNoDifferenceAndTheSameVersion() {
        Flow<?> again = visit(date, time, shape -> shape);

        assertThat(FlowDiff.between(flow, again).isEmpty()).isTrue();
        assertThat(again.version()).isEqualTo(flow.version());
        assertThat(FlowDiff.between(flow, again)).hasToString("");
    }

    @Test
    void otherWordsAreNamedWithThoseBeforeAndDoNotMatterInFlight() {
        assertThat(changesTo(visit(date.ask("When?"), time, f -> f.greet("Hi!").goal("Arrange it"))))
                .containsExactly(
                        "The goal: now \"Arrange it\", before \"Arrange a visit\".",
                        "The greeting: now \"Hi!\", before \"Hello! I can help you to arrange a visit.\".",
                        "Slot 'date': the question: now \"When?\", before \"Which day?\".",
                        "Task 'visit': it is called: now \"Arrange it\", before \"Arrange a visit\".");
    }

    @Test
    void whatASlotTakesAndNeedsMattersInFlight() {
        assertThat(changesTo(visit(date.within(days(30)), time.check((at, slots) -> ok()), f -> f)))
                .contains(
                        "! Slot 'date': bounded by: now 30 days, before 60 days.",
                        "! Slot 'time': it has a check: now yes, before no.");
        assertThat(FlowDiff.between(
                                once(time("time").ask("When?")),
                                once(time("time").ask("When?").optional().onlyWhen("it rains", slots -> true)))
                        .changes())
                .contains(
                        new FlowDiff.Change(
                                FlowDiff.Kind.CHANGED,
                                "Slot 'time': only wanted when: now \"it rains\", before nothing.",
                                true),
                        new FlowDiff.Change(
                                FlowDiff.Kind.CHANGED, "Slot 'time': it may be left out: now yes, before no.", true));
        assertThat(changesTo(visit(date, time("time").ask("What time?").sensitive(), f -> f)))
                .containsExactly(
                        "! Slot 'time': depends on: now nothing, before date.",
                        "Slot 'time': it is sensitive: now yes, before no.");
    }

    @Test
    void aSlotOfAnotherNameIsCalledSoAndAnOtherOneIsNew() {
        assertThat(changesTo(visit(
                        date, time("hour").called("hour").ask("What time?").dependsOn(date), f -> f)))
                .containsExactly(
                        "! Slot 'time' is now called 'hour'.",
                        "! Task 'visit': collects: now date, hour, before date, time.");
        assertThat(changesTo(visit(date, time("hour").ask("At what hour?"), f -> f)))
                .contains("! Slot 'time' is gone.", "! Slot 'hour' is new, asked \"At what hour?\".");
    }

    @Test
    void theOrderOfAskingIsTold() {
        record Turned(LocalTime time, LocalDate date) {}
        Flow<?> turned = Flow.named(
                "visit",
                Turned.class,
                f -> f.goal("Arrange a visit")
                        .collect(time, date)
                        .confirm(v -> say("{} at {}. Right?", v.date(), v.time()))
                        .effect(
                                "arrange",
                                v -> "1",
                                e -> e.timeout(seconds(5)).on(IllegalStateException.class, x -> reject(date)))
                        .done((v, reference) -> say("Done."))
                        .faq(faq)
                        .onStuck(noMatch(2), simplify())
                        .onStuck(noMatch(4), handOver("desk")));

        assertThat(changesTo(turned))
                .containsExactly(
                        "Slots are in the order time, date, before date, time.",
                        "! Task 'visit': collects: now time, date, before date, time.");
    }

    @Test
    void effectsLaddersAnswersAndToolsAreCompared() {
        Flow<?> other = Flow.named(
                "visit",
                Visit.class,
                f -> f.goal("Arrange a visit")
                        .collect(date, time)
                        .confirm(v -> say("{} at {}. Right?", v.date(), v.time()))
                        .effect("arrange", v -> "1", e -> e.timeout(seconds(8)).retries(2))
                        .effect("tell", v -> "2")
                        .done((v, reference) -> say("Done."))
                        .faq(Faq.of(
                                        entry("Is there parking?", "Where to park?")
                                                .answer("No."),
                                        entry("Do you take cards?").answer("All."))
                                .withoutChoice())
                        .onStuck(noMatch(3), simplify())
                        .handOver("front desk")
                        .alsoOffers("weather"));

        assertThat(changesTo(other))
                .containsExactly(
                        "Task 'visit': effect 'arrange': timeout: now 8 seconds, before 5 seconds.",
                        "Task 'visit': effect 'arrange': retries: now 2, before 0.",
                        "Task 'visit': effect 'arrange': failures that lead elsewhere: now nothing, before IllegalStateException.",
                        "! Task 'visit': effect 'tell' is new.",
                        "When an FAQ answer is clear: now \"from 0.18 on\", before \"from 0.18 on, by itself from 0.3 on and"
                                + " 0.08 ahead\".",
                        "FAQ 'Are you open?' is gone.",
                        "FAQ 'Is there parking?': the answer: now \"No.\", before \"Yes.\".",
                        "FAQ 'Is there parking?': ways to ask: now Is there parking?, Where to park?, before Is there parking?.",
                        "FAQ 'Do you take cards?' is new, answered \"All.\".",
                        "The repair ladder: now noMatch(3) simplify(), before noMatch(2) simplify(), noMatch(4) handOver(desk).",
                        "Who takes over: now \"front desk\", before \"desk\".",
                        "The model's tools: now fill_slots, confirm, choose, more_alternatives, ask, control, weather, before"
                                + " fill_slots, confirm, choose, more_alternatives, ask, control.");
        assertThat(FlowDiff.between(flow, other).inFlight()).hasSize(1);
        assertThat(FlowDiff.between(flow, other).toString()).contains("! Task 'visit': effect 'tell' is new.\n");
    }

    @Test
    void servicesAreComparedFlowByFlowAndTaskByTask() {
        EveningOut evening = new EveningOut();
        Dialog one = Dialog.of("evening", "Plan an evening", evening.restaurants(), evening.cinema());
        Dialog two =
                Dialog.of("evening", "Plan an evening", evening.restaurants().handOver("desk"));

        assertThat(FlowDiff.between(one, two).changes())
                .extracting(FlowDiff.Change::sentence)
                .contains("Flow 'cinema' is gone.");
        assertThat(FlowDiff.between(one, one).isEmpty()).isTrue();
        assertThat(one.version()).isNotEqualTo(two.version());
    }

    @Test
    void aSnapshotOfBeforeTasksCouldUndoIsRead() {
        DialogSnapshot snapshot = DialogSnapshot.of(Dialog.of(flow));
        String earlier = snapshot.json().replaceAll(",\\s*\"undoes\" : false", "");

        assertThat(earlier).doesNotContain("undoes");
        assertThat(DialogSnapshot.read(earlier)).isEqualTo(snapshot);
    }

    @Test
    void aSnapshotComesBackFromItsText() {
        EveningOut evening = new EveningOut();
        Dialog dialog = Dialog.of("evening", "Plan an evening", evening.restaurants(), evening.cinema());
        DialogSnapshot snapshot = DialogSnapshot.of(dialog);

        assertThat(DialogSnapshot.read(snapshot.json())).isEqualTo(snapshot);
        assertThat(snapshot.json()).contains("\"version\" : \"" + dialog.version() + "\"");
        assertThat(DialogSnapshot.read(DialogSnapshot.of(Dialog.of(flow)).json())
                        .version())
                .isEqualTo(flow.version());
    }

    @Test
    void whatIsNoSnapshotIsRefused() {
        assertThatThrownBy(() -> DialogSnapshot.read("no"))
                .hasMessage(
                        "a snapshot must be what 'flow show --format json' wrote, but is no JSON at line 1, column 1");
        assertThatThrownBy(() -> DialogSnapshot.read(" "))
                .hasMessage("a snapshot must be what 'flow show --format json' wrote, but is empty");
        assertThatThrownBy(() -> DialogSnapshot.read("{\"format\":1}"))
                .hasMessageStartingWith("a snapshot must be what 'flow show --format json' wrote, but does not fit")
                .hasMessageNotContainingAny("Source:", "REDACTED", "tools.jackson");
        assertThatThrownBy(() -> DialogSnapshot.read("{\"format\":1,\"dialog\":{\"name\":[]}}"))
                .hasMessageContaining("does not fit at line 1")
                .hasMessageContaining("in 'dialog")
                .hasMessageNotContainingAny("Source:", "REDACTED", "tools.jackson");
        String other = DialogSnapshot.of(Dialog.of(flow)).json().replace("\"format\" : 1", "\"format\" : 9");
        assertThatThrownBy(() -> DialogSnapshot.read(other)).hasMessageContaining("must have format 1, but has 9");
    }

    @Test
    void theBoundsOfATimeAreToldInWords() {
        record At(LocalTime time) {}
        Function<Integer, Flow<At>> from = hour -> Flow.named(
                "at",
                At.class,
                f -> f.goal("Take a time")
                        .collect(time("time", LocalTime.of(hour, 0), LocalTime.of(17, 0))
                                .ask("When?"))
                        .done((at, none) -> say("Ok.")));

        assertThat(FlowDiff.between(from.apply(9), from.apply(10)).changes())
                .extracting(FlowDiff.Change::sentence)
                .contains("Slot 'time': the earliest: now \"10:00\", before \"09:00\".");
    }
}
