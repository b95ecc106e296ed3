package dev.antiphon.benchmarks;

import static dev.antiphon.flow.dsl.FlowDsl.alternatives;
import static dev.antiphon.flow.dsl.FlowDsl.choice;
import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.phone;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.spelled;
import static dev.antiphon.flow.dsl.FlowDsl.time;
import static dev.antiphon.flow.dsl.FlowDsl.verbatim;

import dev.antiphon.flow.DialogueAct;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowEffect;
import dev.antiphon.flow.FlowEvent;
import dev.antiphon.flow.FlowMachine;
import dev.antiphon.flow.FlowState;
import dev.antiphon.flow.Transition;
import dev.antiphon.flow.slot.PhoneNumber;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one step of the flow machine cost, on a booking of five slots with a calendar in memory?
 *
 * <p>{@code ./antiphon bench jmh Flow -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FlowBenchmark {
    private static final ZonedDateTime FRIDAY = ZonedDateTime.parse("2026-11-20T10:00:00+01:00[Europe/Berlin]");
    private static final LocalTime TAKEN = LocalTime.of(15, 0);

    enum Service {
        CHECKUP,
        CLEANING
    }

    record Visit(Service service, LocalDate date, LocalTime time, String name, PhoneNumber phone) {}

    private final FlowMachine machine = new FlowMachine(booking());
    private final FlowState begun =
            machine.step(FlowState.initial(), new FlowEvent.Started()).next();
    private final FlowEvent oneValue = informed(Map.of("service", "CHECKUP"));
    private final FlowEvent allValues = informed(values("14:30"));
    private final FlowEvent takenTime = informed(values("15:00"));
    private final Transition readBack = machine.step(begun, allValues);
    private final FlowState heard = machine.step(
                    readBack.next(),
                    new FlowEvent.AgentSpoke(readBack.next().repair().lastSaid().text(), true))
            .next();
    private final FlowEvent yes = acted(new DialogueAct.Affirm(revisionOf(readBack)));

    /** The caller gives the first of five values and is asked for the next. */
    @Benchmark
    public Transition fillOneSlot() {
        return machine.step(begun, oneValue);
    }

    /** The caller gives all five values at once and hears them read back. */
    @Benchmark
    public Transition fillFiveSlots() {
        return machine.step(begun, allValues);
    }

    /** The wanted time is taken: three others are offered. */
    @Benchmark
    public Transition offerAlternatives() {
        return machine.step(begun, takenTime);
    }

    /** The caller says yes, and the effect is to be run. */
    @Benchmark
    public Transition confirm() {
        return machine.step(heard, yes);
    }

    private static Flow<Visit> booking() {
        var service = choice("service", Service.class).ask("Which service would you like?");
        var date = date("date").ask("Which day suits you?");
        var time = time("time")
                .ask("What time?")
                .dependsOn(service, date)
                .check((at, slots) -> at.equals(TAKEN) ? alternatives(around(at)) : ok());
        var name = personName("name").ask("May I have your name?");
        var phone = phone("phone", "US").ask("And a phone number?").sensitive();
        return Flow.named(
                "book-visit",
                Visit.class,
                f -> f.goal("Book one visit")
                        .collect(service, date, time, name, phone)
                        .confirm(v -> say(
                                "{} on {} at {} for {}. Shall I book it?", v.service(), v.date(), v.time(), v.name()))
                        .effect("book", visit -> "A7", e -> e)
                        .done((v, reference) -> verbatim("You're booked: {}.", spelled(reference))));
    }

    private static List<LocalTime> around(LocalTime at) {
        return List.of(at.minusMinutes(30), at.plusMinutes(30), at.plusMinutes(60));
    }

    private static Map<String, String> values(String time) {
        return Map.of(
                "service", "CLEANING",
                "date", "2026-11-24",
                "time", time,
                "name", "Ana Smith",
                "phone", "202 555 0147");
    }

    private static FlowEvent informed(Map<String, String> values) {
        return acted(new DialogueAct.Inform(values));
    }

    private static FlowEvent acted(DialogueAct act) {
        return FlowEvent.CallerTurn.of("call_1", act, FRIDAY);
    }

    private static int revisionOf(Transition readBack) {
        return readBack.effects().stream()
                .filter(FlowEffect.Answer.class::isInstance)
                .map(FlowEffect.Answer.class::cast)
                .findFirst()
                .orElseThrow()
                .reply()
                .confirmRevision()
                .orElseThrow();
    }
}
