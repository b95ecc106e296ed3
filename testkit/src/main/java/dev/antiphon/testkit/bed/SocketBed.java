package dev.antiphon.testkit.bed;

import dev.antiphon.connection.NettyServer;
import dev.antiphon.connection.NettyTransport;
import dev.antiphon.connection.PekkoHttpWebSockets;
import dev.antiphon.connection.WebSocketLimits;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.VoiceSessions;
import dev.antiphon.testkit.caller.CallRecord;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.PlacedCall;
import dev.antiphon.testkit.emulator.EmulatedModels;
import dev.antiphon.testkit.emulator.RealTimeline;
import dev.antiphon.testkit.emulator.RealtimeEmulator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/** A test bed in real time, over sockets. */
final class SocketBed implements TestBed {
    private static final String HOST = "127.0.0.1";
    private static final int STEP_SECONDS = 20;

    private final EmulatedParts parts;
    private final RealtimeEmulator emulator;
    private final ActorSystem<VoiceSessions.Command> system;
    private final NettyTransport transport;
    private final RealTimeline.Source timelines = new RealTimeline.Source();
    private final NettyServer listening;
    private final Instant begin = Instant.now();

    private SocketBed(
            EmulatedParts parts,
            RealtimeEmulator emulator,
            ActorSystem<VoiceSessions.Command> system,
            NettyTransport transport,
            NettyServer listening) {
        this.parts = parts;
        this.emulator = emulator;
        this.system = system;
        this.transport = transport;
        this.listening = listening;
    }

    static SocketBed create(BedSettings settings, Agent agent) {
        EmulatedParts parts = new EmulatedParts(settings);
        RealtimeEmulator emulator = RealtimeEmulator.start(parts.emulator());
        ActorSystem<VoiceSessions.Command> system = ActorSystem.create(VoiceSessions.create(), "agent");
        try {
            NettyTransport transport = NettyTransport.create(system);
            PekkoHttpWebSockets sockets = PekkoHttpWebSockets.of(
                    agent.start(new Agent.Surroundings(
                            system,
                            transport,
                            EmulatedModels.ladder(emulator.wsUri()),
                            CallClock.system(),
                            new Random(settings.seed()),
                            task -> Thread.ofVirtual().name("tool").start(task))),
                    WebSocketLimits.defaults());
            NettyServer listening = NettyServer.bind(
                            system,
                            HOST,
                            0,
                            ServerSettings.create(system.settings().config()),
                            request -> CompletableFuture.completedFuture(sockets.handle(request)))
                    .toCompletableFuture()
                    .orTimeout(STEP_SECONDS, TimeUnit.SECONDS)
                    .join();
            return new SocketBed(parts, emulator, system, transport, listening);
        } catch (RuntimeException | Error failure) {
            system.terminate();
            emulator.close();
            throw failure;
        }
    }

    @Override
    public PlacedCall place(String name, CallerScript script, Manner manner, Duration later) {
        URI agent = URI.create("ws://" + HOST + ":" + listening.localAddress().getPort() + "/v1/realtime");
        return parts.place(name, script, manner, later, timelines.timeline(), transport, agent);
    }

    @Override
    public TestCall call() {
        throw new UnsupportedOperationException(
                "a call whose words come from the test needs virtual time; place a script instead");
    }

    @Override
    public CallRecord await(PlacedCall call, Duration limit) {
        try {
            return call.ended()
                    .copy()
                    .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new CallTooLong(limit);
            }
            throw e;
        }
    }

    @Override
    public Duration elapsed() {
        return Duration.between(begin, Instant.now());
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated()
                .handle((done, failed) -> true)
                .toCompletableFuture()
                .completeOnTimeout(false, STEP_SECONDS, TimeUnit.SECONDS)
                .join();
        emulator.close();
        timelines.close();
    }
}
