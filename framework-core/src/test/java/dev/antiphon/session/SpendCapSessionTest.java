package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.Endpoints;
import dev.antiphon.handover.Handover;
import dev.antiphon.handover.HandoverDesk;
import dev.antiphon.handover.HandoverPacket;
import dev.antiphon.handover.HandoverResult;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.Money;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.spend.CallCap;
import dev.antiphon.spend.Cap;
import dev.antiphon.tier.EscalationPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a session does at its cap; each response of the scripted model costs 40 millionths of a dollar. */
class SpendCapSessionTest {
    private static final Cap ONE_RESPONSE = new Cap(Money.usd("0.00003"));

    private final ActorTestKit kit = ActorTestKit.create();
    private final ActorRef<VoiceSessions.Command> sessions = kit.spawn(VoiceSessions.create());
    private final ScriptedModel model = new ScriptedModel();
    private final BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<SessionEvent> facts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Consumer<ToolOutcome>> effects = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private static Tier tier(String name) {
        return new Tier(
                name,
                new ModelEndpoint("test", name, URI.create("ws://127.0.0.1:1/?model=" + name), Map.of(), List.of()),
                PriceCard.of("1", "0", "2", "0", "0", "0", "0", "0"));
    }

    private ActorRef<VoiceSession.Command> call(Conversation conversation, CallCap.Action action) {
        return call(conversation, action, HandoverDesk.none());
    }

    private ActorRef<VoiceSession.Command> call(Conversation conversation, CallCap.Action action, HandoverDesk desk) {
        TierLadder ladder = new TierLadder(List.of(tier("mini"), tier("full")));
        TestProbe<StatusReply<VoiceSessions.Opened>> opened = kit.createTestProbe();
        sessions.tell(new VoiceSessions.Open(
                new CallSetup(
                        new SessionId("s1"),
                        conversation,
                        ladder,
                        ladder.named("full").orElseThrow(),
                        EscalationPolicy.defaults(),
                        SessionSettings.defaults().withCap(CallCap.of(ONE_RESPONSE, action)),
                        heard::add,
                        waiting(),
                        facts::add,
                        model,
                        new Endpoints(new SplittableRandom(1)),
                        CallClock.system(),
                        new Handover(desk, Duration.ofMinutes(1), Optional.empty(), Optional.empty())),
                opened.getRef()));
        return opened.receiveMessage().getValue().session();
    }

    /** Effects settle when the test says so. */
    private ToolInvoker waiting() {
        return new ToolInvoker() {
            @Override
            public List<FunctionTool> offered() {
                return List.of();
            }

            @Override
            public void invoke(Invocation invocation, Consumer<ToolOutcome> settled) {
                effects.add(settled);
            }

            @Override
            public void cancelAll(SessionId session) {}
        };
    }

    private <T extends SessionEvent> T fact(Class<T> type) throws InterruptedException {
        while (true) {
            SessionEvent next = facts.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no " + type.getSimpleName());
            }
            if (type.isInstance(next)) {
                return type.cast(next);
            }
        }
    }

    @Test
    void theCallMovesDownAtItsCapAndEndsAtTwiceOfIt() throws InterruptedException {
        ActorRef<VoiceSession.Command> session = call(ScriptedConversation.quiet(), CallCap.Action.MOVE_DOWN);
        ScriptedModel.Line full = model.nextReadyLine();
        session.tell(new VoiceSession.CallerText("hello"));
        full.expect("response.create");
        full.answers("Hi");

        ScriptedModel.Line mini = model.nextReadyLine();
        SessionEvent.TierChanged changed = fact(SessionEvent.TierChanged.class);
        assertThat(changed.from()).isEqualTo("full");
        assertThat(changed.to()).isEqualTo("mini");
        session.tell(new VoiceSession.CallerText("and now?"));
        mini.expect("response.create");
        mini.answers("Still here");

        assertThat(mini.expect("response.create").toString()).contains("Please call again later. Goodbye.");
        mini.answers("Please call again later. Goodbye.");
        SessionEvent.SessionEnded ended = fact(SessionEvent.SessionEnded.class);
        assertThat(ended.outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(ended.cost().model().keySet()).containsExactly("full", "mini");
    }

    /** Fills a slot at each call, and has more to say about all that happens. */
    private static ScriptedConversation eager() {
        return new ScriptedConversation(event -> switch (event) {
            case Conversation.Event.ToolCalled called ->
                List.of(new Conversation.Directive.Answer(called.callId(), "{}", true));
            case Conversation.Event.AgentSpoke spoke ->
                spoke.text().equals("What time?") ? List.of() : List.of(say("What time?"));
            case Conversation.Event.HandoverSettled ignored -> List.of(say("I can go on helping you here."));
            case Conversation.Event ignored -> List.of();
        });
    }

    private static Conversation.Directive say(String words) {
        return new Conversation.Directive.Say(Conversation.Speech.say(words));
    }

    private List<SessionEvent> factsUntil(Class<? extends SessionEvent> last) throws InterruptedException {
        List<SessionEvent> all = new ArrayList<>();
        do {
            SessionEvent next = facts.poll(10, TimeUnit.SECONDS);
            assertThat(next).as(last.getSimpleName() + " after " + all).isNotNull();
            all.add(next);
        } while (!last.isInstance(all.getLast()));
        return all;
    }

    @Test
    void whatTheCallerSaysBeforeTheFarewellIsNeitherFilledNorAnswered() throws InterruptedException {
        ScriptedConversation dialog = eager();
        ActorRef<VoiceSession.Command> session = call(dialog, CallCap.Action.END);
        ScriptedModel.Line line = model.nextReadyLine();
        session.tell(new VoiceSession.CallerText("hello"));
        line.expect("response.create");
        line.calls("c1", "fill_slots", "{}");
        line.expect("response.create");
        assertThat(fact(SessionEvent.ResponseBilled.class)).isNotNull();
        line.answers("Which day?");
        line.expect("response.create");
        line.answers("What time?");
        fact(SessionEvent.AgentSaid.class);
        fact(SessionEvent.AgentSaid.class);
        assertThat(line.expect("response.create").toString()).contains("Please call again later. Goodbye.");
        int asked = line.seen("response.create").size();
        dialog.events.clear();

        session.tell(new VoiceSession.CallerText("Tuesday"));
        fact(SessionEvent.CallerTurnTaken.class);
        line.answers("Please call again later. Goodbye.");

        assertThat(factsUntil(SessionEvent.SessionEnded.class))
                .noneMatch(SessionEvent.TurnAnswered.class::isInstance)
                .noneMatch(SessionEvent.ToolStarted.class::isInstance);
        assertThat(line.seen("response.create")).hasSize(asked);
        assertThat(dialog.events).isEmpty();
    }

    @Test
    void beforeAPersonIsAskedTheCallerHearsSoAndTheDialogDoesNotGoOn() throws InterruptedException {
        BlockingQueue<CompletableFuture<HandoverResult>> answers = new LinkedBlockingQueue<>();
        HandoverDesk desk = new HandoverDesk() {
            @Override
            public CompletionStage<HandoverResult> ask(HandoverPacket packet) {
                CompletableFuture<HandoverResult> answer = new CompletableFuture<>();
                answers.add(answer);
                return answer;
            }

            @Override
            public boolean takes(String target) {
                return true;
            }

            @Override
            public void withdraw(String key) {}
        };
        ScriptedConversation dialog = eager();
        ActorRef<VoiceSession.Command> session = call(dialog, CallCap.Action.HAND_OVER, desk);
        ScriptedModel.Line line = model.nextReadyLine();
        session.tell(new VoiceSession.CallerText("hello"));
        fact(SessionEvent.CallerTurnTaken.class);
        line.expect("response.create");
        line.answers("Which day?");
        line.expect("response.create");
        line.answers("What time?");

        assertThat(line.expect("response.create").toString()).contains("I'll connect you now.");
        session.tell(new VoiceSession.CallerText("Tuesday"));
        fact(SessionEvent.CallerTurnTaken.class);
        line.answers("I will connect you now.");
        CompletableFuture<HandoverResult> answer = answers.poll(10, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        answer.complete(new HandoverResult.Busy());

        assertThat(line.expect("response.create").toString())
                .contains("nobody is free there", "Please call again later. Goodbye.");
        line.answers("Nobody is free.");
        SessionEvent.SessionEnded ended = fact(SessionEvent.SessionEnded.class);
        assertThat(ended.outcome()).isEqualTo(new Outcome.Abandoned("not taken over by front desk: busy"));
        assertThat(dialog.events).noneMatch(Conversation.Event.HandoverSettled.class::isInstance);
        assertThat(line.seen("response.create")).hasSize(4);
    }

    @Test
    void anEffectAtWorkIsWaitedFor() throws InterruptedException {
        Conversation booking = new ScriptedConversation(event -> switch (event) {
            case Conversation.Event.CallStarted ignored ->
                List.of(
                        new Conversation.Directive.Run(
                                "e1", "book", "key", Conversation.EffectPolicy.DEFAULT, () -> "REF1"),
                        new Conversation.Directive.Say(Conversation.Speech.say("One moment.")));
            case Conversation.Event ignored -> List.of();
        });
        call(booking, CallCap.Action.END);
        ScriptedModel.Line line = model.nextReadyLine();
        line.expect("response.create");
        line.answers("One moment.");
        fact(SessionEvent.ResponseBilled.class);
        assertThat(fact(SessionEvent.ServiceProblem.class).code()).isEqualTo("spend_cap_near");
        Consumer<ToolOutcome> settles = effects.poll(10, TimeUnit.SECONDS);
        assertThat(settles).isNotNull();
        assertThat(line.seen("response.create")).hasSize(1);

        settles.accept(new ToolOutcome.Ok("\"REF1\""));

        assertThat(fact(SessionEvent.ToolSettled.class).outcome()).isEqualTo("ok");
        assertThat(fact(SessionEvent.ServiceProblem.class).code()).isEqualTo("spend_cap_reached");
        assertThat(line.expect("response.create").toString()).contains("Please call again later. Goodbye.");
    }
}
