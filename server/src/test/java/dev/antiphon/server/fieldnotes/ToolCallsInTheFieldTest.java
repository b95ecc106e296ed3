package dev.antiphon.server.fieldnotes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.server.fieldnotes.FieldCall.Frame;
import dev.antiphon.server.fieldnotes.FieldCall.Plan;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.TurnTimeline;
import dev.antiphon.telemetry.Names;
import dev.antiphon.telemetry.SessionMeters;
import dev.antiphon.testkit.emulator.Brain;
import dev.antiphon.testkit.emulator.Brain.Entry;
import dev.antiphon.testkit.emulator.Brain.Output;
import dev.antiphon.testkit.emulator.Fault;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.ToolPolicy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What users of other frameworks have reported of responses, tools and waiting, each as a whole call in virtual time: session,
 * tool pool and emulated service. The letters and numbers are those of the field notes.
 */
class ToolCallsInTheFieldTest {
    private static final String FILLER = "One moment, please.";
    private static final String PROGRESS = "I'm still on it.";
    private static final Duration MS_300 = Duration.ofMillis(300);
    private static final Duration SECONDS_2 = Duration.ofSeconds(2);

    record Place(String city) {}

    private final List<String> ledger = new ArrayList<>();

    // The model of these calls: asks tools when the caller speaks, and tells what they say.

    private static Output calls(String tool, String city) {
        return new Output.CallTool(tool, JsonMapper.shared().createObjectNode().put("city", city));
    }

    private static Brain asking(Output... outputs) {
        return turn -> {
            Optional<String> words = turn.responseInstructions();
            if (words.isPresent()) {
                return List.of(new Output.Speak(Stream.of(FILLER, PROGRESS)
                        .filter(words.get()::contains)
                        .findFirst()
                        .orElse("As you wish.")));
            }
            return turn.history().getLast() instanceof Entry.ToolAnswered
                    ? List.of(new Output.Speak("Here is what I found."))
                    : List.of(outputs);
        };
    }

    private Tool<Place, String> tool(String name, Consumer<ToolPolicy.Builder> policy) {
        return Tool.of(name, "Asks somebody.", Place.class, place -> {
                    ledger.add(name + " " + place.city());
                    return "sunny";
                })
                .with(policy);
    }

    private Tool<Place, String> looks(String name) {
        return tool(name, ToolPolicy.Builder::readOnly);
    }

    private static Plan plan(Output... outputs) {
        return Plan.of(asking(outputs), new PromptConversation("prompt", "Be kind.", Optional.empty()));
    }

    /** Whatever happens, each call has one output, and the service has never been asked for two responses at once. */
    private static void isWhole(FieldCall call) {
        assertThat(call.outputs())
                .extracting(output -> output.path("call_id").asString())
                .containsExactlyInAnyOrderElementsOf(call.calls());
        assertThat(call.errors()).isEmpty();
        assertThat(call.mostOpenResponses()).isLessThanOrEqualTo(1);
    }

    @Nested
    @DisplayName("A. Double and colliding responses")
    class Responses {
        @Test
        @DisplayName("A1: a tool's result, a turn and a nudge never ask for two responses at once")
        void whateverAsksForAResponseAsksOneAfterTheOther() {
            Plan plan = plan(calls("weather", "Rome")).with(looks("weather")).taking(Map.of("weather", SECONDS_2));
            try (FieldCall call = new FieldCall(plan)) {
                for (int i = 0; i < 20; i++) {
                    call.types("How is the weather?").passes(137 * i);
                }
                call.passes(30_000);

                assertThat(call.sent("response.create")).hasSizeGreaterThan(20);
                assertThat(call.said()).contains("Here is what I found.");
                isWhole(call);
            }
        }

        @Test
        @DisplayName(
                "A2: the emulated service refuses a second response as the real one does, and the answer is asked for again")
        void aServiceThatIsBusyRefusesAndIsAskedAgain() {
            Plan plan = plan(calls("weather", "Rome")).with(looks("weather"));
            try (FieldCall call = new FieldCall(plan)) {
                call.isForestalled().types("How is the weather?").passes(20_000);

                assertThat(call.errors()).containsExactly("conversation_already_has_active_response");
                assertThat(call.said()).contains("Here is what I found.");
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 400, 3_000})
        @DisplayName("A3: several results of one response bring one answer, when the last has come")
        void severalResultsBringOneAnswer(long slowest) {
            Plan plan = plan(calls("weather", "Rome"), calls("tides", "Ostia"), calls("trains", "Rome"))
                    .with(looks("weather"), looks("tides"), looks("trains"))
                    .taking(Map.of("tides", Duration.ofMillis(slowest)));
            try (FieldCall call = new FieldCall(plan)) {
                call.types("Tell me all.").passes(15_000);

                assertThat(call.said()).containsOnlyOnce("Here is what I found.");
                Instant last = call.sent("conversation.item.create").getLast().at();
                assertThat(call.sent("response.create").getLast().at()).isAfterOrEqualTo(last);
                isWhole(call);
            }
        }

        @Test
        @DisplayName("A4: a result is handed over when the agent's own words are said, so that it does not repeat them")
        void aResultWaitsForTheWordsBeforeIt() {
            Plan plan = plan(
                            new Output.Speak("Let me see, I shall look that up for you at once."),
                            calls("weather", "Rome"))
                    .with(looks("weather"));
            try (FieldCall call = new FieldCall(plan)) {
                call.types("How is the weather?").passes(20_000);

                Frame done = call.received("response.done").getFirst();
                Frame output = call.sent("conversation.item.create").getLast();
                assertThat(call.outputs()).hasSize(1);
                assertThat(output.at()).isAfterOrEqualTo(done.at());
                assertThat(call.said())
                        .containsExactly("Let me see, I shall look that up for you at once.", "Here is what I found.");
                isWhole(call);
            }
        }
    }

    @Nested
    @DisplayName("B. Tool calls and interruption")
    class Interruption {
        @Test
        @DisplayName("B5: what changes something runs on when the caller cuts in, and is not done again")
        void aCallerWhoCutsInOrdersOnce() {
            Plan plan = plan(calls("order", "Rome"))
                    .with(tool("order", ToolPolicy.Builder::changes))
                    .taking(Map.of("order", SECONDS_2));
            try (FieldCall call = new FieldCall(plan)) {
                call.types("Order it.")
                        .passes(600)
                        .speaks("Hello, are you there?")
                        .passes(20_000);
                assertThat(call.facts(SessionEvent.CallerTurnTaken.class)).hasSize(2);
                call.types("Have you ordered it?").passes(20_000);

                assertThat(call.calls()).hasSize(2);
                assertThat(ledger).containsExactly("order Rome");
                assertThat(call.outputs().getLast().path("output").asString()).contains("done before in this call");
                isWhole(call);
            }
        }

        @Test
        @DisplayName("B6: every call has exactly one output, whatever becomes of it")
        void everyCallHasOneOutput() {
            Tool<Place, String> broken = Tool.of("broken", "Breaks.", Place.class, place -> {
                throw new IllegalStateException("boom");
            });
            Tool<Place, String> refusing = Tool.of("refusing", "Refuses.", Place.class, place -> {
                throw new ToolFailure("not on Sundays");
            });
            Plan plan = plan(
                            calls("weather", "Rome"),
                            calls("broken", "Rome"),
                            calls("refusing", "Rome"),
                            calls("hanging", "Rome"),
                            calls("no_such_tool", "Rome"),
                            new Output.CallTool("weather", JsonMapper.shared().createObjectNode()))
                    .with(looks("weather"), broken, refusing, tool("hanging", p -> p.timeout(SECONDS_2)))
                    .taking(Map.of("hanging", Duration.ofHours(1)));
            try (FieldCall call = new FieldCall(plan)) {
                call.types("Tell me all.").passes(30_000);

                assertThat(call.outputs()).hasSize(6);
                assertThat(call.outputs())
                        .extracting(output -> output.path("output").asString())
                        .anySatisfy(text -> assertThat(text).contains("sunny"))
                        .anySatisfy(text -> assertThat(text).contains("'broken' failed"))
                        .anySatisfy(text -> assertThat(text).contains("not on Sundays"))
                        .anySatisfy(text -> assertThat(text).contains("did not answer within 2 s"))
                        .anySatisfy(text -> assertThat(text).contains("there is no tool named 'no_such_tool'"))
                        .anySatisfy(text -> assertThat(text).contains("'city' is missing"));
                isWhole(call);
            }
        }

        @Test
        @DisplayName("B6: also a call whose response is cut off, and one that is left by the caller")
        void aCallThatIsLeftHasAnOutputToo() {
            Plan plan = plan(calls("weather", "Rome")).with(looks("weather")).taking(Map.of("weather", SECONDS_2));
            try (FieldCall call = new FieldCall(plan)) {
                call.types("How is the weather?")
                        .passes(400)
                        .types("In Rome, I mean.")
                        .passes(20_000);
                isWhole(call);

                call.types("And now?").passes(400).hangsUp();
                assertThat(call.facts(SessionEvent.SessionEnded.class)).hasSize(1);
            }
        }

        @Test
        @DisplayName("B7: a result that comes after its time is dropped and counted, once")
        void aLateResultIsDropped() {
            Plan plan = plan(calls("weather", "Rome"))
                    .with(tool("weather", p -> p.readOnly().timeout(SECONDS_2)))
                    .taking(Map.of("weather", Duration.ofSeconds(9)));
            try (FieldCall call = new FieldCall(plan)) {
                call.types("How is the weather?").passes(30_000);

                assertThat(ledger).hasSize(1);
                assertThat(call.outputs()).hasSize(1);
                assertThat(call.facts(SessionEvent.ToolSettled.class))
                        .extracting(SessionEvent.ToolSettled::outcome)
                        .containsExactly("timed_out");
                assertThat(call.load().lateResults()).isEqualTo(1);
                assertThat(call.said()).containsOnlyOnce("Here is what I found.");
                isWhole(call);
            }
        }

        @Test
        @DisplayName("B9: a model that says nothing after its results is asked once more")
        void aModelThatSaysNothingIsAskedAgain() {
            Plan plan = plan(calls("weather", "Rome"), calls("tides", "Ostia"))
                    .with(looks("weather"), looks("tides"))
                    .failing(new Fault.SayNothing(2));
            try (FieldCall call = new FieldCall(plan)) {
                call.types("Tell me all.").passes(20_000);

                assertThat(call.facts(SessionEvent.ServiceProblem.class))
                        .extracting(SessionEvent.ServiceProblem::code)
                        .containsExactly("no_speech");
                assertThat(call.said()).containsExactly("Here is what I found.");
                isWhole(call);
            }
        }

        @Test
        @DisplayName("B10: while a tool is at work the caller is heard")
        void aCallIsNotDeafWhileAToolWorks() {
            Plan plan = plan(calls("order", "Rome"))
                    .with(tool("order", p -> p.timeout(Duration.ofMinutes(2))))
                    .taking(Map.of("order", Duration.ofMinutes(1)));
            try (FieldCall call = new FieldCall(plan)) {
                call.types("Order it.").passes(1_000);
                Instant begins = call.now();
                call.speaks("Hello, are you there?").passes(1_000);

                assertThat(call.heard)
                        .filteredOn(heard -> heard.at().isAfter(begins))
                        .extracting(FieldCall.Heard::signal)
                        .hasAtLeastOneElementOfType(Signal.SpeechStarted.class)
                        .hasAtLeastOneElementOfType(Signal.CallerTurn.class);
                assertThat(ledger).as("it is still at work").isEmpty();
            }
        }
    }

    @Nested
    @DisplayName("F. Latency and dead air")
    class DeadAir {
        @Test
        @DisplayName("F24: each answer's latency is known in parts that add up, with and without tools, and is metered")
        void latencyIsMeasured() {
            Plan plan = plan(calls("weather", "Rome")).with(looks("weather")).taking(Map.of("weather", MS_300));
            try (FieldCall call = new FieldCall(plan)) {
                call.types("How is the weather?").passes(20_000);

                TurnTimeline timeline =
                        call.facts(SessionEvent.TurnAnswered.class).getLast().timeline();
                assertThat(timeline.tool()).isTrue();
                assertThat(timeline.parts())
                        .containsKeys(TurnTimeline.Part.MODEL, TurnTimeline.Part.TOOL, TurnTimeline.Part.MODEL2);
                assertThat(timeline.parts().get(TurnTimeline.Part.TOOL)).isEqualTo(MS_300);
                assertThat(timeline.parts().values().stream().reduce(Duration.ZERO, Duration::plus))
                        .isEqualTo(timeline.total());

                SimpleMeterRegistry meters = new SimpleMeterRegistry();
                SessionMeters metered = new SessionMeters(meters);
                call.facts.forEach(metered::on);
                assertThat(meters.get(Names.TURN_LATENCY)
                                .tag(Names.TOOL, "yes")
                                .timer()
                                .count())
                        .isPositive();
            }
        }

        @Test
        @DisplayName("F25, F26: a budget of time has its action: a filler, then progress, then a spoken exit")
        void whoWaitsIsToldSo() {
            Plan plan = plan(calls("weather", "Rome"))
                    .with(tool("weather", p -> p.readOnly().timeout(Duration.ofSeconds(12))))
                    .taking(Map.of("weather", Duration.ofHours(1)));
            try (FieldCall call = new FieldCall(plan)) {
                call.types("How is the weather?").passes(40_000);

                assertThat(call.said()).containsExactly(FILLER, PROGRESS, "Here is what I found.");
                assertThat(call.outputs()).hasSize(1);
                assertThat(call.outputs().getFirst().path("output").asString())
                        .contains("I'm sorry, that takes too long.");
                Instant asked = call.received("response.done").getFirst().at();
                assertThat(Duration.between(asked, call.startOf(FILLER)))
                        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(2));
                isWhole(call);
            }
        }

        @Test
        @DisplayName("F26: nobody is spoken over by a filler, and two tools do not bring two")
        void aFillerWaitsForNobodyAndComesOnce() {
            Plan plan = plan(calls("weather", "Rome"), calls("tides", "Ostia"))
                    .with(looks("weather"), looks("tides"))
                    .taking(Map.of("weather", Duration.ofSeconds(4), "tides", Duration.ofSeconds(4)));
            try (FieldCall call = new FieldCall(plan)) {
                call.types("Tell me all.").passes(15_000);

                assertThat(call.said()).containsExactly(FILLER, "Here is what I found.");
                isWhole(call);
            }
        }
    }
}
