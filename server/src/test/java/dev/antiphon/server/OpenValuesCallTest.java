package dev.antiphon.server;

import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.dateTime;
import static dev.antiphon.flow.dsl.FlowDsl.days;
import static dev.antiphon.flow.dsl.FlowDsl.digits;
import static dev.antiphon.flow.dsl.FlowDsl.money;
import static dev.antiphon.flow.dsl.FlowDsl.phone;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.slot.Amount;
import dev.antiphon.flow.slot.PhoneNumber;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What callers leave open goes through the emulated model as it was said, and the flow asks for the rest. */
class OpenValuesCallTest {
    record Visit(ZonedDateTime moment, LocalDate followUp, Amount deposit, String pin, PhoneNumber phone) {}

    private final List<Visit> booked = new ArrayList<>();

    private Flow<Visit> flow() {
        return Flow.named(
                "visit",
                Visit.class,
                f -> f.goal("Book a visit at home")
                        .collect(
                                dateTime("moment").ask("When shall we come?").within(days(60)),
                                date("follow_up")
                                        .ask("And on which day shall we call you afterwards?")
                                        .within(days(90)),
                                money("deposit", List.of("USD", "CAD"), BigDecimal.TEN, BigDecimal.valueOf(500))
                                        .ask("Which deposit would you like to pay?"),
                                digits("pin", 4).ask("What is your PIN?"),
                                phone("phone", "GB").ask("What is your phone number?"))
                        .confirm(v ->
                                say("{} and {}, deposit {}. Shall I book it?", v.moment(), v.followUp(), v.deposit()))
                        .effect("book", visit -> {
                            booked.add(visit);
                            return "ok";
                        })
                        .done((v, ref) -> say("Booked.")));
    }

    private TestBed bed() {
        return TestBed.inVirtualTime(
                BedSettings.defaults().withBrain(BrainProfile.ByModel.withoutMisunderstandings()),
                around -> BotEndpoint.in(
                        around,
                        Bot.of(
                                        "visits",
                                        "Books visits at home.",
                                        () -> FlowConversation.start(flow(), around.clock(), ZoneOffset.UTC, "call"))
                                .withTools(system -> ToolDispatcher.start(
                                        system,
                                        List.of(),
                                        ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools()))))));
    }

    @Test
    void whatIsOpenIsAskedFor() {
        try (TestBed bed = bed()) {
            bed.call()
                    .expectSays("When shall we come?")
                    .says("Tomorrow at 7.")
                    .expectSays("at 7 AM or Saturday, November 21st at 7 PM?")
                    .says("In the evening.")
                    .expectSays("on which day")
                    .says("Some time next week.")
                    .expectSays("I need one day, for example Monday, November 23rd.")
                    .says("This weekend.")
                    .expectSays("Saturday, November 21st or Sunday, November 22nd?")
                    .says("Sunday.")
                    .expectSays("Which deposit")
                    .says("20 US dollars.")
                    .expectSays("What is your PIN?")
                    .says("One hundred and five.")
                    .expectSays("I need exactly 4 digits, but I heard 3.")
                    .says("One thousand and five.")
                    .expectSays("phone number?")
                    .says("Oh 7 nine 4 6 oh five double one 2 three.")
                    .expectSays("deposit 20 US dollars. Shall I book it?")
                    .says("Yes, please.")
                    .expectSays("Booked.")
                    .says("No, that is all. Goodbye.")
                    .expectOutcome(ExpectedOutcome.COMPLETED);
        }
        assertThat(booked).singleElement().satisfies(visit -> {
            assertThat(visit.moment().toLocalTime()).isEqualTo(LocalTime.of(19, 0));
            assertThat(visit.followUp()).isEqualTo(LocalDate.of(2026, 11, 22));
            assertThat(visit.deposit()).isEqualTo(Amount.of("20", "USD"));
            assertThat(visit.pin()).isEqualTo("1005");
            assertThat(visit.phone().text()).isEqualTo("+447946051123");
        });
    }
}
