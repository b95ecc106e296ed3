package dev.antiphon.benchmarks.load;

import dev.antiphon.connection.NettyTransport;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.session.CallerChannel;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.VoiceSessions;
import dev.antiphon.tool.ToolDispatcher;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.typed.ActorSystem;

/** Opens sessions to the model server and answers its tool calls until the process is told to stop. */
final class TurnsLoad {
    private static final int OPENING_AT_ONCE = 16;

    private TurnsLoad() {}

    static void run(URI url, int sessions, boolean watched) throws InterruptedException {
        LoadStats stats = new LoadStats(sessions);
        Optional<Stages> stages = watched ? Optional.of(new Stages(stats::isPaced)) : Optional.empty();
        CountDownLatch allClosed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stats.finish();
                            stages.map(Stages::table).ifPresent(System.err::print);
                        },
                        "finish"));
        ActorSystem<VoiceSessions.Command> system = ActorSystem.create(VoiceSessions.create(), "load");
        Agent agent = new Agent(
                url,
                ToolDispatcher.start(system, List.of(Agent.lookup(stats, stages))),
                transport(system, stages),
                Agent.patient());
        Semaphore opening = new Semaphore(OPENING_AT_ONCE);
        for (int i = 0; i < sessions; i++) {
            opening.acquire();
            CallerChannel caller = signal -> deliver(signal, stats, opening, allClosed);
            system.tell(new VoiceSessions.Open(agent.call("sess_" + i, caller), system.ignoreRef()));
        }
        allClosed.await();
        system.terminate();
    }

    private static WebSocketTransport transport(ActorSystem<?> system, Optional<Stages> stages) {
        WebSocketTransport transport = NettyTransport.create(system);
        return stages.map(each -> each.watched(transport)).orElse(transport);
    }

    private static void deliver(Signal signal, LoadStats stats, Semaphore opening, CountDownLatch allClosed) {
        switch (signal) {
            case Signal.Ready ignored -> {
                stats.sessionOpened();
                opening.release();
            }
            case Signal.UtteranceAudio audio -> stats.audio(audio.audio().content());
            case Signal.CallEnded ended -> {
                if (ended.outcome() instanceof Outcome.Failed) {
                    stats.error();
                    opening.release();
                }
                if (stats.sessionClosed()) {
                    allClosed.countDown();
                }
            }
            case Signal ignored -> {}
        }
    }
}
