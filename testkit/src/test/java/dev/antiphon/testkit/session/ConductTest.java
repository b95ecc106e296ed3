package dev.antiphon.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.Conduct;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSession;
import dev.antiphon.testkit.emulator.Brain;
import dev.antiphon.testkit.emulator.ServedDialects;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Strict calls with a model that speaks before it has called, as real ones may. */
class ConductTest {
    private static final SessionSettings STRICT = SessionSettings.defaults().withConduct(Conduct.STRICT);

    /** Takes notes, and says that it did. */
    private static final class Notes implements Conversation {
        final BlockingQueue<Event> spoken = new LinkedBlockingQueue<>();

        @Override
        public String name() {
            return "notes";
        }

        @Override
        public Opening opening() {
            return new Opening(
                    "Take notes.",
                    List.of(new FunctionTool("note", "Takes a note.", new RawJson("{\"type\":\"object\"}"))),
                    ToolChoice.AUTO);
        }

        @Override
        public List<Directive> on(Event event) {
            if (event instanceof Event.AgentSpoke) {
                spoken.add(event);
            }
            return event instanceof Event.ToolCalled called
                    ? List.of(new Directive.Answer(called.callId(), "{\"say\":\"Noted.\"}"))
                    : List.of();
        }

        @Override
        public Optional<String> seed() {
            return Optional.empty();
        }

        @Override
        public View view() {
            return new View("notes", Map.of(), Optional.empty());
        }
    }

    /** Claims a success whenever it must call a tool. */
    private static final class Boaster implements Brain {
        final List<Turn> turns = new CopyOnWriteArrayList<>();

        @Override
        public List<Output> respond(Turn turn) {
            turns.add(turn);
            return turn.toolChoice().equals("required")
                    ? List.of(
                            new Output.Speak("You are booked!"),
                            new Output.CallTool("note", JsonNodeFactory.instance.objectNode()))
                    : List.of(new Output.Speak("Noted."));
        }
    }

    private final Notes notes = new Notes();
    private final Boaster brain = new Boaster();

    @ParameterizedTest
    @EnumSource(names = {"STRICT_GA", "GATEWAY"})
    void onlyWhatIsSaidAfterTheToolsAnswerIsHeardInBothDialects(ServedDialects served) throws Exception {
        try (EmulatedCall call =
                new EmulatedCall(STRICT, notes, brain, "", emulator -> emulator.withDialects(served))) {
            call.hears(Signal.Ready.class);
            call.session.tell(new VoiceSession.CallerText("A cleaning, please."));
            assertThat(call.hears(Signal.UtteranceEnded.class).text()).isEqualTo("Noted.");

            JsonNode understand = call.sent("response.create");
            JsonNode tell = call.sent("response.create");
            assertThat(understand.at("/response/tool_choice").asString("")).isEqualTo("required");
            String modalities = served == ServedDialects.GATEWAY ? "modalities" : "output_modalities";
            assertThat(understand.at("/response/" + modalities).toString()).isEqualTo("[\"text\"]");
            assertThat(tell.at("/response/tool_choice").asString("")).isEqualTo("none");
            assertThat(tell.at("/response/" + modalities).isMissingNode()).isTrue();
            assertThat(call.fact(SessionEvent.AgentSaid.class).text()).isEqualTo("Noted.");
            assertThat(notes.spoken.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(new Conversation.Event.AgentSpoke("Noted.", true));
            assertThat(brain.turns.getLast().history())
                    .noneMatch(entry -> entry instanceof Brain.Entry.AssistantSaid said
                            && said.text().contains("booked"));
        }
    }

    @Test
    void aSpokenTurnIsUnderstoodAndOneThatCutsInAsWell() throws Exception {
        try (EmulatedCall call = new EmulatedCall(STRICT, notes, brain, "A cleaning, please.")) {
            call.hears(Signal.Ready.class);
            call.speaks(Duration.ofMillis(600), Duration.ofMillis(700));
            assertThat(call.hears(Signal.UtteranceEnded.class).text()).isEqualTo("Noted.");
            call.speaks(Duration.ofMillis(600), Duration.ofMillis(700));
            assertThat(call.hears(Signal.UtteranceEnded.class).text()).isEqualTo("Noted.");

            assertThat(brain.turns)
                    .extracting(Brain.Turn::toolChoice)
                    .containsExactly("required", "none", "required", "none");
            assertThat(call.heardBesides()).noneMatch(Signal.Problem.class::isInstance);
        }
    }

    @Test
    void guidedCallsAreAskedAsEver() throws Exception {
        try (EmulatedCall call = new EmulatedCall(SessionSettings.defaults(), notes, brain, "")) {
            call.hears(Signal.Ready.class);
            call.session.tell(new VoiceSession.CallerText("A cleaning, please."));
            call.hears(Signal.UtteranceEnded.class);

            assertThat(call.sent("response.create").at("/response/tool_choice").isMissingNode())
                    .isTrue();
            assertThat(brain.turns).extracting(Brain.Turn::toolChoice).containsExactly("auto");
        }
    }
}
