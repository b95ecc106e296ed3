package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.handOver;
import static dev.antiphon.flow.dsl.FlowDsl.noMatch;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A caller whose call was cut off with its process rings again. */
class ResumedCallTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    private static final String UNCERTAIN = "I can't tell yet whether it went through";

    record Note(String text) {}

    private static final class Taken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Slot<String> text = freeText("text").ask("Which text?");
    private final Flow<Note> flow = Flow.named(
            "note",
            Note.class,
            f -> f.goal("Take a note")
                    .greet("Hello, this is the office.")
                    .collect(text)
                    .confirm(note -> say("{}. Shall I note it?", note.text()))
                    .effect("store", note -> "stored", e -> e.on(Taken.class, taken -> reject(text)))
                    .done((note, nothing) -> say("Noted."))
                    .onStuck(noMatch(3), handOver("office")));

    private int calls;

    private FlowTest first() {
        return FlowTest.of(flow, CLOCK).effectsSettledByTest().fills(text, "milk");
    }

    private FlowConversation resumed(FlowTest call) {
        return FlowConversation.resume(
                Dialog.of(flow),
                CLOCK,
                ZoneOffset.UTC,
                "test",
                SavedDialog.read(SavedDialog.write(call.conversation().dialogState())));
    }

    private static String said(List<Directive> directives) {
        return directives.stream()
                .map(directive -> switch (directive) {
                    case Directive.Say say -> say.speech().text();
                    case Directive.Answer answer -> answer.outputJson();
                    default -> "";
                })
                .collect(Collectors.joining(" "));
    }

    private List<Directive> yes(FlowConversation call) {
        int revision = call.state().confirmation().orElseThrow().revision();
        call.on(new Event.AgentSpoke("Shall I?", true));
        call.on(new Event.ToolCalled("c" + ++calls, "confirm", "{\"answer\":\"yes\",\"revision\":" + revision + "}"));
        return call.on(new Event.CallsComplete());
    }

    private static String runOf(List<Directive> directives) {
        return directives.stream()
                .filter(Directive.Run.class::isInstance)
                .map(run -> ((Directive.Run) run).effectId())
                .findFirst()
                .orElseThrow();
    }

    private static List<Directive> settles(FlowConversation call, String run, ToolOutcome outcome) {
        return call.on(new Event.EffectSettled(run, outcome));
    }

    @Test
    void theCallerIsNotGreetedButAskedWhatIsOpen() {
        List<Directive> begins = resumed(first()).on(new Event.CallStarted());

        assertThat(said(begins)).isEqualTo("Milk. Shall I note it?");
        assertThat(begins).noneMatch(Directive.Report.class::isInstance);
    }

    @Test
    void whoWaitedForAnEffectIsToldThatItsOutcomeIsNotKnown() {
        assertThat(said(resumed(first().confirmsYes()).on(new Event.CallStarted())))
                .contains(UNCERTAIN)
                .contains("Shall I try again");
    }

    @Test
    void aProcessThatEndsIsNoFailureOfTheEffectSoThatItIsNotGivenUp() {
        FlowTest failedBefore = first().confirmsYes()
                .effectFails(new IllegalStateException("down"))
                .confirmsYes();
        FlowConversation call = resumed(failedBefore);

        assertThat(call.ended()).isFalse();
        assertThat(said(call.on(new Event.CallStarted()))).contains(UNCERTAIN);
    }

    @Test
    void thatAnotherAttemptFailedSaysNothingOfTheOneThatWasLost() {
        FlowConversation call = resumed(first().confirmsYes());
        call.on(new Event.CallStarted());
        ToolOutcome failed = new ToolOutcome.Failed("'store' failed", new IllegalStateException("down"));

        assertThat(said(settles(call, runOf(yes(call)), failed))).contains(UNCERTAIN);
        List<Directive> twice = settles(call, runOf(yes(call)), failed);
        assertThat(said(twice)).contains(UNCERTAIN).doesNotContain("didn't work");
        assertThat(twice)
                .filteredOn(Directive.End.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Directive.End.class, end -> assertThat(end.outcome()).isInstanceOf(Outcome.HandedOver.class));
    }

    @Test
    void neitherDoesTheLateEndOfAnotherAttempt() {
        FlowConversation call = resumed(first().confirmsYes());
        call.on(new Event.CallStarted());
        String again = runOf(yes(call));
        settles(call, again, new ToolOutcome.TimedOut(Duration.ofSeconds(8)));

        settles(call, again, new ToolOutcome.Failed("'store' failed", new IllegalStateException("down")));
        assertThat(call.seed())
                .hasValueSatisfying(seed -> assertThat(seed).contains("whether it is done is not known"));
    }

    @Test
    void aSuccessOrAFailureThatTheFlowExpectsSettlesIt() {
        FlowConversation succeeds = resumed(first().confirmsYes());
        succeeds.on(new Event.CallStarted());
        assertThat(said(settles(succeeds, runOf(yes(succeeds)), new ToolOutcome.Ok("stored"))))
                .contains("Noted.");

        FlowConversation refused = resumed(first().confirmsYes());
        refused.on(new Event.CallStarted());
        settles(refused, runOf(yes(refused)), new ToolOutcome.Failed("taken", new Taken()));
        assertThat(refused.state().effects().unsettled()).isEmpty();
        assertThat(refused.view().openQuestion()).contains("Which text?");
    }

    @Test
    void whoRingsAgainAfterTheEndHearsGoodbye() {
        FlowTest over = first().cancels();
        assertThat(over.conversation().ended()).isTrue();

        assertThat(said(resumed(over).on(new Event.CallStarted()))).isEqualTo("Goodbye.");
    }
}
