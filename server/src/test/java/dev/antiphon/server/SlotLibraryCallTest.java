package dev.antiphon.server;

import static dev.antiphon.flow.dsl.FlowDsl.address;
import static dev.antiphon.flow.dsl.FlowDsl.dateTime;
import static dev.antiphon.flow.dsl.FlowDsl.days;
import static dev.antiphon.flow.dsl.FlowDsl.digits;
import static dev.antiphon.flow.dsl.FlowDsl.duration;
import static dev.antiphon.flow.dsl.FlowDsl.email;
import static dev.antiphon.flow.dsl.FlowDsl.hours;
import static dev.antiphon.flow.dsl.FlowDsl.iban;
import static dev.antiphon.flow.dsl.FlowDsl.minutes;
import static dev.antiphon.flow.dsl.FlowDsl.money;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.slot.Amount;
import dev.antiphon.flow.slot.EmailAddress;
import dev.antiphon.flow.slot.PostalAddress;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A flow with the slots of the library, talked through with the emulated model in virtual time. */
class SlotLibraryCallTest {
    record Visit(
            ZonedDateTime moment,
            Duration length,
            Amount deposit,
            String pin,
            String account,
            EmailAddress email,
            PostalAddress home) {}

    private final List<Visit> booked = new ArrayList<>();

    private Flow<Visit> flow() {
        return Flow.named(
                "visit",
                Visit.class,
                f -> f.goal("Book a visit at home")
                        .collect(
                                dateTime("moment").ask("When shall we come?").within(days(60)),
                                duration("length", minutes(30), hours(40)).ask("For how long?"),
                                money("deposit", "EUR", 10, 500).ask("Which deposit would you like to pay?"),
                                digits("pin", 4).ask("What is your PIN?"),
                                iban("account").ask("And the IBAN?"),
                                email("email").ask("What is your e-mail address?"),
                                address("home", "DE").ask("Where shall we come to?"))
                        .confirm(v ->
                                say("{} for {}, deposit {}. Shall I book it?", v.moment(), v.length(), v.deposit()))
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
    void everySlotIsFilledFromWhatTheCallerSays() {
        try (TestBed bed = bed()) {
            bed.call()
                    .expectSays("When shall we come?")
                    .says("Tomorrow.")
                    .expectSays("I need a time for Saturday, November 21st, too.")
                    .says("Tomorrow at three in the afternoon.")
                    .expectSays("For how long?")
                    .says("Thirty.")
                    .expectSays("Did you mean 30 minutes or 1 day and 6 hours?")
                    .says("The first one.")
                    .expectSays("Which deposit")
                    .says("Five euros.")
                    .expectSays("It must be between 10 and 500 euros, but I heard 5 euros.")
                    .says("Forty nine euros ninety.")
                    .expectSays("What is your PIN?")
                    .says("Double oh four.")
                    .expectSays("I need exactly 4 digits, but I heard 3.")
                    .says("Double oh four two.")
                    .expectSays("0 0 4 2")
                    .says("DE89 3704 0044 0532 0130 01")
                    .expectSays("its check digits don't fit")
                    .says("DE89 3704 0044 0532 0130 00")
                    .expectSays("e-mail address?")
                    .says("It's anna dot miller at example dot com.")
                    .expectSays("anna dot miller at example dot com, that's A as in Alfa")
                    .says("Hauptstraße 12, 10115 Berlin")
                    .expectSays("at 3 PM for 30 minutes, deposit 49 euros and 90 cents. Shall I book it?")
                    .says("Make it four instead.")
                    .expectSays("at 4 AM or Saturday, November 21st at 4 PM?")
                    .says("In the afternoon.")
                    .expectSays("at 4 PM for 30 minutes, deposit 49 euros and 90 cents. Shall I book it?")
                    .says("Yes, please.")
                    .expectSays("Booked.")
                    .says("No, that is all. Goodbye.")
                    .expectOutcome(ExpectedOutcome.COMPLETED);
        }
        assertThat(booked).singleElement().satisfies(visit -> {
            assertThat(visit.length()).isEqualTo(Duration.ofMinutes(30));
            assertThat(visit.deposit()).isEqualTo(Amount.of("49.90", "EUR"));
            assertThat(visit.pin()).isEqualTo("0042");
            assertThat(visit.account()).isEqualTo("DE89370400440532013000");
            assertThat(visit.email().address()).isEqualTo("anna.miller@example.com");
            assertThat(visit.home().street()).contains("Hauptstraße");
        });
    }
}
