package dev.antiphon.connection;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;

class PekkoTransportTest extends WebSocketTransportContract {
    private static final ActorTestKit KIT = ActorTestKit.create();

    PekkoTransportTest() {
        super(KIT.system(), LoopbackServer.Kind.PEKKO, PekkoTransport::create);
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }
}
