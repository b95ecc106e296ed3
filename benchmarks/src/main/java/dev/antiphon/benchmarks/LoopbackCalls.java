package dev.antiphon.benchmarks;

import dev.antiphon.connection.Endpoints;
import dev.antiphon.connection.NettyTransport;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.CallSetup;
import dev.antiphon.session.CallerChannel;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSession;
import dev.antiphon.session.VoiceSessions;
import dev.antiphon.telemetry.SessionMeters;
import dev.antiphon.testkit.emulator.Brain;
import dev.antiphon.testkit.emulator.EmulatorProfile;
import dev.antiphon.testkit.emulator.EmulatorSettings;
import dev.antiphon.testkit.emulator.RealtimeEmulator;
import dev.antiphon.testkit.speech.SpeechRecognizer;
import dev.antiphon.tier.EscalationPolicy;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolPolicy.Duplicates;
import dev.antiphon.tool.ToolPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls, one after the other, against an emulator in the same process, over a WebSocket on loopback. The emulator's brain
 * answers at once; its voice is one second of silence, so that no time goes into speech synthesis.
 */
final class LoopbackCalls implements AutoCloseable {
    static final String GREETING = "Good morning.";
    static final String QUESTION = "Is there a table on Tuesday?";

    private static final Duration SPOKEN = Duration.ofSeconds(1);
    private static final byte[] ONE_SECOND = new byte[48_000];
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SpeechRecognizer DEAF = new SpeechRecognizer() {
        @Override
        public void register(String text) {}

        @Override
        public Optional<String> recognize(byte[] pcm24kHz) {
            return Optional.empty();
        }
    };

    record Query(String day) {}

    record Tables(boolean available, List<String> times) {}

    private final RealtimeEmulator emulator =
            RealtimeEmulator.start(EmulatorSettings.of(LoopbackCalls::respond, text -> ONE_SECOND, DEAF)
                    .withProfile(EmulatorProfile.instant()));
    private final ActorSystem<VoiceSessions.Command> system = ActorSystem.create(VoiceSessions.create(), "call");
    private final ToolPool tools = ToolDispatcher.start(
            system,
            List.of(Tool.of(
                            "lookup",
                            "Looks up free tables.",
                            Query.class,
                            query -> new Tables(true, List.of("18:00", "19:30")))
                    .with(policy -> policy.readOnly().duplicates(Duplicates.RUN))));
    private final NettyTransport transport = NettyTransport.create(system);
    private final SessionMeters meters = new SessionMeters(new SimpleMeterRegistry());
    private final Tier tier = new Tier(
            "full",
            new ModelEndpoint(
                    "emulator",
                    "gpt-realtime",
                    URI.create(emulator.wsUri() + "?model=gpt-realtime"),
                    Map.of("Authorization", "Bearer emulator"),
                    List.of()),
            PriceCard.FREE);
    private int calls;

    /** Looks up what was asked, greets otherwise. */
    private static List<Brain.Output> respond(Brain.Turn turn) {
        return turn.history().getLast() instanceof Brain.Entry.UserSaid said
                        && said.text().equals(QUESTION)
                ? List.of(new Brain.Output.CallTool(
                        "lookup", JsonMapper.shared().createObjectNode().put("day", "Tuesday")))
                : List.of(new Brain.Output.Speak("Certainly."));
    }

    /** Begins a call and waits until it can be talked to. */
    Call begin() {
        calls++;
        Listener listener = new Listener(new LinkedBlockingQueue<>());
        CallSetup setup = setup("sess_" + calls, listener);
        ActorRef<VoiceSession.Command> session = AskPattern.<VoiceSessions.Command, VoiceSessions.Opened>askWithStatus(
                        system, replyTo -> new VoiceSessions.Open(setup, replyTo), PATIENCE, system.scheduler())
                .toCompletableFuture()
                .join()
                .session();
        Call call = new Call(session, listener);
        call.await(Signal.Ready.class);
        return call;
    }

    private CallSetup setup(String id, CallerChannel caller) {
        return new CallSetup(
                new SessionId(id),
                new PromptConversation("tables", "You answer a restaurant's phone.", Optional.empty()),
                new TierLadder(List.of(tier)),
                tier,
                EscalationPolicy.never(),
                SessionSettings.defaults().withSilence(Duration.ofHours(1), 3),
                caller,
                tools,
                meters,
                transport,
                new Endpoints(new SplittableRandom(1)),
                CallClock.system());
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
        emulator.close();
    }

    private record Listener(BlockingQueue<Signal> signals) implements CallerChannel {
        @Override
        public void deliver(Signal signal) {
            signals.add(signal);
        }
    }

    /** One call, driven by one thread. */
    record Call(ActorRef<VoiceSession.Command> session, Listener listener) {

        /** Says something and waits for the end of the answer, which is then taken as heard; its audio in bytes. */
        int turn(String words) {
            session.tell(new VoiceSession.CallerText(words));
            int bytes = 0;
            while (true) {
                switch (next()) {
                    case Signal.UtteranceAudio audio -> bytes += audio.audio().byteCount();
                    case Signal.UtteranceEnded ended ->
                        session.tell(new VoiceSession.CallerPlayed(ended.utteranceId(), SPOKEN, false));
                    case Signal.TurnEnded ignored -> {
                        return whole(bytes);
                    }
                    case Signal.Problem problem -> throw new IllegalStateException("the turn failed: " + problem);
                    case Signal ignored -> {}
                }
            }
        }

        private static int whole(int bytes) {
            if (bytes != ONE_SECOND.length) {
                throw new IllegalStateException("an answer has " + ONE_SECOND.length + " bytes, but had " + bytes);
            }
            return bytes;
        }

        void hangUp() {
            session.tell(new VoiceSession.HangUp("the benchmark is done with this call"));
            await(Signal.CallEnded.class);
        }

        private void await(Class<? extends Signal> wanted) {
            for (Signal signal = next(); !wanted.isInstance(signal); signal = next()) {
                if (signal instanceof Signal.CallEnded ended) {
                    throw new IllegalStateException("the call ended early: " + ended.outcome());
                }
            }
        }

        private Signal next() {
            try {
                Signal signal = listener.signals().poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (signal == null) {
                    throw new IllegalStateException("the call has been silent for " + PATIENCE);
                }
                return signal;
            } catch (InterruptedException stopped) {
                throw new IllegalStateException("the benchmark was stopped", stopped);
            }
        }
    }
}
