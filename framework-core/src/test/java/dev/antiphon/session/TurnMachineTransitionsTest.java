package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.machine.TransitionTable;
import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ServerEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The transition table of the turn machine: every kind of input in every kind of state, and what holds in each. */
class TurnMachineTransitionsTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Outcome OVER = new Outcome.Completed("flow", "done");

    /** What the machine has no rule for: nothing may come of it. */
    private static final Set<String> TELL_NOTHING = Set.of(
            "SessionCreated",
            "SessionUpdated",
            "ConversationCreated",
            "ItemAdded",
            "ItemDone",
            "ItemRetrieved",
            "ItemDeleted",
            "IdleTimeoutTriggered",
            "DtmfReceived",
            "OutputAudioStarted",
            "OutputAudioStopped",
            "OutputAudioCleared",
            "InputTranscriptDelta",
            "InputTranscriptSegment",
            "ContentPartAdded",
            "ContentPartDone",
            "TextDone",
            "AudioDone",
            "AudioTranscriptDone",
            "FunctionArgumentsDone",
            "McpArgumentsDone",
            "McpListToolsInProgress",
            "McpListToolsCompleted",
            "RateLimitsUpdated");

    private static final Map<String, Supplier<Turns>> PLACES = places();
    private static final Map<String, TurnInput> INPUTS = inputs();

    private static Map<String, Supplier<Turns>> places() {
        Map<String, Supplier<Turns>> places = new LinkedHashMap<>();
        places.put("BEFORE_THE_LINE", Turns::new);
        places.put("QUIET", Turns::connected);
        places.put("ASKED", () -> Turns.connected().in(new TurnInput.CallerTyped("hello")));
        places.put("SPEAKING", TurnMachineTransitionsTest::speaking);
        places.put(
                "HEARD",
                () -> Turns.connected()
                        .in(new TurnInput.CallerTyped("hello"))
                        .answers("r1", "a1", "A long story.", LONG));
        places.put("CALLER_SPEAKS", () -> Turns.connected().callerSpeaks("u1"));
        places.put(
                "OVERLAP",
                () -> Turns.connected(SessionSettings.defaults().withBargeIn(BargeIn.considered(Locale.ENGLISH)))
                        .in(new TurnInput.CallerTyped("hello"))
                        .answers("r1", "a1", "A long story.", LONG)
                        .callerSpeaks("u1"));
        places.put(
                "TOOL_RUNS",
                () -> Turns.connected()
                        .in(new TurnInput.CallerTyped("hello"))
                        .responseBegins("r1")
                        .calls("r1", "c1", "weather")
                        .responseEnds("r1"));
        places.put("ENDING", () -> Turns.connected().in(new TurnInput.EndWanted(OVER)));
        places.put(
                "CLOSING",
                () -> Turns.connected()
                        .in(new TurnInput.SayWanted(Conversation.Speech.say("Goodbye.")))
                        .in(new TurnInput.EndWanted(OVER, true)));
        places.put("LINE_LOST", () -> speaking().in(new TurnInput.LineLost()));
        places.put("FINISHED", () -> Turns.connected().in(new TurnInput.CallerGone(OVER)));
        return places;
    }

    private static Turns speaking() {
        return Turns.connected()
                .in(new TurnInput.CallerTyped("hello"))
                .responseBegins("r1")
                .utteranceBegins("r1", "a1")
                .speaks("r1", "a1", "A long story", LONG);
    }

    private static String place(TurnState state) {
        if (state.finished()) {
            return "FINISHED";
        } else if (!state.lineUp()) {
            return state.playback().utterances().isEmpty() ? "BEFORE_THE_LINE" : "LINE_LOST";
        } else if (state.ending().isPresent()) {
            return state.closing() ? "CLOSING" : "ENDING";
        } else if (state.callerSpeaking()) {
            return state.overlap().isPresent() ? "OVERLAP" : "CALLER_SPEAKS";
        } else if (!state.calls().isEmpty()) {
            return "TOOL_RUNS";
        }
        return switch (state.gate().phase()) {
            case ResponseGate.Phase.Asked ignored -> "ASKED";
            case ResponseGate.Phase.Active ignored -> "SPEAKING";
            case ResponseGate.Phase.Idle ignored ->
                state.playback().utterances().isEmpty() ? "QUIET" : "HEARD";
        };
    }

    private static Map<String, TurnInput> inputs() {
        Map<String, TurnInput> inputs = new LinkedHashMap<>();
        Stream.of(
                        new TurnInput.CallerStopped(new ServerEvent.SpeechStopped("e", LONG, "u1"), 0),
                        new TurnInput.CallerTyped("and"),
                        new TurnInput.CallerCommitted(),
                        new TurnInput.CallerPlayed("a1", Duration.ofMillis(500), true),
                        new TurnInput.CallerInterrupted(),
                        new TurnInput.CallAnswered("c1", "{}"),
                        new TurnInput.ToolSlow("c1", 1, "One moment."),
                        new TurnInput.ToolLate("c1", "weather", "{}"),
                        new TurnInput.NoteWanted("Step: time."),
                        new TurnInput.SayWanted(Conversation.Speech.say("One moment.")),
                        new TurnInput.EndWanted(OVER),
                        new TurnInput.EndSettled(Optional.empty()),
                        new TurnInput.CallerGone(OVER),
                        new TurnInput.CallerConfigured(SessionSettings.defaults()),
                        new TurnInput.CallerRecords(),
                        new TurnInput.CallerCleared(),
                        new TurnInput.McpAnswered("mcpr_1", true),
                        new TurnInput.LineChanged(),
                        new TurnInput.LineLost(),
                        new TurnInput.TurnUnheard())
                .forEach(input -> inputs.put(input.getClass().getSimpleName(), input));
        for (TurnTimer timer : TurnTimer.values()) {
            inputs.put(timer.name(), new TurnInput.TimerFired(timer));
        }
        events().forEach(event -> inputs.put(event.getClass().getSimpleName(), new TurnInput.FromModel(event)));
        return inputs;
    }

    private static Stream<ServerEvent> events() {
        ApiError error = Turns.error("server_error");
        Item.Message message =
                new Item.Message(Optional.of("a1"), Item.Role.ASSISTANT, Item.Status.COMPLETED, List.of());
        return Stream.of(
                new ServerEvent.SpeechStarted("e", Duration.ZERO, "u1"),
                new ServerEvent.SpeechStopped("e", LONG, "u1"),
                new ServerEvent.AudioCommitted("e", Optional.empty(), "u1"),
                ServerEvent.InputTranscriptCompleted.of("e", "u1", "wait"),
                new ServerEvent.InputTranscriptFailed("e", "u1", 0, error),
                new ServerEvent.ResponseCreated("e", Turns.response("r1", new Response.Status.InProgress())),
                new ServerEvent.ResponseDone("e", Turns.response("r1", new Response.Status.Completed())),
                new ServerEvent.OutputItemAdded("e", "r1", 0, message),
                new ServerEvent.OutputItemDone("e", "r1", 0, message),
                new ServerEvent.AudioDelta("e", "r1", "a1", 0, 0, Turns.audio(Duration.ofMillis(100))),
                new ServerEvent.AudioTranscriptDelta("e", "r1", "a1", 0, 0, "words"),
                new ServerEvent.TextDelta("e", "r1", "a1", 0, 0, "words"),
                new ServerEvent.ItemTruncated("e", "a1", 0, Duration.ofMillis(500)),
                new ServerEvent.ErrorReported("e", error),
                new ServerEvent.Unknown("e", "galaxy.exploded", RawJson.EMPTY_OBJECT),
                new ServerEvent.AudioCleared("e"),
                new ServerEvent.FunctionArgumentsDelta("e", "r1", "f1", 0, "c2", "{"),
                new ServerEvent.McpArgumentsDelta("e", "r1", "m1", 0, "{"),
                new ServerEvent.McpListToolsFailed("e", "m1"),
                new ServerEvent.McpCallInProgress("e", "m1", 0),
                new ServerEvent.McpCallCompleted("e", "m1", 0),
                new ServerEvent.McpCallFailed("e", "m1", 0));
    }

    /** Of everything that can come in: the inputs, with the timers and the model's events in the place of what carries them. */
    private static Set<String> kinds() {
        Set<String> kinds = new LinkedHashSet<>(TransitionTable.kindsOf(TurnInput.class));
        kinds.removeAll(Set.of("FromModel", "TimerFired"));
        kinds.addAll(TransitionTable.kindsOf(TurnTimer.values()));
        kinds.addAll(TransitionTable.kindsOf(ServerEvent.class));
        kinds.removeAll(TELL_NOTHING);
        return kinds;
    }

    @Test
    void everyInputIsTakenInEveryPlace() {
        TransitionTable table = new TransitionTable(PLACES.keySet(), kinds());
        PLACES.forEach((place, begin) -> INPUTS.forEach((kind, input) -> {
            Turns call = begin.get();
            table.visit(place(call.state), kind);
            takes(call, input);
            // What is begun here goes on by the same rules.
            takes(
                    call,
                    new TurnInput.FromModel(
                            new ServerEvent.ResponseDone("e", Turns.response("r1", new Response.Status.Completed()))));
            takes(call, new TurnInput.CallerTyped("and now?"));
        }));

        table.assertComplete();
    }

    private static void takes(Turns call, TurnInput input) {
        TurnState before = call.state;
        call.forget().in(input);
        TurnState after = call.state;
        String what = place(before) + " takes " + input;
        if (before.finished()) {
            assertThat(after).as(what).isEqualTo(before);
            assertThat(call.effects).as(what).isEmpty();
            return;
        }
        boolean mayTalk = before.lineUp() || input instanceof TurnInput.LineChanged;
        assertThat(mayTalk || call.sent(ClientEvent.class).isEmpty())
                .as("nothing is sent without a line: %s", what)
                .isTrue();
        int asks = call.sent(ClientEvent.ResponseCreate.class).size();
        assertThat(asks == 0 || (asks == 1 && asked(after)))
                .as("one response is asked for at once, when none is in flight: %s", what)
                .isTrue();
        assertThat(call.out(TurnEffect.Finish.class)).as(what).hasSize(after.finished() ? 1 : 0);
        assertThat(after.overlap().isEmpty() || after.callerSpeaking())
                .as("who speaks over the agent has the floor: %s", what)
                .isTrue();
        assertThat(after.finished()
                        || !after.lineUp()
                        || !after.gate().hasWishes()
                        || !after.gate().isIdle()
                        || after.callerSpeaking()
                        || !after.calls().isEmpty())
                .as("what is wanted is asked for as soon as it may be: %s", what)
                .isTrue();
    }

    private static boolean asked(TurnState state) {
        return state.gate().phase() instanceof ResponseGate.Phase.Asked;
    }

    @Test
    void whatTellsNothingChangesNothing() {
        ServerEvent nothing = new ServerEvent.ConversationCreated("e", "conv");
        PLACES.forEach((place, begin) -> {
            Turns call = begin.get();
            TurnState before = call.state;
            call.forget().in(nothing);

            assertThat(call.state).as(place).isEqualTo(before);
            assertThat(call.effects)
                    .as("a farewell is waited for anew, to the same moment: %s", place)
                    .allMatch(effect -> effect instanceof TurnEffect.Arm arm && arm.timer() == TurnTimer.FAREWELL);
            assertThat(call.effects.isEmpty() || place.equals("ENDING"))
                    .as(place)
                    .isTrue();
        });
    }
}
