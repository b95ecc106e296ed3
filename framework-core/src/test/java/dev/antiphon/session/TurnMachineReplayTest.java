package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.machine.Replay;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.wire.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Calls that have happened happen in the same way again: the turn machine depends on nothing but its state and its input. */
class TurnMachineReplayTest {
    private static final int RANDOM_CALLS = 30;

    private static Replay.Result<TurnState> step(TurnState state, Turns.Timed input) {
        TurnMachine.Transition transition = TurnMachine.step(state, input.input(), input.nanos());
        return new Replay.Result<>(transition.next(), transition.effects());
    }

    @Test
    void randomCallsHappenInTheSameWayAgain() {
        int steps = 0;
        for (int seed = 0; seed < RANDOM_CALLS; seed++) {
            Turns call = RandomSession.run(seed, seed % 2 == 0, seed % 3 == 0 ? Conduct.STRICT : Conduct.GUIDED);
            call.run.assertSame(TurnMachineReplayTest::step);
            steps += call.run.size();
        }
        assertThat(steps).isGreaterThan(40 * RANDOM_CALLS);
    }

    /** Recordings of the emulated service: its audio is told by its length, and what the machine has no rule for is left out. */
    @ParameterizedTest
    @ValueSource(strings = {"barge-in-spoken", "escalation-typed"})
    void recordedCallsHappenInTheSameWayAgain(String name) throws IOException {
        Turns call = new Turns();
        call.state = TurnState.begin(
                SessionSettings.defaults(), Set.of("fill_slots", "confirm", "select_option"), Turns.SAY_AGAIN);
        String line = "";
        for (JsonNode frame : recording(name)) {
            call.nowNanos = Duration.ofMillis(frame.path("at_ms").asLong()).toNanos();
            if (!frame.path("session").asString().equals(line)) {
                line = frame.path("session").asString();
                call.in(new TurnInput.LineChanged());
            }
            input(frame).ifPresent(call::in);
        }
        assertThat(call.out(TurnEffect.Said.class)).hasSizeGreaterThan(5);
        assertThat(call.out(TurnEffect.TurnTaken.class)).hasSizeGreaterThan(3);
        assertThat(call.out(TurnEffect.Problem.class)).isEmpty();
        assertThat(call.out(TurnEffect.BargedIn.class).isEmpty())
                .as("the spoken call has barge-ins")
                .isEqualTo(!name.equals("barge-in-spoken"));

        call.run.assertSame(TurnMachineReplayTest::step);
    }

    private static List<JsonNode> recording(String name) throws IOException {
        try (InputStream file = TurnMachineReplayTest.class.getResourceAsStream("/recordings/" + name + ".jsonl")) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .<JsonNode>map(JsonMapper.shared()::readTree)
                    .toList();
        }
    }

    private static Optional<TurnInput> input(JsonNode frame) {
        JsonNode event = frame.path("event");
        if (frame.path("from").asString().equals("server")) {
            if (frame.has("audio_bytes")) {
                byte[] silence = new byte[frame.path("audio_bytes").asInt()];
                ((ObjectNode) event).put("delta", AudioPayload.ofBytes(silence).base64());
            }
            byte[] json = event.toString().getBytes(StandardCharsets.UTF_8);
            return Optional.of(new TurnInput.FromModel(Dialect.ga().decodeServer(ByteBuffer.wrap(json))));
        }
        JsonNode item = event.path("item");
        return switch (item.path("type").asString()) {
            case "function_call_output" ->
                Optional.of(new TurnInput.CallAnswered(
                        item.path("call_id").asString(), item.path("output").asString()));
            case "message" ->
                Optional.of(item)
                        // What another line is told of the conversation has no id.
                        .filter(message -> message.path("role").asString().equals("user") && message.has("id"))
                        .map(message -> new TurnInput.CallerTyped(
                                message.path("content").path(0).path("text").asString()));
            default -> Optional.empty();
        };
    }
}
