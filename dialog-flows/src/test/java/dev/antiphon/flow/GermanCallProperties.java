package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.faq.FaqEntry;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.PhoneNumber;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens in a German call, the agent says nothing in English. */
class GermanCallProperties {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T09:00:00Z"), ZoneOffset.UTC);

    /** Words of English, and of no German sentence of the engine; see {@link #theWordsAreThoseOfTheEngine}. */
    private static final List<String> ENGLISH = List.of(
            "i was still",
            "without it",
            "look like",
            "the ",
            "i'm",
            " is ",
            "would",
            "shall",
            "you",
            "sorry",
            "what ",
            "goodbye",
            "okay",
            "please",
            "can't",
            "one moment",
            "have ",
            " or ",
            "all right",
            "nothing",
            "it's",
            "that's",
            "couldn't",
            "it must",
            "which",
            "how ",
            "slowly",
            "there",
            "this",
            "i need",
            "i can ",
            "number seems",
            "that doesn",
            " pm",
            "noon",
            "day, november");

    record Table(int guests, LocalDate date, LocalTime time, Optional<String> note, PhoneNumber phone, String name) {}

    private final Slot<Integer> guests =
            partySize("guests", 8).called("Personenzahl").ask("Für wie viele Personen?");
    private final Slot<LocalDate> date =
            date("date").called("Datum").ask("Für welchen Tag?").within(days(30));
    private final Slot<LocalTime> time = time("time")
            .called("Uhrzeit")
            .ask("Um wie viel Uhr?")
            .dependsOn(date)
            .check((at, slots) ->
                    at.getHour() < 18 ? alternatives(List.of(LocalTime.of(18, 0), LocalTime.of(19, 30))) : ok());
    private final Slot<String> note =
            freeText("note", 20).called("Wunsch").ask("Haben Sie einen Wunsch?").optional();
    private final Slot<PhoneNumber> phone =
            phone("phone", "DE").called("Telefonnummer").ask("Unter welcher Nummer erreichen wir Sie?");
    private final Slot<String> name =
            personName("name").called("Name").ask("Auf welchen Namen, bitte?").spellBackIfUnsure();

    private Flow<Table> flow(boolean works) {
        return Flow.named(
                "tisch",
                Table.class,
                f -> f.goal("einen Tisch reservieren")
                        .language(Language.GERMAN)
                        .collect(guests, date, time, note, phone, name)
                        .confirm(t -> say("Ein Tisch am {} um {} für {}. Passt das?", t.date(), t.time(), t.name()))
                        .effect("book", table -> booked(works))
                        .done((table, reference) -> verbatim("Reserviert, Nummer {}.", spelled(reference)))
                        .faq(Faq.of(FaqEntry.entry("Gibt es Parkplätze?").answer("Ja, im Hof.")))
                        .onStuck(noMatch(4), handOver("dem Restaurant")));
    }

    private static String booked(boolean works) {
        if (!works) {
            throw new IllegalStateException("no table was booked");
        }
        return "R7";
    }

    @Provide
    Arbitrary<Consumer<FlowTest>> deeds() {
        return Arbitraries.of(
                call -> call.fills(Map.of("guests", "4")),
                call -> call.fills(Map.of("guests", "12")),
                call -> call.fills(Map.of("guests", "viele")),
                call -> call.fills(Map.of("date", "2026-11-24")),
                call -> call.fills(Map.of("date", "2026-11-25", "time", "19:30")),
                call -> call.fills(Map.of("date", "2026-11-01")),
                call -> call.fills(Map.of("date", "2027-11-01")),
                call -> call.fills(Map.of("time", "15:00")),
                call -> call.fills(Map.of("note", "draußen", "phone", "030 1234567", "name", "Krz")),
                call -> call.fills(Map.of("phone", "030", "name", "1")),
                call -> call.asks("Gibt es Parkplätze?"),
                call -> call.asks("Was ist mein Termin?"),
                call -> call.asks("Wie ist das Wetter?"),
                FlowTest::confirmsYes,
                FlowTest::confirmsNo,
                call -> call.chooses(1),
                FlowTest::wantsAlternatives,
                FlowTest::cancels,
                FlowTest::isUnclear,
                FlowTest::wantsAPerson,
                FlowTest::thanks,
                FlowTest::saysGoodbye,
                call -> call.controls("skip"),
                call -> call.controls("repeat"),
                call -> call.controls("slower"),
                call -> call.isSilent(1),
                call -> call.isSilent(2),
                call -> call.agentSays("Ihr Tisch ist reserviert."));
    }

    @Property(tries = 300)
    void nothingIsSaidInEnglish(@ForAll boolean works, @ForAll("calls") List<Consumer<FlowTest>> deeds) {
        FlowTest call = FlowTest.of(flow(works), CLOCK);
        for (Consumer<FlowTest> deed : deeds) {
            ENGLISH.forEach(call::expectNotSaid);
            deed.accept(call);
        }
        ENGLISH.forEach(call::expectNotSaid);
    }

    @Example
    void theWordsAreThoseOfTheEngine() {
        assertThat(Stream.of(Phrase.values())
                        .map(Phrase::english)
                        .filter(pattern -> pattern.matches("[A-Z].* .* .*[.?!]"))
                        .filter(pattern -> ENGLISH.stream().noneMatch(pattern.toLowerCase(Locale.ROOT)::contains)))
                .isEmpty();
    }

    @Provide
    Arbitrary<List<Consumer<FlowTest>>> calls() {
        return deeds().list().ofMinSize(1).ofMaxSize(25);
    }
}
