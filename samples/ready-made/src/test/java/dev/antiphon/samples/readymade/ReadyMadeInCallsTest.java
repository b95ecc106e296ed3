package dev.antiphon.samples.readymade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.flow.say.Language;
import dev.antiphon.server.Bot;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import dev.antiphon.testkit.junit.CallExtension;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole calls in virtual time, with the emulated model between the caller and the flow. */
class ReadyMadeInCallsTest {
    @RegisterExtension
    final CallExtension callback = CallExtension.of(around -> endpoint(ReadyMade.CALLBACK, around));

    @RegisterExtension
    final CallExtension appointments = CallExtension.of(around -> endpoint(ReadyMade.APPOINTMENTS, around));

    @RegisterExtension
    final CallExtension desk = CallExtension.of(around -> endpoint(ReadyMade.DESK, around));

    @RegisterExtension
    final CallExtension helpline = CallExtension.of(around -> endpoint(ReadyMade.HELPLINE, around));

    private static WebSocketEndpoint endpoint(ReadyMade flow, Agent.Surroundings around) {
        Bot bot = flow.bot(
                new Storage.PerCall(),
                around.clock(),
                ZoneOffset.UTC,
                around.random(),
                ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools())));
        return BotEndpoint.in(around, bot);
    }

    @Test
    void aCallbackIsTakenDown() {
        callback.call()
                .expectSays("A colleague will gladly call you back.")
                .says("My name is Anna Miller")
                .expectSays("At which number can we reach you?")
                .says("415 555 0132")
                .expectSays("What is it about?")
                .says("my last bill")
                .expectSays("What time suits you")
                .says("at three in the afternoon")
                .expectSays("We call Anna Miller about my last bill on the next working day at 3 PM. Is that right?")
                .says("Yes, please.")
                .expectToolCall("confirm")
                .expectSays("we will call you at 3 PM.")
                .says("No, that is all. Goodbye.")
                .expectOutcome(ExpectedOutcome.COMPLETED);
    }

    @Test
    void anAppointmentIsBookedAndCancelledInOneCall() {
        appointments
                .call()
                .expectSays("What can I do for you?")
                .says("I would like to book an appointment")
                .expectToolCall("start_task", "/task", "book")
                .expectSays("Which day suits you?")
                .says("next Tuesday at ten")
                .expectSays("May I have your name?")
                .says("Anna Miller")
                .expectSays("Shall I book it?")
                .says("Yes, please.")
                .expectSays("Your reference is A 1 0 1.")
                .says("Now I want to cancel my appointment")
                .expectSays("Is that the one that we just booked, A 1 0 1?")
                .says("Yes, that one")
                .expectSays("Shall I cancel your appointment")
                .says("Yes")
                .expectSays("Your appointment is cancelled.")
                .says("Goodbye.")
                .expectOutcome(ExpectedOutcome.COMPLETED);
    }

    @Test
    void whereTheAnswerIsNotClearTheModelChoosesItBeforeTheCallerHearsAnything() {
        helpline.call()
                .expectSays("What would you like to know?")
                .says("How can I send this jacket back?")
                .expectToolCall("ask", "/question", "How can I send this jacket back?")
                .expectToolCall("ask", "/entry", "1")
                .expectSays("You can return anything within thirty days.")
                .says("What does the moon weigh if it has a warranty?")
                .expectToolCall("ask")
                .expectSays("two years");
    }

    @Test
    void twoFlowsAnswerOneCall() {
        desk.call()
                .expectSays("this is the restaurant desk")
                .says("I'm looking for a Greek restaurant")
                .expectSays("I have Kos, Greek, in the harbour.")
                .says("what is their phone number?")
                .expectSays("The phone is 555 0103.")
                .says("Yes")
                .expectSays("Shall I reserve a table?")
                .says("No")
                .expectSays("Is there anything else?")
                .says("I would like a callback")
                .expectToolCall("start_task", "/task", "callback.callback")
                .expectSays("May I have your name?");
    }

    @Test
    void anOfferThatWasMadeForSeveralToolCallsIsKnownToTheModel() {
        desk.call()
                .says("I'm looking for a Thai restaurant")
                .expectToolCall("start_task", "/task", "restaurants.find")
                .expectToolCall("fill_slots", "/cuisine", "Thai")
                .expectSays("I have Lotus")
                .says("something else, please")
                .expectToolCall("more_alternatives")
                .expectSays("I have");
    }

    @ParameterizedTest
    @EnumSource
    void everyFlowGreetsAndIsDrawn(ReadyMade flow) {
        try (TestBed bed = TestBed.inVirtualTime(BedSettings.defaults(), around -> endpoint(flow, around))) {
            bed.call().expectSays("Hello");
        }
        BackEnds backEnds = BackEnds.inMemory(flow.shortName(), Language.ENGLISH);
        assertThat(new ReadyMadeDialog().dialog(backEnds).flows())
                .allSatisfy(each -> assertThat(each.mermaid()).startsWith("flowchart"));
    }

    @Test
    void helpWithoutAFlowListsTheFlows() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(ReadyMadeApp.run("--help")).isZero();
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains(ReadyMade.names());
    }

    @Test
    void aFlowIsChosenByItsNameOnTheCommandLine() {
        assertThat(ReadyMade.names()).contains("appointments", "restaurants", "callback", "address", "helpline");
        assertThat(ReadyMade.named("callback")).contains(ReadyMade.CALLBACK);
        assertThat(ReadyMadeApp.run("flow", "show", "--flow", "helpline")).isZero();
        assertThat(ReadyMadeApp.run("--flow", "pizza", "flow", "show")).isEqualTo(2);
        assertThat(ReadyMadeApp.run("flow", "show")).isEqualTo(2);
    }

    @Test
    void aFlowSpeaksItsLanguagesAndNoOther() {
        assertThat(ReadyMadeApp.run("--flow", "appointments", "--language", "de", "flow", "show"))
                .isZero();
        assertThat(ReadyMadeApp.run("--flow", "appointments", "--language", "fr", "flow", "show"))
                .isEqualTo(2);
        assertThat(ReadyMadeApp.run("--flow", "callback", "--language", "de", "flow", "show"))
                .isEqualTo(2);
        assertThat(ReadyMadeApp.run("--flow", "appointments", "flow", "show", "--language"))
                .isEqualTo(2);
    }
}
