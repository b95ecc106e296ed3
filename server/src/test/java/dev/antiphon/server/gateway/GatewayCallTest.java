package dev.antiphon.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.wire.Dialect;
import dev.antiphon.session.CallerChannel;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

class GatewayCallTest {
    private final TestInbox<VoiceSession.Command> session = TestInbox.create();
    private final CompletableFuture<ActorRef<VoiceSession.Command>> begun = new CompletableFuture<>();
    private final List<String> known = new ArrayList<>();
    private final LinkOnPaper link = new LinkOnPaper();
    private final Map<Duration, Runnable> later = new LinkedHashMap<>();
    private Supplier<CompletionStage<ActorRef<VoiceSession.Command>>> calls = () -> begun;
    private final GatewayCall call = call();

    @Test
    void aCallerWhoLeavesBeforeTheSessionIsThereIsHungUpWhenItComes() {
        call.onOpen(Optional.empty());
        frame("{\"type\":\"response.create\"}");
        call.onClosed(1001, "");
        begun.complete(session.getRef());
        assertThat(session.getAllReceived())
                .containsExactly(new VoiceSession.HangUp("the caller's connection closed (1001)"));
    }

    @Test
    void aCallThatCannotBeginSaysSoAndIsForgotten() {
        call.onOpen(Optional.empty());
        frame("{\"type\":\"response.create\"}");
        begun.completeExceptionally(new TimeoutException("no tier"));
        assertThat(link.sent).last().asString().contains("call_failed");
        assertThat(link.closed).containsExactly("1011 the call could not begin");
        assertThat(known).isEmpty();
        call.onClosed(1011, "the call could not begin");
        assertThat(link.closed).hasSize(1);
        assertThat(call.over().toCompletableFuture()).isCompleted();
    }

    @Test
    void aBotThatThrowsIsACallThatCannotBegin() {
        calls = () -> {
            throw new NoClassDefFoundError("the author's class");
        };
        call.onOpen(Optional.empty());
        frame("{\"type\":\"response.create\"}");
        assertThat(link.sent).last().asString().contains("call_failed");
        assertThat(link.closed).containsExactly("1011 the call could not begin");
        assertThat(known).isEmpty();
    }

    @Test
    void aSessionThatComesTooLateIsHungUp() {
        call.onOpen(Optional.empty());
        frame("{\"type\":\"response.create\"}");
        runLater(GatewayCall.BEGIN);
        assertThat(link.closed).containsExactly("1011 the call could not begin");
        assertThat(known).isEmpty();
        begun.complete(session.getRef());
        assertThat(session.getAllReceived()).containsExactly(new VoiceSession.HangUp("the call could not begin"));
    }

    @Test
    void theHangUpIsToldHoweverMuchIsHeld() {
        call.onOpen(Optional.empty());
        call.deliver(new CallerChannel.Signal.Ready("gpt-realtime"));
        for (int i = 0; i < HeldCommands.MAX_COMMANDS + 1; i++) {
            frame("{\"type\":\"input_audio_buffer.clear\"}");
        }
        assertThat(link.closed).containsExactly("1008 too much was sent before the call began");
        call.onClosed(1008, "");
        begun.complete(session.getRef());
        assertThat(session.getAllReceived())
                .hasSize(HeldCommands.MAX_COMMANDS + 1)
                .last()
                .isInstanceOf(VoiceSession.HangUp.class);
    }

    @Test
    void aServerThatStopsHangsUpAndClosesWhenTheSessionHasEnded() {
        call.onOpen(Optional.empty());
        frame("{\"type\":\"response.create\"}");
        begun.complete(session.getRef());
        CompletionStage<Void> over = call.stop();
        assertThat(session.getAllReceived()).containsExactly(new VoiceSession.HangUp("the server is stopping"));
        assertThat(link.closed).isEmpty();
        call.deliver(new CallerChannel.Signal.CallEnded(new Outcome.Abandoned("the server is stopping")));
        assertThat(link.closed).containsExactly("1001 the server is stopping");
        assertThat(over.toCompletableFuture()).isNotDone();
        call.onClosed(1001, "");
        assertThat(over.toCompletableFuture()).isCompleted();
    }

    @Test
    void aServerThatStopsClosesWhatHasNotBegun() {
        call.onOpen(Optional.empty());
        call.stop();
        assertThat(link.closed).containsExactly("1001 the server is stopping");
        call.onClosed(1001, "");
        runLater(GatewayCall.GRACE);
        assertThat(known).isEmpty();
    }

    private void frame(String json) {
        call.onText(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    private void runLater(Duration delay) {
        Optional.ofNullable(later.remove(delay)).orElseThrow().run();
    }

    private GatewayCall call() {
        SessionSettings settings = SessionSettings.defaults();
        ClientSession shown = ClientSession.begin(
                "sess_1", "gpt-realtime", "Books visits.", Instant.parse("2026-11-20T10:00:00Z"), settings);
        int[] ids = {0};
        return new GatewayCall(
                new SessionId("sess_1"),
                new GatewayProtocol(shown, prefix -> prefix + "_" + ++ids[0]),
                Dialect.ga(),
                settings,
                new Known(),
                Caller.UNKNOWN,
                link,
                later::put);
    }

    private final class Known implements CallFactory {
        @Override
        public void announced(SessionId id) {
            known.add(id.value());
        }

        @Override
        public void withdrawn(SessionId id) {
            known.remove(id.value());
        }

        @Override
        public CompletionStage<ActorRef<VoiceSession.Command>> begin(
                SessionId id, SessionSettings settings, CallerChannel caller, Caller who) {
            return calls.get();
        }
    }
}
