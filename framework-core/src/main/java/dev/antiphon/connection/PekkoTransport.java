package dev.antiphon.connection;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.io.Inet;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/**
 * Outgoing WebSockets over Pekko Streams: Pekko's TCP and TLS, our own RFC 6455 frames.
 *
 * <p>Close codes and reasons travel exactly, both ways; closing with 1006 ends the connection without a close frame, after
 * what was queued. Extensions are not offered. A peer that stays silent through three keep-alive intervals, pings included,
 * is given up with 1006. Servers are verified against the trust store of the given {@link SSLContext} and by host name.
 *
 * <p>Thread-safe; one per actor system is enough.
 */
public final class PekkoTransport implements WebSocketTransport {
    private final Tcp tcp;
    private final Materializer materializer;
    private final SSLContext ssl;

    private PekkoTransport(ClassicActorSystemProvider system, SSLContext ssl) {
        this.tcp = Tcp.get(system);
        this.materializer = SystemMaterializer.get(system).materializer();
        this.ssl = ssl;
    }

    /**
     * With the platform's trust store.
     *
     * @throws UnusableTrustStore when it cannot be read
     */
    public static PekkoTransport create(ClassicActorSystemProvider system) {
        return new PekkoTransport(system, UnusableTrustStore.platform());
    }

    /** With a trust store of one's own. */
    public static PekkoTransport create(ClassicActorSystemProvider system, SSLContext ssl) {
        return new PekkoTransport(system, ssl);
    }

    /** @throws IllegalArgumentException when the address has no host or a header is not one line */
    @Override
    public WebSocketLink connect(Request request, WebSocketListener listener) {
        SendQueue queue = new SendQueue(request.limits());
        WebSocketProtocol.Side side =
                new WebSocketProtocol.Side.Client(new ClientHandshake(request), request.connectTimeout());
        Flow.fromGraph(new WebSocketStage(side, queue, request.limits(), link -> listener))
                .join(connection(request))
                .run(materializer);
        return queue;
    }

    private Flow<ByteString, ByteString, CompletionStage<Tcp.OutgoingConnection>> connection(Request request) {
        ServerAddress server = ServerAddress.of(request);
        List<Inet.SocketOption> options = List.of(TcpSO.tcpNoDelay(true));
        return server.secure()
                ? tcp.outgoingConnectionWithTls(
                        server.unresolved(),
                        () -> server.verifying(ssl),
                        Optional.empty(),
                        options,
                        Optional.of(request.connectTimeout()),
                        Optional.empty(),
                        session -> Optional.empty(),
                        TLSClosing.eagerClose())
                : tcp.outgoingConnection(
                        server.unresolved(),
                        Optional.empty(),
                        options,
                        true,
                        Optional.of(request.connectTimeout()),
                        Optional.empty());
    }
}
