package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.*;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.slot.Choosable;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.ToolOutcome;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the engine says by itself is what somebody at a telephone would say. */
class NaturalWordsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T09:00:00Z"), ZoneOffset.UTC);

    enum Service implements Choosable {
        CHECKUP,
        CLEANING;

        @Override
        public String spoken() {
            return spoken(Language.GERMAN);
        }

        @Override
        public String spoken(Language language) {
            return this == CHECKUP ? "eine Kontrolle" : "eine Reinigung";
        }
    }

    record Visit(Service service, LocalDate date, LocalTime time, String name) {}

    private final Slot<Service> service = choice("service", Service.class)
            .called("die Leistung")
            .ask("Möchten Sie eine Kontrolle oder eine Reinigung?");
    private final Slot<LocalDate> date =
            date("date").called("der Tag").ask("An welchem Tag?").within(days(30));
    private final Slot<LocalTime> time =
            time("time").called("die Uhrzeit").ask("Um wie viel Uhr?").dependsOn(date);
    private final Slot<String> name = personName("name").called("der Name").ask("Auf welchen Namen?");

    private FlowTest german() {
        return FlowTest.of(
                Flow.named(
                        "besuch",
                        Visit.class,
                        f -> f.goal("einen Besuch vereinbaren")
                                .language(Language.GERMAN)
                                .collect(service, date, time, name)
                                .confirm(v -> say(
                                        "{} am {} um {} für {}. Richtig?", v.service(), v.date(), v.time(), v.name()))
                                .effect("book", v -> refused(v))
                                .done((v, reference) -> say("Erledigt."))),
                CLOCK);
    }

    private static String refused(Visit visit) {
        return "A1";
    }

    @Test
    void aGermanNameHasItsArticleInTheCaseOfItsSentence() {
        german().fills(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "10:00"))
                .expectSay("Gut, eine Kontrolle, Dienstag, 24. November, 10 Uhr. Auf welchen Namen?")
                .fills(date, "2026-11-25")
                .expectSay(
                        "Gut, dann Mittwoch, 25. November. Wenn wir den Tag ändern, brauche ich auch die Uhrzeit noch"
                                + " einmal. Um wie viel Uhr?")
                .fills(time, "11:00")
                .controls("skip")
                .expectSay("Ohne den Namen geht es leider nicht.");
    }

    @Test
    void aGermanNameStandsWithoutItsArticleBesideItsValue() {
        german().fills(Map.of("service", "CHECKUP", "date", "2026-11-24"))
                .asks("Was haben Sie bisher?")
                .expectSay("Leistung eine Kontrolle und Tag Dienstag, 24. November.");
    }

    @Test
    void choicesAreNamedOnceToWhoeverWasNotUnderstood() {
        german().fills(service, "eine Massage")
                .expectSay("Sie haben die Wahl: eine Kontrolle oder eine Reinigung. Was darf es sein?")
                .expectNotSaid("Möchten Sie");
        german().isSilent(1)
                .expectSay("Sind Sie noch da? Möchten Sie eine Kontrolle oder eine Reinigung?")
                .expectNotSaid("die Wahl");
    }

    record Table(int guests, LocalDate date, String code) {}

    @Test
    void valuesThatBecomeKnownOneAfterTheOtherAreOneSentence() {
        Slot<Integer> guests = partySize("guests", 8).ask("For how many?");
        Slot<LocalDate> day = date("date").ask("Which day?").verify((value, slots) -> ok());
        Slot<String> code = code("code", 4).ask("Which code?").verify((value, slots) -> ok());
        Slot<String> guest = personName("guest").ask("Your name?");
        record Party(int guests, LocalDate date, String code, String guest) {}
        Flow<?> flow = Flow.named(
                "table",
                Party.class,
                f -> f.goal("Reserve a table")
                        .collect(guests, day, code, guest)
                        .confirm(table -> say("{} on {}. Right?", table.guests(), table.date()))
                        .effect("book", table -> "R7")
                        .done((table, reference) -> say("Reserved.")));

        FlowTest.of(flow, CLOCK)
                .effectsSettledByTest()
                .fills(Map.of("guests", 3, "date", "2026-11-27", "code", "A123"))
                .settles(new ToolOutcome.Ok(ok()))
                .settles(new ToolOutcome.Ok(ok()))
                .expectSay("Okay, number of people 3, Friday, November 27th, code A 1 2 3. Your name?");
    }
}
