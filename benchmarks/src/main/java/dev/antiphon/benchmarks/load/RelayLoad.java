package dev.antiphon.benchmarks.load;

import dev.antiphon.benchmarks.load.LoadCommand.Proto;
import dev.antiphon.connection.NettyServer;
import dev.antiphon.connection.NettyTransport;
import dev.antiphon.connection.PekkoHttpWebSockets;
import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.TurnDetection;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSessions;
import dev.antiphon.tool.ToolDispatcher;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/** Listens for callers and gives each a voice session, until the process is told to stop. */
final class RelayLoad implements WebSocketEndpoint {
    private static final Duration OPENING = Duration.ofSeconds(30);

    private final ActorSystem<VoiceSessions.Command> system;
    private final Agent agent;
    private final Proto proto;
    private final LoadStats stats;
    private final AtomicLong callers = new AtomicLong();

    private RelayLoad(ActorSystem<VoiceSessions.Command> system, Agent agent, Proto proto, LoadStats stats) {
        this.system = system;
        this.agent = agent;
        this.proto = proto;
        this.stats = stats;
    }

    static void run(URI url, int port, Proto proto) throws InterruptedException {
        LoadStats stats = new LoadStats(Integer.MAX_VALUE);
        Runtime.getRuntime().addShutdownHook(new Thread(stats::finish, "finish"));
        ActorSystem<VoiceSessions.Command> system = ActorSystem.create(VoiceSessions.create(), "relay");
        AudioFormat format = proto == Proto.twilio ? AudioFormat.G711_ULAW : AudioFormat.PCM16_24KHZ;
        SessionSettings settings =
                Agent.patient().withCaller(format, format, Modality.AUDIO, TurnDetection.ServerVad.defaults());
        Agent agent = new Agent(
                url,
                ToolDispatcher.start(system, List.of(Agent.lookup(stats, Optional.empty()))),
                NettyTransport.create(system),
                settings);
        PekkoHttpWebSockets callers = PekkoHttpWebSockets.of(new RelayLoad(system, agent, proto, stats));
        NettyServer.bind(
                        system,
                        "127.0.0.1",
                        port,
                        ServerSettings.create(system.settings().config()),
                        request -> CompletableFuture.completedFuture(callers.handle(request)))
                .toCompletableFuture()
                .join();
        LoadStats.say("{\"event\":\"listening\"}");
        new CountDownLatch(1).await();
    }

    @Override
    public Decision onUpgrade(Upgrade upgrade) {
        return new Decision.Accept(Optional.empty(), this::attach);
    }

    private WebSocketListener attach(WebSocketLink link) {
        RelayCaller caller = new RelayCaller(link, proto, stats);
        AskPattern.<VoiceSessions.Command, VoiceSessions.Opened>askWithStatus(
                        system,
                        replyTo -> new VoiceSessions.Open(
                                agent.call("sess_" + callers.incrementAndGet(), caller), replyTo),
                        OPENING,
                        system.scheduler())
                .thenAccept(opened -> caller.connected(opened.session()));
        return caller;
    }
}
