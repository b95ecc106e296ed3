package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import dev.antiphon.session.Conversation.Speech;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tools that the model calls: what the caller hears meanwhile, and what becomes of calls nobody waits for. */
class TurnMachineToolsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final TurnInput.ToolSlow SLOW = new TurnInput.ToolSlow("c1", 1, "One moment.");
    private static final TurnInput.ToolSlow STILL_SLOW = new TurnInput.ToolSlow("c1", 2, "I'm still on it.");

    /** The model has called a tool in answer to the caller, and waits for it. */
    private static Turns calling(Turns call, String... callIds) {
        call.in(new TurnInput.CallerTyped("How is the weather?")).responseBegins("r1");
        for (String callId : callIds) {
            call.calls("r1", callId, "weather");
        }
        return call.responseEnds("r1").forget();
    }

    private static Turns waiting() {
        return calling(Turns.connected(), "c1");
    }

    private static List<String> asked(Turns call) {
        return call.sent(ClientEvent.ResponseCreate.class).stream()
                .map(create -> create.response().instructions().orElse("answer"))
                .toList();
    }

    private static Turns fillerSpoken(Turns call, String responseId) {
        return call.answers(responseId, "f" + responseId, "One moment.", Duration.ofMillis(100))
                .passes(SECOND)
                .forget();
    }

    @Test
    void whoWaitsForAToolIsToldSoOnceAndThenThatItStillTakesTime() {
        Turns call = waiting().in(SLOW);
        assertThat(asked(call)).singleElement().asString().contains("One moment.");
        fillerSpoken(call, "r2");

        assertThat(asked(call.in(SLOW))).as("the same again").isEmpty();
        assertThat(asked(call.in(STILL_SLOW))).singleElement().asString().contains("I'm still on it.");
        fillerSpoken(call, "r3");
        assertThat(asked(call.in(new TurnInput.CallAnswered("c1", "{}")))).containsExactly("answer");
    }

    @Test
    void aResultIsNotHandedOverBesideAWordThatIsAskedForAndHasNotBegun() {
        Turns call = waiting().in(SLOW).forget();

        assertThat(call.in(new TurnInput.CallAnswered("c1", "{}")).outputsTo("c1"))
                .as("the model would take the word for its answer")
                .isEmpty();
        call.answers("r2", "f2", "One moment.", Duration.ofMillis(100));
        assertThat(call.outputsTo("c1")).containsExactly("{}");
        assertThat(asked(call)).containsExactly("answer");
    }

    @Test
    void severalToolsThatTakeTimeAreOneReasonToSayIt() {
        Turns call = calling(Turns.connected(), "c1", "c2").in(SLOW);
        fillerSpoken(call, "r2");

        assertThat(asked(call.in(new TurnInput.ToolSlow("c2", 1, "One moment."))))
                .isEmpty();
    }

    @Test
    void nothingIsSaidOfItOverAnybodysWords() {
        assertThat(asked(waiting().callerSpeaks("u2").forget().in(SLOW)))
                .as("the caller's")
                .isEmpty();
        Turns own = Turns.connected()
                .in(new TurnInput.CallerTyped("How is the weather?"))
                .responseBegins("r1");
        own.utteranceBegins("r1", "a1")
                .speaks("r1", "a1", "Let me see.", SECOND)
                .utteranceEnds("r1", "a1", Item.Status.COMPLETED)
                .calls("r1", "c1", "weather")
                .responseEnds("r1")
                .forget();
        assertThat(asked(own.in(SLOW))).as("the agent's").isEmpty();
        assertThat(asked(own.passes(SECOND).in(STILL_SLOW))).hasSize(1);
    }

    @Test
    void nothingIsSaidOfAToolThatHasAnswered() {
        Turns call = waiting().in(new TurnInput.CallAnswered("c1", "{}")).responseBegins("r2");
        call.utteranceBegins("r2", "a2").responseEnds("r2").forget();

        assertThat(asked(call.in(SLOW))).isEmpty();
    }

    @Test
    void aResultThatComesDuringAFillerWaitsForItsEndAndBringsOneAnswer() {
        Turns call = waiting()
                .in(SLOW)
                .responseBegins("r2")
                .utteranceBegins("r2", "f")
                .forget();

        call.in(new TurnInput.CallAnswered("c1", "{\"sun\":true}"));
        assertThat(call.outputsTo("c1")).isEmpty();
        call.utteranceEnds("r2", "f", Item.Status.COMPLETED).responseEnds("r2");
        assertThat(call.outputsTo("c1")).containsExactly("{\"sun\":true}");
        assertThat(asked(call)).containsExactly("answer");
    }

    @Test
    void aFillerThatIsNotBegunIsDroppedWhenTheCallerSpeaks() {
        Turns call = Turns.connected().in(new TurnInput.SayWanted(Speech.say("Hello.")));
        call.responseBegins("r0").utteranceBegins("r0", "a0").responseEnds("r0").passes(SECOND);
        calling(call, "c1").in(SLOW).responseBegins("r2").callerSpeaks("u2");

        assertThat(call.sent(ClientEvent.ResponseCancel.class)).hasSize(1);
    }

    @Test
    void whatOnlyLooksIsCancelledWhenTheCallerTakesAnotherTurnAndWhatChangesSomethingIsNot() {
        Turns looking = calling(Turns.connected(SessionSettings.defaults(), Set.of("weather")), "c1");
        looking.in(new TurnInput.CallerTyped("In Rome, I mean."));
        assertThat(looking.out(TurnEffect.CancelTool.class)).containsExactly(new TurnEffect.CancelTool("c1"));
        assertThat(looking.outputsTo("c1")).singleElement().asString().contains("cancelled");
        assertThat(asked(looking)).containsExactly("answer");
        looking.forget().in(new TurnInput.CallAnswered("c1", "{\"sun\":true}"));
        assertThat(looking.effects).as("the late result").isEmpty();

        Turns changing = waiting().in(new TurnInput.CallerTyped("In Rome, I mean."));
        assertThat(changing.out(TurnEffect.CancelTool.class)).isEmpty();
        assertThat(changing.outputsTo("c1")).isEmpty();
        changing.in(new TurnInput.CallAnswered("c1", "{}"));
        assertThat(asked(changing)).containsExactly("answer");
    }

    @Test
    void aCallBeyondTheMostOfATurnIsAnsweredAndNotRun() {
        Turns call = Turns.connected(SessionSettings.defaults().withMaxToolCalls(2));
        calling(call, "c1", "c2").in(new TurnInput.CallAnswered("c1", "{}")).in(new TurnInput.CallAnswered("c2", "{}"));
        call.responseBegins("r2").forget().calls("r2", "c3", "weather").responseEnds("r2");

        assertThat(call.out(TurnEffect.CallTool.class)).isEmpty();
        assertThat(call.outputsTo("c3"))
                .containsExactly(
                        "{\"error\":\"at most 2 tools may be called in one turn; answer the caller with what there is\"}");
        call.responseBegins("r3").utteranceBegins("r3", "a3").responseEnds("r3");
        call.in(new TurnInput.CallerTyped("And tomorrow?")).responseBegins("r4").calls("r4", "c4", "weather");
        assertThat(call.out(TurnEffect.CallTool.class)).hasSize(1);
    }

    private static List<String> notes(Turns call) {
        return call.sent(ClientEvent.ItemCreate.class).stream()
                .map(ClientEvent.ItemCreate::item)
                .filter(Item.Message.class::isInstance)
                .map(item -> ((Item.Message) item).content().getFirst())
                .map(part -> ((ContentPart.InputText) part).text())
                .toList();
    }

    private static final TurnInput.ToolLate REPORT = new TurnInput.ToolLate("c1", "report", "{\"pages\":3}");

    @Test
    void aResultThatComesLaterIsToldAtOnceWhenNobodySpeaks() {
        Turns call = Turns.connected().forget().in(REPORT);

        assertThat(notes(call)).singleElement().asString().contains("'report'").contains("{\"pages\":3}");
        assertThat(asked(call)).containsExactly("answer");
    }

    @Test
    void aResultThatComesLaterWaitsForTheCallerAndForTheAgent() {
        Turns agent = Turns.connected().in(new TurnInput.CallerTyped("Hello.")).responseBegins("r1");
        agent.utteranceBegins("r1", "a1").forget().in(REPORT);
        assertThat(agent.effects).isEmpty();
        agent.utteranceEnds("r1", "a1", Item.Status.COMPLETED).responseEnds("r1");
        assertThat(notes(agent)).hasSize(1);
        assertThat(asked(agent)).containsExactly("answer");

        Turns caller = Turns.connected().callerSpeaks("u1").forget().in(REPORT);
        assertThat(asked(caller)).isEmpty();
        caller.callerStops("u1", 0);
        assertThat(asked(caller)).as("one answer to both").containsExactly("answer");
    }

    @Test
    void aResultThatComesWhileThereIsNoLineIsToldToTheNextModelOnce() {
        Turns call = Turns.connected().in(new TurnInput.LineLost()).forget().in(REPORT);
        assertThat(call.effects).isEmpty();

        call.in(new TurnInput.LineChanged());
        assertThat(notes(call)).hasSize(1);
        assertThat(asked(call)).containsExactly("answer");
        call.responseBegins("r1")
                .utteranceBegins("r1", "a1")
                .responseEnds("r1")
                .forget()
                .in(new TurnInput.LineChanged());
        assertThat(notes(call)).isEmpty();
    }

    @Test
    void aModelThatSaysNothingAfterAResultIsAskedOnceMore() {
        Turns call = waiting()
                .in(new TurnInput.CallAnswered("c1", "{}"))
                .responseBegins("r2")
                .forget()
                .responseEnds("r2");
        assertThat(asked(call)).containsExactly("answer");
        assertThat(call.out(TurnEffect.Problem.class))
                .extracting(TurnEffect.Problem::code)
                .containsExactly("no_speech");

        call.responseBegins("r3").forget().responseEnds("r3");
        assertThat(asked(call)).as("it will not do better").isEmpty();
    }

    @Test
    void aModelThatHasSpokenOrWasCancelledOwesNothing() {
        Turns spoken = Turns.connected().in(new TurnInput.CallerTyped("Hello."));
        spoken.answers("r1", "a1", "Hello!", SECOND);
        assertThat(spoken.out(TurnEffect.Problem.class)).isEmpty();

        Turns cut = waiting()
                .in(new TurnInput.CallAnswered("c1", "{}"))
                .responseBegins("r2")
                .forget();
        cut.responseEnds("r2", new dev.antiphon.realtime.Response.Status.Cancelled("turn_detected"));
        assertThat(cut.out(TurnEffect.Problem.class)).isEmpty();
    }
}
