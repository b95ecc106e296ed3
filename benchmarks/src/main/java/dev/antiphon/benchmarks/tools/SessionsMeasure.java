package dev.antiphon.benchmarks.tools;

import dev.antiphon.connection.Endpoints;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.CallSetup;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSessions;
import dev.antiphon.telemetry.SessionMeters;
import dev.antiphon.tier.EscalationPolicy;
import dev.antiphon.tool.ToolPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;

/** Whole sessions whose models call a tool at a steady rate; timed on the line, from the call's frame to its output's. */
final class SessionsMeasure implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MemoryModel model = new MemoryModel();
    private final Latencies latencies = new Latencies();
    private final Semaphore answered = new Semaphore(0);
    private final ActorSystem<VoiceSessions.Command> system = ActorSystem.create(VoiceSessions.create(), "sessions");
    private final SessionMeters meters = new SessionMeters(new SimpleMeterRegistry());
    private final int sessions;
    private long calls;

    SessionsMeasure(int sessions, ToolPool pool) throws InterruptedException {
        this.sessions = sessions;
        WebSocketTransport line = new DispatchClock(model, nanos -> {
            latencies.record(nanos);
            answered.release();
        });
        CountDownLatch ready = new CountDownLatch(sessions);
        for (int i = 0; i < sessions; i++) {
            system.tell(new VoiceSessions.Open(setup(i, pool, line, ready), system.ignoreRef()));
        }
        if (!ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(ready.getCount() + " sessions did not become ready");
        }
    }

    private CallSetup setup(int number, ToolPool pool, WebSocketTransport line, CountDownLatch ready) {
        Tier tier = new Tier(
                "full",
                new ModelEndpoint("memory", "gpt-realtime", URI.create("ws://memory/v1/realtime"), Map.of(), List.of()),
                PriceCard.FREE);
        return new CallSetup(
                new SessionId("sess_" + number),
                new PromptConversation("tables", "You answer a restaurant's phone.", Optional.empty()),
                new TierLadder(List.of(tier)),
                tier,
                EscalationPolicy.never(),
                SessionSettings.defaults().withSilence(Duration.ofHours(1), 3),
                signal -> {
                    if (signal instanceof Signal.Ready) {
                        ready.countDown();
                    }
                },
                pool,
                meters,
                line,
                new Endpoints(new SplittableRandom(1)),
                CallClock.system());
    }

    /** Each is timed from the frame that completes the call to the frame with its output. */
    ToolsReport.Row measured(Duration time, int rate) throws InterruptedException {
        latencies.reset();
        answered.drainPermits();
        long made = Pace.of(rate).during(time, i -> model.calls((int) (i % sessions), calls++));
        long missing = made;
        if (answered.tryAcquire(Math.toIntExact(made), PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            missing = 0;
        }
        return latencies.row(missing);
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
        model.close();
    }
}
