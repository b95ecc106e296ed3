package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Slots whose values are good only for those of others. */
class DependentSlotsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Visit(Optional<String> doctor, LocalDate date, LocalTime time) {}

    static final class Full extends Exception {}

    private final Slot<String> doctor =
            choice("doctor", List.of("Lee", "Wu")).ask("Which doctor?").optional();
    private final Slot<LocalDate> date = date("date").ask("Which day?");

    private Flow<Visit> flow(Slot<String> first, Slot<LocalTime> time) {
        return Flow.named(
                "visit",
                Visit.class,
                f -> f.goal("Book a visit")
                        .collect(first, date, time)
                        .confirm(v -> say("{}, {} at {}. Right?", v.doctor(), v.date(), v.time()))
                        .effect(
                                "book",
                                v -> {
                                    throw new Full();
                                },
                                e -> e.on(Full.class, full -> reject(date)))
                        .done((v, none) -> say("Done.")));
    }

    private Slot<LocalTime> byDay(Slot<?>... needed) {
        return time("time")
                .ask("What time?")
                .dependsOn(needed)
                .check((t, s) -> t.getHour() < 9 ? reject("We are closed then.") : ok());
    }

    @Test
    void aSlotThatDependsOnASkippedOneIsCheckedAllTheSame() {
        FlowTest.of(flow(doctor, byDay(doctor, date)), CLOCK)
                .fills(date, "2026-11-24", byDay(date), "03:00")
                .expectSay("Which doctor?")
                .controls("skip")
                .expectSay("We are closed then.")
                .expectSay("What time?")
                .expectOpen(byDay(date));
    }

    @Test
    void aSlotThatDependsOnOneThatIsNeverAskedIsChecked() {
        Slot<String> silent = choice("doctor", List.of("Lee", "Wu")).optional();
        Slot<LocalTime> time = byDay(silent, date);
        FlowTest.of(flow(silent, time), CLOCK)
                .fills(date, "2026-11-24", time, "03:00")
                .expectSay("We are closed then.")
                .expectOpen(time);
    }

    @Test
    void aValueGivenLaterToASkippedSlotHasItsDependentsCheckedAgain() {
        Slot<LocalTime> time = time("time")
                .ask("What time?")
                .dependsOn(doctor, date)
                .check((t, s) -> s.find(doctor).isPresent() ? reject("Dr. Lee is away then.") : ok());
        FlowTest.of(flow(doctor, time), CLOCK)
                .controls("skip")
                .fills(date, "2026-11-24", time, "15:00")
                .expectSay("Right?")
                .fills(doctor, "Lee")
                .expectSay("Dr. Lee is away then.")
                .expectOpen(time);
    }

    @Test
    void anEffectThatRefusesASlotOpensWhatDependsOnItToo() {
        Slot<LocalTime> time = byDay(date);
        FlowTest.of(flow(doctor, time), CLOCK)
                .controls("skip")
                .fills(date, "2026-11-24", time, "15:00")
                .confirmsYes()
                .expectSay("no longer available")
                .expectSay("I need the time again")
                .expectOpen(date)
                .expectOpen(time);
    }

    @Test
    void aDayWithNothingLeftAsksForAnotherDay() {
        Slot<LocalTime> time = time("time")
                .ask("What time?")
                .dependsOn(date)
                .check((t, s) -> s.get(date).equals(LocalDate.of(2026, 11, 24)) ? alternatives(List.of()) : ok());
        FlowTest.of(flow(doctor, time), CLOCK)
                .controls("skip")
                .fills(date, "2026-11-24", time, "15:00")
                .expectSay("There is nothing left for Tuesday, November 24th, but another date may do. Which day?")
                .expectOpen(date)
                .fills(date, "2026-11-25", time, "15:00")
                .expectSay("Right?");
    }

    @Test
    void anAuthorsValueThatCannotBeReadAgainIsNotKept() {
        record Person(String name) {}
        Slot<String> odd = personName("name").ask("Your name?").check((n, s) -> ok(n + " (customer 12)"));
        Flow<Person> flow = Flow.named(
                "person",
                Person.class,
                f -> f.goal("Find a customer").collect(odd).done((p, none) -> say("Hello.")));
        FlowTest.of(flow, CLOCK)
                .fills(odd, "Ana Smith")
                .expectSay("I can't check the name right now")
                .expectOpen(odd);
    }

    @Test
    void anOptionThatIsNoValueOfItsSlotIsNotOffered() {
        record Party(int size) {}
        Slot<Integer> size =
                number("size", 1, 10).ask("How many?").check((n, s) -> n == 10 ? alternatives(List.of(11, 9)) : ok());
        Flow<Party> flow = Flow.named(
                "party", Party.class, f -> f.goal("Count").collect(size).done((p, none) -> say("Fine.")));
        FlowTest call = FlowTest.of(flow, CLOCK)
                .fills(size, "10")
                .expectSay("I have 9.")
                .expectNotSaid("11");
        assertThat(call.chooses(1).said()).contains("Fine.");
    }

    @Test
    void noDayBeyondTheCalendarIsTaken() {
        Slot<LocalTime> time = byDay(date);
        FlowTest.of(flow(doctor, time), CLOCK)
                .controls("skip")
                .fills(date, "1/1/+12345")
                .expectSay("couldn't make out the day")
                .expectOpen(date);
    }
}
