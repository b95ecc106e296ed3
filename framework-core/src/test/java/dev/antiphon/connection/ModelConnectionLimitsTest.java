package dev.antiphon.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.ModelConnection.Command;
import dev.antiphon.connection.ModelConnection.Event;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ResponseConfig;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a connection does when time or room runs out, on a clock that the test moves. */
@Timeout(60)
class ModelConnectionLimitsTest {
    private static final String CREATED = "{\"type\":\"session.created\",\"session\":{\"id\":\"sess_1\"}}";
    private static final ModelEndpoint ENDPOINT =
            new ModelEndpoint("testing", "gpt-realtime-mini", URI.create("ws://127.0.0.1:1/"), Map.of(), List.of());
    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime CLOCK = ManualTime.get(KIT.system());

    private final TestProbe<Event> owner = KIT.createTestProbe();
    private final ScriptedTransport transport = new ScriptedTransport();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void aModelThatAcceptsButCreatesNoSessionIsSilent() {
        ActorRef<Command> connection = connect();
        transport.listener().onOpen(Optional.empty());
        transport.listener().onText(utf8("what?"));
        CLOCK.timePasses(Duration.ofMillis(4999));
        owner.expectNoMessage(Duration.ZERO);
        CLOCK.timePasses(Duration.ofMillis(1));
        Event.Refused refused = owner.expectMessageClass(Event.Refused.class);
        assertThat(refused.failure()).isInstanceOf(ConnectFailure.Silent.class);
        assertThat(refused.failure().message())
                .contains("1 frame(s) that are no Realtime events")
                .contains("within 5 s");
        assertThat(transport.queue().farewell()).isPresent();
        owner.expectTerminated(connection, Duration.ofSeconds(5));
    }

    @Test
    void aServerThatDoesNotAnswerTheUpgradeIsUnreachable() {
        connect();
        transport.queue();
        CLOCK.timePasses(Duration.ofSeconds(5));
        assertThat(owner.expectMessageClass(Event.Refused.class).failure())
                .isInstanceOf(ConnectFailure.Unreachable.class);
    }

    @Test
    void anErrorThatIsNotFollowedByACloseIsARefusalAfterASecond() {
        ActorRef<Command> connection = connect();
        transport.listener().onOpen(Optional.empty());
        transport
                .listener()
                .onText(utf8("{\"type\":\"error\",\"error\":{\"code\":\"model_not_found\",\"message\":\"no\"}}"));
        // The doubt is the actor's to know before its clock can run.
        CLOCK.expectNoMessageFor(Duration.ofMillis(900), owner);
        CLOCK.timePasses(Duration.ofMillis(1100));
        assertThat(owner.expectMessageClass(Event.Refused.class).failure())
                .isInstanceOf(ConnectFailure.UnknownModel.class);
        owner.expectTerminated(connection, Duration.ofSeconds(5));
    }

    @Test
    void aReadyConnectionNoLongerTimesOut() {
        connect();
        transport.listener().onOpen(Optional.empty());
        transport.listener().onText(utf8(CREATED));
        owner.expectMessageClass(Event.Ready.class);
        CLOCK.expectNoMessageFor(Duration.ofMinutes(10), owner);
    }

    @Test
    void audioIsDroppedAndCountedWhenTheQueueIsFullAndAnythingElseEndsTheConnection() {
        ActorRef<Command> connection = connect();
        transport.listener().onOpen(Optional.empty());
        transport.listener().onText(utf8(CREATED));
        ModelLink link = owner.expectMessageClass(Event.Ready.class).link();
        ClientEvent audio = new ClientEvent.AudioAppend(Optional.empty(), AudioPayload.ofBytes(new byte[480]));
        ClientEvent create = new ClientEvent.ResponseCreate(Optional.empty(), ResponseConfig.NONE);

        for (int i = 0; i < 14; i++) {
            assertThat(link.send(audio)).as("audio frame %d", i).isTrue();
        }
        assertThat(link.send(audio)).isFalse();
        assertThat(link.droppedAudio()).isEqualTo(1);
        assertThat(link.send(create)).isTrue();
        assertThat(link.send(create)).isTrue();
        assertThat(link.send(create)).isFalse();

        Event.Lost lost = owner.expectMessageClass(Event.Lost.class);
        assertThat(lost.reason()).isEqualTo("the send queue of 16 frames and 16000 bytes is full");
        owner.expectTerminated(connection, Duration.ofSeconds(5));
        assertThat(transport.queue().farewell()).contains(new SendQueue.Farewell(1001, lost.reason()));
        transport.listener().onClosed(1006, "later");
        assertThat(link.send(audio)).isFalse();
        owner.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void audioTakesSevenEighthsOfTheQueuesBytesAndOneLargerPieceAlone() {
        connect();
        transport.listener().onOpen(Optional.empty());
        transport.listener().onText(utf8(CREATED));
        ModelLink link = owner.expectMessageClass(Event.Ready.class).link();
        ClientEvent large = new ClientEvent.AudioAppend(Optional.empty(), AudioPayload.ofBytes(new byte[30_000]));
        ClientEvent third = new ClientEvent.AudioAppend(Optional.empty(), AudioPayload.ofBytes(new byte[4_000]));
        ClientEvent create = new ClientEvent.ResponseCreate(Optional.empty(), ResponseConfig.NONE);

        assertThat(link.send(large)).isTrue();
        assertThat(link.send(third)).isFalse();
        transport.queue().next();
        assertThat(link.send(third)).isTrue();
        assertThat(link.send(third)).isTrue();
        assertThat(link.send(third)).isFalse();
        assertThat(link.droppedAudio()).isEqualTo(2);
        assertThat(link.send(create)).isTrue();
    }

    @Test
    void aTransportThatFailsInAnyWayIsARefusal() {
        WebSocketTransport broken = (request, listener) -> {
            throw new IllegalStateException("no more sockets");
        };
        ActorRef<Command> connection =
                KIT.spawn(ModelConnection.create(ENDPOINT, ConnectionSettings.defaults(), broken, owner.ref()));
        assertThat(owner.expectMessageClass(Event.Refused.class).failure().message())
                .contains("no more sockets");
        owner.expectTerminated(connection, Duration.ofSeconds(5));
    }

    private ActorRef<Command> connect() {
        ConnectionSettings settings = new ConnectionSettings(
                Duration.ofSeconds(5),
                WebSocketLimits.defaults()
                        .withMaxFrameBytes(1024)
                        .withSendQueueFrames(16)
                        .withSendQueueBytes(16_000));
        return KIT.spawn(ModelConnection.create(ENDPOINT, settings, transport, owner.ref()));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
