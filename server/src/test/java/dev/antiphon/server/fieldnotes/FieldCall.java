package dev.antiphon.server.fieldnotes;

import dev.antiphon.connection.Endpoints;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.model.TierLadder;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.session.CallSetup;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSession;
import dev.antiphon.session.VoiceSessions;
import dev.antiphon.testkit.emulator.Brain;
import dev.antiphon.testkit.emulator.EmulatedModels;
import dev.antiphon.testkit.emulator.EmulatorEndpoint;
import dev.antiphon.testkit.emulator.EmulatorSettings;
import dev.antiphon.testkit.emulator.Fault;
import dev.antiphon.testkit.emulator.FaultScript;
import dev.antiphon.testkit.emulator.FrameObserver;
import dev.antiphon.testkit.speech.FreeTtsSynthesizer;
import dev.antiphon.testkit.speech.RegisteredSpeech;
import dev.antiphon.testkit.virtual.VirtualNetwork;
import dev.antiphon.testkit.virtual.VirtualWorld;
import dev.antiphon.tier.EscalationPolicy;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolLoad;
import dev.antiphon.tool.ToolPool;
import dev.antiphon.tool.ToolPoolSettings;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call in virtual time whose model, caller and tools do what a test tells them: what the model's service saw, what the caller
 * heard, and the facts.
 */
final class FieldCall implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MODEL = "model";
    private static final int SAMPLES_PER_MS = 24;
    private static final SessionSettings PATIENT = SessionSettings.defaults().withSilence(Duration.ofMinutes(10), 3);

    /** A frame between session and model; {@code ours} when the session sent it. */
    record Frame(Instant at, boolean ours, JsonNode event) {
        String type() {
            return event.path("type").asString("");
        }
    }

    /** What the caller was told, and when. */
    record Heard(Instant at, Signal signal) {}

    final List<Frame> frames = new ArrayList<>();
    final List<Heard> heard = new ArrayList<>();
    final List<SessionEvent> facts = new ArrayList<>();
    final ToolPool pool;
    private final VirtualWorld world = VirtualWorld.beginningAt(Instant.parse("2026-11-20T09:00:00Z"));
    private final FreeTtsSynthesizer voice = new FreeTtsSynthesizer();
    private final RegisteredSpeech speech = new RegisteredSpeech(voice);
    private final ActorSystem<VoiceSessions.Command> system;
    private final ActorRef<VoiceSession.Command> session;
    private Optional<WebSocketLink> line = Optional.empty();
    private Optional<WebSocketListener> ear = Optional.empty();

    /** The parts of a call; the tools take no time unless it is told here, by name. */
    record Plan(
            Brain brain,
            List<Tool<?, ?>> tools,
            Map<String, Duration> times,
            Function<VirtualWorld, Conversation> conversation,
            SessionSettings settings,
            List<Fault> faults,
            Function<URI, TierLadder> models) {
        static Plan of(Brain brain, Conversation conversation) {
            return new Plan(
                    brain, List.of(), Map.of(), world -> conversation, PATIENT, List.of(), EmulatedModels::ladder);
        }

        static Plan of(Brain brain, Function<VirtualWorld, Conversation> conversation) {
            return new Plan(brain, List.of(), Map.of(), conversation, PATIENT, List.of(), EmulatedModels::ladder);
        }

        Plan with(Tool<?, ?>... more) {
            return new Plan(brain, List.of(more), times, conversation, settings, faults, models);
        }

        Plan taking(Map<String, Duration> time) {
            return new Plan(brain, tools, time, conversation, settings, faults, models);
        }

        Plan failing(Fault... fault) {
            return new Plan(brain, tools, times, conversation, settings, List.of(fault), models);
        }

        Plan on(String mini, String full) {
            return new Plan(
                    brain,
                    tools,
                    times,
                    conversation,
                    settings,
                    faults,
                    realtime -> EmulatedModels.ladder(realtime, mini, full));
        }
    }

    FieldCall(Plan plan) {
        VirtualNetwork network = new VirtualNetwork(world.timeline(), Duration.ofMillis(5));
        EmulatorSettings emulator = EmulatorSettings.of(plan.brain(), voice, speech)
                .withZone(ZoneOffset.UTC)
                .withFaults(new FaultScript(plan.faults()))
                .withObserver((id, direction, json) -> frames.add(new Frame(
                        world.timeline().now(), direction == FrameObserver.Direction.IN, JSON.readTree(json))));
        network.listen(MODEL, new EmulatorEndpoint(emulator, world::timeline));
        system = world.system(VoiceSessions.create(), "field-call");
        pool = ToolDispatcher.start(
                system, plan.tools(), ToolPoolSettings.defaults().withThreads((name, attempt) -> {
                    world.timeline().schedule(plan.times().getOrDefault(name, Duration.ZERO), attempt);
                    return () -> {};
                }));
        TierLadder ladder = plan.models().apply(URI.create("ws://" + MODEL + "/v1/realtime"));
        CallSetup setup = new CallSetup(
                new SessionId("call"),
                plan.conversation().apply(world),
                ladder,
                ladder.lowest(),
                EscalationPolicy.defaults(),
                plan.settings(),
                signal -> heard.add(new Heard(world.timeline().now(), signal)),
                pool,
                facts::add,
                (request, listener) -> {
                    WebSocketLink link = network.connect(request, listener);
                    line = Optional.of(link);
                    ear = Optional.of(listener);
                    return link;
                },
                new Endpoints(new SplittableRandom(1)),
                world.clock());
        CompletionStage<VoiceSessions.Opened> opened = AskPattern.askWithStatus(
                system, replyTo -> new VoiceSessions.Open(setup, replyTo), Duration.ofSeconds(10), system.scheduler());
        passes(Duration.ofSeconds(1));
        session = opened.toCompletableFuture().join().session();
    }

    // What happens.

    FieldCall passes(Duration time) {
        world.timeline().advance(time);
        return this;
    }

    FieldCall passes(long millis) {
        return passes(Duration.ofMillis(millis));
    }

    FieldCall types(String words) {
        session.tell(new VoiceSession.CallerText(words, List.of()));
        return passes(100);
    }

    /** The caller speaks these words, then is silent until the turn has been taken. */
    FieldCall speaks(String words) {
        speech.register(words);
        byte[] pcm = voice.pcm24kHz(words);
        session.tell(new VoiceSession.CallerAudio(AudioPayload.ofBytes(pcm)));
        passes(Duration.ofMillis(pcm.length / 2 / SAMPLES_PER_MS));
        session.tell(new VoiceSession.CallerAudio(AudioPayload.ofBytes(new byte[2 * SAMPLES_PER_MS * 700])));
        return passes(700);
    }

    FieldCall hangsUp() {
        session.tell(new VoiceSession.HangUp("gone"));
        return passes(100);
    }

    Instant now() {
        return world.timeline().now();
    }

    /** The caller presses keys on a telephone. */
    FieldCall presses(String keys) {
        keys.chars().forEach(key -> {
            String event = "{\"type\":\"input_audio_buffer.dtmf_event_received\",\"event\":\"%c\",\"received_at\":%d}"
                    .formatted(key, now().getEpochSecond());
            ear.orElseThrow().onText(ByteBuffer.wrap(event.getBytes(StandardCharsets.UTF_8)));
            passes(200);
        });
        return this;
    }

    /** Somebody else asks the service for a response, a moment before the session does. */
    FieldCall isForestalled() {
        line.orElseThrow().send(ByteBuffer.wrap("{\"type\":\"response.create\"}".getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    // What was seen.

    List<Frame> sent(String type) {
        return frames.stream()
                .filter(frame -> frame.ours() && frame.type().equals(type))
                .toList();
    }

    List<Frame> received(String type) {
        return frames.stream()
                .filter(frame -> !frame.ours() && frame.type().equals(type))
                .toList();
    }

    /** The codes of the errors that the service told. */
    List<String> errors() {
        return received("error").stream()
                .map(frame -> frame.event().at("/error/code").asString(""))
                .toList();
    }

    /** The outputs that the model was given, each with the id of its call. */
    List<JsonNode> outputs() {
        return sent("conversation.item.create").stream()
                .map(frame -> frame.event().path("item"))
                .filter(item -> item.path("type").asString("").equals("function_call_output"))
                .toList();
    }

    /** The ids of the calls that the model made. */
    List<String> calls() {
        return received("response.function_call_arguments.done").stream()
                .map(frame -> frame.event().path("call_id").asString())
                .toList();
    }

    /** What the agent has said, whole utterances. */
    List<String> said() {
        return heard.stream()
                .map(Heard::signal)
                .filter(Signal.UtteranceEnded.class::isInstance)
                .map(Signal.UtteranceEnded.class::cast)
                .map(Signal.UtteranceEnded::text)
                .toList();
    }

    /** When the agent began the utterance that became these words. */
    Instant startOf(String words) {
        String id = heard.stream()
                .map(Heard::signal)
                .filter(Signal.UtteranceEnded.class::isInstance)
                .map(Signal.UtteranceEnded.class::cast)
                .filter(ended -> ended.text().equals(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody said \"" + words + "\", but " + said()))
                .utteranceId();
        return heard.stream()
                .filter(told -> told.signal().equals(new Signal.UtteranceStarted(id)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody began \"" + words + "\""))
                .at();
    }

    /** What the pool is doing. */
    ToolLoad load() {
        CompletionStage<ToolLoad> load = AskPattern.ask(
                pool.dispatcher(), ToolDispatcher.Inspect::new, Duration.ofSeconds(10), system.scheduler());
        passes(10);
        return load.toCompletableFuture().join();
    }

    <T extends SessionEvent> List<T> facts(Class<T> type) {
        return facts.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The call in words, for those who look into a failure. */
    String story() {
        StringBuilder story = new StringBuilder();
        for (SessionEvent fact : facts) {
            switch (fact) {
                case SessionEvent.CallerTurnTaken turn ->
                    story.append("\n  caller: ").append(turn.text().orElse("(speaks)"));
                case SessionEvent.AgentSaid said ->
                    story.append("\n  agent: ").append(said.text()).append(said.cutOff() ? " (cut off)" : "");
                case SessionEvent other -> {}
            }
        }
        received("response.function_call_arguments.done")
                .forEach(frame -> story.append("\n  call: ")
                        .append(frame.event().path("name").asString(""))
                        .append(' ')
                        .append(frame.event().path("arguments").asString("")));
        return story.toString();
    }

    /** How many responses were open at once, at most. */
    int mostOpenResponses() {
        int open = 0;
        int most = 0;
        for (Frame frame : frames) {
            if (!frame.ours() && frame.type().equals("response.created")) {
                open++;
            } else if (!frame.ours() && frame.type().equals("response.done")) {
                open--;
            }
            most = Math.max(most, open);
        }
        return most;
    }

    @Override
    public void close() {
        world.close();
    }
}
