package dev.antiphon.testkit.session;

import dev.antiphon.connection.Endpoints;
import dev.antiphon.connection.NettyTransport;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.model.WireDialect;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.session.Aside;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.CallSetup;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.ToolInvoker;
import dev.antiphon.session.VoiceSession;
import dev.antiphon.session.VoiceSessions;
import dev.antiphon.testkit.emulator.Brain;
import dev.antiphon.testkit.emulator.EmulatorProfile;
import dev.antiphon.testkit.emulator.EmulatorSettings;
import dev.antiphon.testkit.emulator.FrameObserver;
import dev.antiphon.testkit.emulator.RealtimeEmulator;
import dev.antiphon.testkit.speech.SpeechRecognizer;
import dev.antiphon.tier.EscalationPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One call of a session to the emulator over a real WebSocket: what its caller hears, its facts, and every frame. */
final class EmulatedCall implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MS_PER_CHARACTER = 50;
    private static final int SAMPLES_PER_MS = 24;

    private final BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<SessionEvent> facts = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> sent = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final RealtimeEmulator emulator;
    private final ActorSystem<VoiceSessions.Command> system;
    final ActorRef<VoiceSession.Command> session;

    /**
     * Begins a call.
     *
     * @param words what the emulator hears in everything that is spoken
     */
    EmulatedCall(SessionSettings settings, Conversation conversation, Brain brain, String words) {
        this(settings, conversation, brain, words, unchanged -> unchanged);
    }

    /** Begins a call with a changed emulator. */
    EmulatedCall(
            SessionSettings settings,
            Conversation conversation,
            Brain brain,
            String words,
            UnaryOperator<EmulatorSettings> change) {
        emulator = RealtimeEmulator.start(change.apply(EmulatorSettings.of(
                        brain, text -> tone(Duration.ofMillis(text.length() * MS_PER_CHARACTER)), hears(words))
                .withProfile(EmulatorProfile.instant())
                .withObserver(this::frame)));
        system = ActorSystem.create(VoiceSessions.create(), "emulated-call");
        TierLadder ladder = new TierLadder(List.of(tier("mini"), tier("full")));
        CallSetup setup = new CallSetup(
                new SessionId("call"),
                conversation,
                ladder,
                ladder.lowest(),
                EscalationPolicy.defaults(),
                settings,
                heard::add,
                ToolInvoker.none(),
                facts::add,
                NettyTransport.create(system),
                new Endpoints(new SplittableRandom(1)),
                CallClock.system());
        session = AskPattern.<VoiceSessions.Command, VoiceSessions.Opened>askWithStatus(
                        system,
                        replyTo -> new VoiceSessions.Open(setup, replyTo),
                        Duration.ofSeconds(10),
                        system.scheduler())
                .toCompletableFuture()
                .join()
                .session();
    }

    /** The model that the call begins with. */
    ModelEndpoint endpoint() {
        return endpoint("mini");
    }

    private ModelEndpoint endpoint(String name) {
        return new ModelEndpoint(
                "emulator",
                "gpt-realtime-2.1-" + name,
                URI.create(emulator.wsUri() + "?model=gpt-realtime-2.1-" + name),
                Map.of("Authorization", "Bearer test"),
                List.of("realtime"),
                WireDialect.PROBE);
    }

    private Tier tier(String name) {
        return new Tier(name, endpoint(name), PriceCard.of("1", "0", "2", "0", "0", "0", "0", "0"));
    }

    private void frame(String sessionId, FrameObserver.Direction direction, String json) {
        switch (direction) {
            case IN -> sent.add(JSON.readTree(json));
            case OUT -> received.add(JSON.readTree(json));
        }
    }

    /** A moment of quiet, then the caller speaks for so long and is silent for so long; it arrives all at once. */
    void speaks(Duration voice, Duration silence) {
        audio(new byte[AudioFormat.PCM16_24KHZ.bytesOf(Duration.ofMillis(400))]);
        audio(tone(voice));
        audio(new byte[AudioFormat.PCM16_24KHZ.bytesOf(silence)]);
    }

    void audio(byte[] pcm) {
        session.tell(new VoiceSession.CallerAudio(AudioPayload.ofBytes(pcm)));
    }

    /** Asks beside the conversation and waits for the reply. */
    Aside.Reply asks(Aside aside) {
        return AskPattern.<VoiceSession.Command, Aside.Reply>ask(
                        session,
                        replyTo -> new VoiceSession.AskAside(aside, replyTo),
                        Duration.ofSeconds(20),
                        system.scheduler())
                .toCompletableFuture()
                .join();
    }

    static byte[] tone(Duration length) {
        byte[] pcm = new byte[(int) length.toMillis() * SAMPLES_PER_MS * 2];
        for (int i = 0; i < pcm.length; i += 2) {
            short sample = (short) (8_000 * Math.sin(2 * Math.PI * 440 * (i / 2) / 24_000));
            pcm[i] = (byte) sample;
            pcm[i + 1] = (byte) (sample >> 8);
        }
        return pcm;
    }

    <T extends Signal> T hears(Class<T> type) throws InterruptedException {
        return type.cast(next(heard, type::isInstance, type.getSimpleName()));
    }

    /** The next signal of these; others are passed over. */
    Signal hearsOneOf(Predicate<Signal> wanted) throws InterruptedException {
        return next(heard, wanted, "signal of those");
    }

    <T extends SessionEvent> T fact(Class<T> type) throws InterruptedException {
        return type.cast(next(facts, type::isInstance, type.getSimpleName()));
    }

    /** The next frame of this type that the emulator got; what came before it is passed over. */
    JsonNode sent(String type) throws InterruptedException {
        return next(sent, frame -> frame.path("type").asString("").equals(type), type);
    }

    /** The next frame of this type that the emulator sent. */
    JsonNode received(String type) throws InterruptedException {
        return next(received, frame -> frame.path("type").asString("").equals(type), type);
    }

    /** Every signal so far that was not taken yet. */
    List<Signal> heardBesides() {
        List<Signal> rest = new ArrayList<>();
        heard.drainTo(rest);
        return rest;
    }

    private static <E> E next(BlockingQueue<E> queue, Predicate<E> wanted, String name) throws InterruptedException {
        List<E> passed = new ArrayList<>();
        for (E next = queue.poll(10, TimeUnit.SECONDS); next != null; next = queue.poll(10, TimeUnit.SECONDS)) {
            if (wanted.test(next)) {
                return next;
            }
            passed.add(next);
        }
        throw new AssertionError("no " + name + ", but " + passed);
    }

    private static SpeechRecognizer hears(String words) {
        return new SpeechRecognizer() {
            @Override
            public void register(String text) {}

            @Override
            public Optional<String> recognize(byte[] pcm24kHz) {
                return Optional.of(words);
            }
        };
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
        emulator.close();
    }
}
