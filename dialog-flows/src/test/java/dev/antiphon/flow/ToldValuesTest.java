package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** How values sound in the sentences that tell them. */
class ToldValuesTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Stay(LocalDate arrival, LocalDate departure, Integer guests, Boolean dog, String note) {}

    private final Slot<LocalDate> arrival = date("arrival").ask("From which day?");
    private final Slot<LocalDate> departure = date("departure").ask("Until which day?");
    private final Slot<Integer> guests = number("guests", 1, 9).ask("How many?");
    private final Slot<Boolean> dog = yesNo("dog").ask("With a dog?");
    private final Slot<String> note = freeText("note").ask("Anything else to note?");

    private FlowTest stay(Language language) {
        return FlowTest.of(
                Flow.named(
                        "stay",
                        Stay.class,
                        f -> f.goal("Book a stay")
                                .language(language)
                                .collect(arrival, departure, guests, dog, note)
                                .confirm(stay -> say("{} guests, {}. Right?", stay.guests(), stay.note()))
                                .done((stay, nothing) -> say("Your note was: {}.", stay.note()))),
                CLOCK);
    }

    @Test
    void oneValueIsToldAlone() {
        stay(Language.ENGLISH).fills(guests, 3).expectSay("Okay, 3. From which day?");
    }

    @Test
    void amongSeveralWhatDoesNotTellByItselfHasItsName() {
        stay(Language.ENGLISH)
                .fills(arrival, "2026-12-04", guests, 3)
                .expectSay("Okay, Friday, December 4th, guests 3. Until which day?")
                .fills(dog, true)
                .expectSay("Okay, yes. Until which day?");
        stay(Language.ENGLISH)
                .fills(arrival, "2026-12-04", departure, "2026-12-06")
                .expectSay("Okay, arrival Friday, December 4th, departure Sunday, December 6th. How many?");
        stay(Language.GERMAN).fills(arrival, "2026-12-04", dog, true).expectSay("Gut, Freitag, 4. Dezember, dog ja.");
    }

    private FlowTest door(String readBack, Slot<String> pin) {
        record Door(String pin) {}
        return FlowTest.of(
                Flow.named(
                        "door",
                        Door.class,
                        f -> f.goal("Open the door")
                                .collect(pin)
                                .confirm(door -> say(readBack, door.pin()))
                                .effect("open", door -> "D1")
                                .done((door, id) -> say("Open."))),
                CLOCK);
    }

    @Test
    void whatIsReadBackWordForWordIsNotToldBesides() {
        Slot<String> pin = digits("pin", 4).ask("Which PIN?");
        door("Your PIN is {}. Right?", pin)
                .fills(pin, "4711")
                .expectSay("Your PIN is 4 7 1 1. Right?")
                .expectNotSaid("Okay");
        FlowTest.of(
                        Flow.service(
                                "door",
                                s -> s.goal("Open the door")
                                        .task(task(
                                                "open",
                                                Item.class,
                                                t -> t.collect(pin).effect("open", door -> "D1")))),
                        CLOCK)
                .inOneTurn(c -> c.wants("open").fills(pin, "4711"))
                .expectSay("The pin is 4 7 1 1. Is that right?")
                .expectNotSaid("Okay");
    }

    @Test
    void whatIsReadBackInOtherWordsIsTold() {
        Slot<String> pin = digits("pin", 4).ask("Which PIN?");
        door("Code {}. Right?", pin.verify((code, slots) -> ok()))
                .fills(pin, "4711")
                .expectNotSaid("Okay");
        Flow<?> masked = Flow.named(
                "door",
                Item.class,
                f -> f.goal("Open the door")
                        .collect(pin)
                        .confirm(door -> say("A PIN that ends in 1. Right?"))
                        .effect("open", door -> "D1")
                        .done((door, id) -> say("Open.")));
        FlowTest.of(masked, CLOCK).fills(pin, "4711").expectSay("Okay, 4 7 1 1. A PIN that ends in 1. Right?");
        FlowTest.of(masked, CLOCK)
                .fills(pin, "4711")
                .fills(pin, "4712")
                .expectSay("4 7 1 2 instead. A PIN that ends in 1. Right?");
    }

    @Test
    void severalCallsOfOneTurnAreToldInOneSentence() {
        stay(Language.ENGLISH)
                .inOneTurn(caller -> caller.fills(arrival, "2026-12-04").fills(guests, 3))
                .expectSay("Okay, Friday, December 4th, guests 3. Until which day?");
    }

    @Test
    void wordsThatEndWithAFullStopGetNoSecondOne() {
        stay(Language.ENGLISH)
                .fills(note, "We come late.")
                .expectSay("Okay, We come late. From which day?")
                .fills(arrival, "2026-12-04", departure, "2026-12-06")
                .fills(guests, 3, dog, false)
                .expectSay("3 guests, We come late. Right?")
                .confirmsYes()
                .expectSay("Your note was: We come late.")
                .expectNotSaid("..");
        assertThat(Language.ENGLISH.text(Phrase.ACKNOWLEDGED, "values", "Friday…"))
                .isEqualTo("Okay, Friday.");
    }

    @Test
    void aLengthThatIsOfferedInsteadHasItsName() {
        Slot<Duration> length =
                duration("length", hours(1), hours(90)).called("length of stay").ask("How long?");
        Flow<?> flow = Flow.service(
                "rooms",
                s -> s.goal("Book a room")
                        .task(task(
                                "book",
                                Room.class,
                                t -> t.called("book a room")
                                        .collect(length)
                                        .confirm(room -> say("{}. Shall I book it?", room.length()))
                                        .<String>attempt(
                                                "book_it",
                                                room -> instead(Item.of(i -> i.with(length, Duration.ofDays(1))))))));
        FlowTest.of(flow, CLOCK)
                .wants("book")
                .fills(length, "P2D")
                .confirmsYes()
                .expectSay("but I have length of stay 1 day. Shall I take that?");
    }

    record Room(Duration length) {}

    @Test
    void germanNamesStandInTheCaseOfTheirSentenceAndMayLackTheirArticle() {
        assertThat(Language.GERMAN.text(Phrase.CANNOT_CHANGE, "label", "der Tag und die Uhrzeit"))
                .isEqualTo(
                        "Leider kann ich den Tag und die Uhrzeit nicht mehr ändern, weil ein Teil davon schon erledigt"
                                + " ist.");
        assertThat(Language.GERMAN.text(Phrase.NEEDED, "label", "der Name der Mutter"))
                .isEqualTo("Ohne den Namen der Mutter geht es leider nicht.");
        assertThat(Language.GERMAN.text(Phrase.NEEDED, "label", "Uhrzeit"))
                .isEqualTo("Ohne Uhrzeit geht es leider nicht.");
        assertThat(Language.GERMAN.text(Phrase.WHICH_INSTEAD, "label", "der Tag"))
                .isEqualTo("Was soll ich stattdessen als Tag nehmen?");
        assertThat(Language.GERMAN.text(Phrase.WHICH_TO_CHANGE, "labels", "der Tag, das Hotel oder der Ort"))
                .isEqualTo("Was möchten Sie ändern: den Tag, das Hotel oder den Ort?");
        assertThat(Language.ENGLISH.text(Phrase.NEEDED, "label", "die number"))
                .isEqualTo("I'm afraid I need the die number.");
    }

    @Test
    void aNameInACaseMayStandBesideAPlural() {
        assertThat(Language.GERMAN.text(Phrase.IDENTIFIER_DIGITS, "label", "die Kundennummer", "digits", 6, "count", 1))
                .isEqualTo(
                        "Das passt nicht als Kundennummer: Es müssen 6 Ziffern sein, verstanden habe ich 1 Zeichen.");
    }
}
