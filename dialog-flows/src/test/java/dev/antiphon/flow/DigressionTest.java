package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Another flow, or another one of the same, in the middle of one: what was open goes on by itself afterwards. */
class DigressionTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    private final EveningOut evening = new EveningOut();

    private FlowTest tableReserved() {
        return FlowTest.of(evening.both(), CLOCK)
                .wants("restaurants.reserve")
                .fills(evening.restaurant, "Kos", evening.time, "19:00")
                .confirmsYes()
                .expectSay("Reserved at Kos.");
    }

    @Test
    void aValueOfWhatIsDoneIsRefusedAndTheOpenQuestionAskedAgain() {
        tableReserved()
                .wants("cinema.buy")
                .expectSay("Which film?")
                .fills(evening.restaurant, "Lotus")
                .expectSay("The restaurant can't be changed any more: that is already done. So, the film?")
                .expectNotSaid("anything else")
                .fills(evening.film, "Heat")
                .expectSay("What time?")
                .fills(evening.time, "21:00")
                .expectSay("Is that right?")
                .fills(evening.restaurant, "Lotus")
                .expectSay("that is already done. The film is Heat. The time is 9 PM. Is that right?")
                .confirmsYes()
                .expectSay("You have the ticket.")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void aQuestionAboutWhatIsDoneIsAnsweredAndTheOpenOneAskedAgain() {
        tableReserved()
                .wants("cinema.buy")
                .fills(evening.film, "Heat")
                .expectSay("What time?")
                .fills(Map.of("flow", "restaurants", "restaurant", "Kos"))
                .expectSay("So, what time?")
                .fills(evening.time, "21:00")
                .expectSay("Is that right?");
    }

    @Test
    void whatWasBegunBeforeAnotherFlowGoesOnWhenThatIsDone() {
        FlowTest.of(evening.both(), CLOCK)
                .wants("cinema.buy")
                .fills(evening.film, "Heat")
                .expectSay("What time?")
                .wants("restaurants.reserve")
                .fills(evening.restaurant, "Kos", evening.time, "19:00")
                .confirmsYes()
                .expectSay("Reserved at Kos. So, what time?")
                .expectNotSaid("anything else")
                .fills(evening.time, "21:00")
                .expectSay("The film is Heat. The time is 9 PM. Is that right?")
                .confirmsYes()
                .expectSay("You have the ticket.")
                .expectEveryCallAnsweredOnce();
        assertThat(evening.booked).hasSize(2);
    }

    @Test
    void whatWasReadBackIsReadBackAgain() {
        FlowTest call = FlowTest.of(evening.both(), CLOCK)
                .wants("cinema.buy")
                .fills(evening.film, "Heat", evening.time, "21:00")
                .expectSay("Is that right?");
        int stale = call.confirmRevision();
        call.wants("restaurants.reserve")
                .fills(evening.restaurant, "Kos", evening.time, "19:00")
                .confirmsYes()
                .expectSay("Reserved at Kos. The film is Heat. The time is 9 PM. Is that right?")
                .confirmsYes()
                .expectSay("You have the ticket.");
        assertThat(stale).isPositive();
        assertThat(evening.booked).hasSize(2);
    }

    @Test
    void theFirstOfTwoGoesOnWithItsOwnValuesWhenTheSecondIsDone() {
        FlowTest.of(Dialog.of(evening.restaurants()), CLOCK)
                .wants("reserve")
                .fills(evening.restaurant, "Kos")
                .expectSay("What time?")
                .wantsAnother("reserve")
                .expectSay("Which restaurant?")
                .fills(evening.restaurant, "Lotus", evening.time, "12:00")
                .confirmsYes()
                .expectSay("Reserved at Lotus. So, what time?")
                .fills(evening.time, "20:00")
                .expectSay("Kos at 8 PM for 2. Shall I reserve it?")
                .confirmsYes()
                .expectSay("Reserved at Kos.")
                .expectEveryCallAnsweredOnce();
        assertThat(evening.booked)
                .containsExactly(
                        new EveningOut.Table("Lotus", LocalTime.of(12, 0), 2),
                        new EveningOut.Table("Kos", LocalTime.of(20, 0), 2));
    }

    @Test
    void whoCancelsASecondOneHearsThatTheFirstStands() {
        tableReserved()
                .wantsAnother("restaurants.reserve")
                .fills(evening.restaurant, "Lotus")
                .cancels()
                .expectSay("All right, I won't reserve a table this time. What is already done stays as it is.")
                .expectSay("Is there anything else?");
    }

    /** Other flows and other tables in the middle of each other: all that was begun is done in the end, each with its own values. */
    @Property(tries = 200)
    void everyDigressionReturns(@ForAll @Size(max = 6) List<@IntRange(max = 2) Integer> digressions) {
        EveningOut out = new EveningOut();
        FlowTest call =
                FlowTest.of(out.both(), CLOCK).wants("restaurants.reserve").fills(out.restaurant, "T0");
        int tables = 0;
        for (int kind : digressions) {
            switch (kind) {
                case 0 -> {
                    tables++;
                    call.wantsAnother("restaurants.reserve")
                            .fills(out.restaurant, "T" + tables, out.time, "12:00")
                            .confirmsYes()
                            .expectSay("Reserved at T" + tables + ". So, what time?");
                }
                case 1 ->
                    call.wants("cinema.buy")
                            .fills(out.film, "Heat", out.time, "21:00")
                            .confirmsYes()
                            .expectSay("You have the ticket. So, what time?");
                default -> call.asks("what is the meaning of life?").expectSay("So, what time?");
            }
        }
        call.fills(out.time, "20:00").expectSay("T0 at 8 PM for 2.").confirmsYes();
        int tickets = (int) digressions.stream().filter(kind -> kind == 1).count();
        assertThat(out.booked)
                .hasSize(1 + tables + tickets)
                .endsWith(new EveningOut.Table("T0", LocalTime.of(20, 0), 2));
        call.expectEveryCallAnsweredOnce();
    }
}
