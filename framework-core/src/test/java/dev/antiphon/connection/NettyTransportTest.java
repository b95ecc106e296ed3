package dev.antiphon.connection;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;

class NettyTransportTest extends WebSocketTransportContract {
    private static final ActorTestKit KIT = ActorTestKit.create();

    NettyTransportTest() {
        super(KIT.system(), LoopbackServer.Kind.NETTY, NettyTransport::create);
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }
}
