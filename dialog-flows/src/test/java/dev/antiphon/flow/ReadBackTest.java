package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.code;
import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.tier.Struggle;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A yes counts only for values that the agent has said, in whatever words. */
class ReadBackTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Visit(String name, LocalDate day, LocalTime time, String code) {}

    private final Slot<String> name = personName("name").ask("Your name?");
    private final Slot<LocalDate> day = date("day").ask("Which day?");
    private final Slot<LocalTime> time = time("time").ask("What time?");
    private final Slot<String> code = code("code", 3).ask("Which code?");

    /** Everything is given; the agent says the read-back in these words. */
    private FlowTest readBackAs(Language language, String words) {
        Flow<Visit> flow = Flow.named(
                "visit",
                Visit.class,
                f -> f.language(language)
                        .goal("Book a visit")
                        .collect(name, day, time, code)
                        .confirm(v -> say("{} {} {} {}. Right?", v.day(), v.time(), v.name(), v.code()))
                        .effect("book", v -> "B1")
                        .done((v, ref) -> say("Booked.")));
        return FlowTest.of(flow, CLOCK)
                .fills(name, "Al Stone", day, "2026-12-04")
                .nextSaidAs(words)
                .fills(time, "10:00", code, "AB1");
    }

    /** The author reads back the name alone. */
    private FlowTest readBackOfTheName() {
        Flow<Visit> flow = Flow.named(
                "visit",
                Visit.class,
                f -> f.goal("Book a visit")
                        .collect(name, day, time, code)
                        .confirm(v -> say("For {}. Shall I book it?", v.name()))
                        .effect("book", v -> "B1")
                        .done((v, ref) -> say("Booked.")));
        return FlowTest.of(flow, CLOCK);
    }

    @Test
    void theReadBackIsWordedOnceInATurn() {
        AtomicInteger worded = new AtomicInteger();
        Flow<Visit> flow = Flow.named(
                "visit",
                Visit.class,
                f -> f.goal("Book a visit")
                        .collect(name, day, time, code)
                        .confirm(v -> {
                            int number = worded.incrementAndGet();
                            return say("{} {}. Read-back {}. Right?", v.name(), v.code(), number);
                        })
                        .effect("book", v -> "B1")
                        .done((v, ref) -> say("Booked.")));
        FlowTest call = FlowTest.of(flow, CLOCK);
        int before = worded.get();
        call.fills(Map.of("name", "Al Stone", "day", "2026-12-04", "time", "10:00", "code", "AB1"))
                .expectSay("Read-back " + (before + 1) + ". Right?");
        assertThat(worded).hasValue(before + 1);
        call.fills(time, "11:00").expectSay("Read-back " + (before + 2) + ". Right?");
        assertThat(worded).hasValue(before + 2);
    }

    @Test
    void whatTheReadBackLeavesOutIsSaidInPassing() {
        readBackOfTheName()
                .fills(Map.of("name", "Al Stone", "day", "2026-12-04", "time", "10:00", "code", "AB1"))
                .expectSay("Okay, Friday, December 4th, 10 AM, code A B 1. For Al Stone. Shall I book it?");
        readBackOfTheName()
                .fills(Map.of("name", "Al Stone", "day", "2026-12-04", "time", "10:00"))
                .fills(code, "AB1")
                .expectSay("Okay, A B 1. For Al Stone. Shall I book it?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "So that's Al, Friday the 4th of December at 10, code AB1, okay?",
                "Al Stone, December fourth at ten in the morning, code A B one. Shall I?",
                "Friday, December 4th 10 AM Al Stone AB1. Right?",
            })
    void otherWordsForTheSameValuesWillDo(String words) {
        readBackAs(Language.ENGLISH, words).confirmsYes().expectEffects(1).expectSay("Booked.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Friday, December 4th at 11 AM for Al Stone, code AB1. Right?",
                "Friday, December 5th at 10 AM for Al Stone, code AB1. Right?",
                "Friday, December 4th at 10 AM for Bob, code AB1. Right?",
                "Okay, shall I book it?",
                "Nice weather today, isn't it?",
                "All right!",
            })
    void aYesToOtherValuesOrToNoneCountsForNothing(String words) {
        readBackAs(Language.ENGLISH, words)
                .expectStruggle(Struggle.Signal.STALLED)
                .confirmsYes()
                .expectEffects(0)
                .expectSay("Friday, December 4th 10 AM Al Stone A B 1. Right?")
                .confirmsYes()
                .expectEffects(1)
                .expectSay("Booked.");
    }

    @Test
    void theSecondTimeItMustBeSaidWordForWord() {
        FlowTest call = readBackAs(Language.ENGLISH, "Shall I book it?").confirmsYes();
        assertThat(call.lastAnswer()).contains("\"verbatim\":true");
    }

    @Test
    void otherWordsWillDoInGermanToo() {
        readBackAs(Language.GERMAN, "Also Al Stone am vierten Dezember um zehn Uhr, Code AB eins?")
                .confirmsYes()
                .expectEffects(1);
        readBackAs(Language.GERMAN, "Also Al Stone am vierten Dezember um elf Uhr, Code AB1?")
                .confirmsYes()
                .expectEffects(0);
    }
}
