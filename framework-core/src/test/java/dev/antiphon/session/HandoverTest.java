package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.Endpoints;
import dev.antiphon.handover.Handover;
import dev.antiphon.handover.HandoverDesk;
import dev.antiphon.handover.HandoverDetail;
import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.handover.HandoverPacket;
import dev.antiphon.handover.HandoverPacket.Said;
import dev.antiphon.handover.HandoverResult;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.tier.EscalationPolicy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dialog hands its caller over, and somebody is asked first. */
class HandoverTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Outcome.HandedOver TO_THE_DESK = new Outcome.HandedOver("front desk", "the caller asked");

    private ActorTestKit kit = ActorTestKit.create();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    /** Answers when the test does. */
    private static final class Desk implements HandoverDesk {
        final BlockingQueue<HandoverPacket> asked = new LinkedBlockingQueue<>();
        final BlockingQueue<String> withdrawn = new LinkedBlockingQueue<>();
        final BlockingQueue<CompletableFuture<HandoverResult>> answers = new LinkedBlockingQueue<>();
        Set<HandoverDetail> details = Set.of();
        boolean throwing;
        boolean brokenDetails;

        @Override
        public boolean takes(String target) {
            return !target.equals("nobody");
        }

        @Override
        public Set<HandoverDetail> details(String target) {
            if (brokenDetails) {
                throw new IllegalStateException("no details");
            }
            return details;
        }

        @Override
        public CompletionStage<HandoverResult> ask(HandoverPacket packet) {
            if (throwing) {
                throw new IllegalStateException("key sk-secret was refused");
            }
            CompletableFuture<HandoverResult> answer = new CompletableFuture<>();
            answers.add(answer);
            asked.add(packet);
            return answer;
        }

        @Override
        public void withdraw(String key) {
            withdrawn.add(key);
        }

        HandoverPacket packet() throws InterruptedException {
            return taken(asked);
        }

        void answers(HandoverResult result) throws InterruptedException {
            taken(answers).complete(result);
        }
    }

    private static <T> T taken(BlockingQueue<T> queue) throws InterruptedException {
        T element = queue.poll(10, TimeUnit.SECONDS);
        assertThat(element).isNotNull();
        return element;
    }

    /** A dialog that hands its caller over at once, and knows a name. */
    private record Dialog(Function<Event, List<Directive>> reactions, boolean broken) implements Conversation {
        Dialog(Function<Event, List<Directive>> reactions) {
            this(reactions, false);
        }

        static Dialog handingOverTo(Outcome.HandedOver to, Function<HandoverResult, List<Directive>> then) {
            return new Dialog(event -> switch (event) {
                case Event.CallStarted ignored ->
                    List.of(new Directive.Say(Speech.say("I'll connect you.")), new Directive.End(to));
                case Event.HandoverSettled settled -> then.apply(settled.result());
                case Event ignored -> List.of();
            });
        }

        static Dialog silent() {
            return handingOverTo(TO_THE_DESK, result -> List.of());
        }

        @Override
        public String name() {
            return "visit";
        }

        @Override
        public Opening opening() {
            return new Opening("Be brief.", List.of(), ToolChoice.AUTO);
        }

        @Override
        public List<Directive> on(Event event) {
            return reactions.apply(event);
        }

        @Override
        public Optional<String> seed() {
            return Optional.empty();
        }

        @Override
        public HandoverNotes notes() {
            if (broken) {
                throw new IllegalStateException("no notes");
            }
            return new HandoverNotes(
                    List.of(
                            new HandoverNotes.Value("visit", "date", "Friday", false),
                            new HandoverNotes.Value("visit", "name", "Lovelace", true)),
                    List.of("book: 4711"),
                    Optional.of("Which day?"));
        }

        @Override
        public View view() {
            return new View("step", Map.of(), Optional.empty());
        }
    }

    private final class Call {
        final ScriptedModel model = new ScriptedModel();
        final BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
        final BlockingQueue<SessionEvent> facts = new LinkedBlockingQueue<>();
        final ActorRef<VoiceSession.Command> session;
        final ScriptedModel.Line line;

        Call(Conversation conversation, HandoverDesk desk, Duration deadline) throws InterruptedException {
            Tier tier = new Tier(
                    "mini",
                    new ModelEndpoint("test", "mini", URI.create("ws://127.0.0.1:1/"), Map.of(), List.of()),
                    PriceCard.of("1", "0", "2", "0", "0", "0", "0", "0"));
            TierLadder ladder = new TierLadder(List.of(tier));
            TestProbe<StatusReply<VoiceSessions.Opened>> opened = kit.createTestProbe();
            ActorRef<VoiceSessions.Command> sessions = kit.spawn(VoiceSessions.create());
            sessions.tell(new VoiceSessions.Open(
                    new CallSetup(
                            new SessionId("s1"),
                            conversation,
                            ladder,
                            tier,
                            EscalationPolicy.defaults(),
                            SessionSettings.defaults(),
                            heard::add,
                            ToolInvoker.none(),
                            facts::add,
                            model,
                            new Endpoints(new SplittableRandom(1)),
                            CallClock.system(),
                            new Handover(desk, deadline, Optional.of("+4930123"), Optional.of("rtc_1"))),
                    opened.getRef()));
            session = opened.receiveMessage().getValue().session();
            line = model.nextReadyLine();
        }

        Call greets() throws InterruptedException {
            line.expect("response.create");
            line.answers("I will connect you.");
            return this;
        }

        String asksFor() throws InterruptedException {
            return line.expect("response.create").at("/response/instructions").asString();
        }

        Outcome end() throws InterruptedException {
            return next(heard, Signal.CallEnded.class).outcome();
        }

        HandoverResult settled() throws InterruptedException {
            return next(facts, SessionEvent.HandoverSettled.class).result();
        }

        private <T> T next(BlockingQueue<? super T> queue, Class<T> type) throws InterruptedException {
            while (true) {
                Object element = taken(queue);
                if (type.isInstance(element)) {
                    return type.cast(element);
                }
            }
        }
    }

    @Test
    void theCallEndsAsHandedOverWhenAPersonHasItAndTheWordsWereHeard() throws InterruptedException {
        Desk desk = new Desk();
        Call call = new Call(Dialog.silent(), desk, LONG);
        HandoverPacket packet = desk.packet();
        desk.answers(new HandoverResult.Accepted("T-7"));
        assertThat(call.settled()).isEqualTo(new HandoverResult.Accepted("T-7"));
        assertThat(call.heard).noneMatch(Signal.CallEnded.class::isInstance);
        call.greets();

        assertThat(call.end()).isEqualTo(new Outcome.HandedOver("front desk", "the caller asked; reference T-7"));
        assertThat(packet.key()).isEqualTo("s1:1");
        assertThat(packet.caller()).contains("+4930123");
        assertThat(packet.telephoneCall()).contains("rtc_1");
        assertThat(packet.target()).isEqualTo("front desk");
        assertThat(packet.reason()).isEqualTo("the caller asked");
        assertThat(packet.notes().done()).containsExactly("book: 4711");
        assertThat(packet.notes().open()).contains("Which day?");
        assertThat(Duration.between(packet.askedAt(), packet.answerBy())).isEqualTo(LONG);
        assertThat(packet.toString()).doesNotContain("Lovelace", "+4930123");
        assertThat(desk.withdrawn).isEmpty();
    }

    @Test
    void theEndTellsWhatTheDialogKnowsAndNothingSensitive() throws InterruptedException {
        Desk desk = new Desk();
        Call call = new Call(Dialog.silent(), desk, LONG).greets();
        desk.answers(new HandoverResult.Accepted(""));
        HandoverNotes notes =
                call.next(call.facts, SessionEvent.SessionEnded.class).notes();
        assertThat(notes.values())
                .extracting(HandoverNotes.Value::spoken)
                .containsExactly("Friday", HandoverNotes.MASK);
        assertThat(notes.done()).containsExactly("book: 4711");
    }

    @Test
    void aDialogThatCannotTellWhatItKnowsEndsAllTheSame() throws InterruptedException {
        Call call = new Call(
                new Dialog(event -> List.of(new Directive.End(new Outcome.Completed("visit", ""))), true),
                HandoverDesk.none(),
                LONG);
        SessionEvent.SessionEnded ended = call.next(call.facts, SessionEvent.SessionEnded.class);
        assertThat(ended.notes()).isEqualTo(HandoverNotes.NONE);
        assertThat(ended.outcome()).isEqualTo(new Outcome.Completed("visit", ""));
    }

    @Test
    void aPersonWithoutAReferenceIsToldAsTheDialogSaysIt() throws InterruptedException {
        Desk desk = new Desk();
        Call call = new Call(Dialog.silent(), desk, LONG).greets();
        desk.answers(new HandoverResult.Accepted(""));
        assertThat(call.end()).isEqualTo(TO_THE_DESK);
    }

    @Test
    void sensitiveValuesAndWordsAreForTargetsThatMaySeeThem() throws InterruptedException {
        Desk strict = new Desk();
        new Call(Dialog.silent(), strict, LONG);
        HandoverPacket masked = strict.packet();
        assertThat(masked.notes().values())
                .extracting(HandoverNotes.Value::spoken)
                .containsExactly("Friday", HandoverNotes.MASK);
        assertThat(masked.lastTurns()).isEmpty();
    }

    @Test
    void whoMaySeeThemGetsThem() throws InterruptedException {
        Desk trusted = new Desk();
        trusted.details = Set.of(HandoverDetail.values());
        Dialog later = new Dialog(event -> switch (event) {
            case Event.AgentSpoke ignored -> List.of(new Directive.End(TO_THE_DESK));
            case Event ignored -> List.of();
        });
        Call call = new Call(later, trusted, LONG);
        call.session.tell(new VoiceSession.CallerText("A person, please."));
        call.line.expect("response.create");
        call.line.answers("Of course.");
        HandoverPacket packet = trusted.packet();
        assertThat(packet.notes().values())
                .extracting(HandoverNotes.Value::spoken)
                .containsExactly("Friday", "Lovelace");
        assertThat(packet.lastTurns())
                .containsExactly(new Said(true, "A person, please."), new Said(false, "Of course."));
    }

    @Test
    void whomNobodyTakesIsToldAndTheCallIsNotCountedAsHandedOver() throws InterruptedException {
        Desk desk = new Desk();
        Call call = new Call(Dialog.silent(), desk, LONG).greets();
        desk.answers(new HandoverResult.Busy());
        assertThat(call.asksFor()).contains("nobody is free there").contains("call again later");
        assertThat(call.heard).noneMatch(Signal.CallEnded.class::isInstance);
        call.line.answers("Nobody is free.");
        assertThat(call.end()).isEqualTo(new Outcome.Abandoned("not taken over by front desk: busy"));
    }

    @Test
    void theDialogMayGoOn() throws InterruptedException {
        Desk desk = new Desk();
        Dialog dialog = Dialog.handingOverTo(
                TO_THE_DESK, result -> List.of(new Directive.Say(Conversation.Speech.say("Which day, then?"))));
        Call call = new Call(dialog, desk, LONG).greets();
        desk.answers(new HandoverResult.Refused("closed"));
        assertThat(call.asksFor()).contains("Which day, then?");
        call.line.answers("Which day, then?");
        call.session.tell(new VoiceSession.CallerText("Friday"));
        call.line.expect("response.create");
        assertThat(call.heard).noneMatch(Signal.CallEnded.class::isInstance);
    }

    @Test
    void theDialogMayNameOneTargetAfterTheOtherButNotForEver() throws InterruptedException {
        Desk desk = new Desk();
        Dialog dialog = Dialog.handingOverTo(
                TO_THE_DESK, result -> List.of(new Directive.End(new Outcome.HandedOver("night desk", "next"))));
        Call call = new Call(dialog, desk, LONG).greets();
        for (String target : List.of("front desk", "night desk", "night desk")) {
            assertThat(desk.packet().target()).isEqualTo(target);
            desk.answers(new HandoverResult.Busy());
        }
        assertThat(call.asksFor()).contains("nobody is free");
        call.line.answers("Nobody is free.");
        assertThat(call.end()).isEqualTo(new Outcome.Abandoned("not taken over by night desk: busy"));
        assertThat(desk.asked).isEmpty();
    }

    @Test
    void whatThrowsOrFailsCountsAsFailedWithoutItsMessage() throws InterruptedException {
        Desk desk = new Desk();
        desk.throwing = true;
        Call call = new Call(Dialog.silent(), desk, LONG);
        assertThat(call.settled()).isEqualTo(new HandoverResult.Failed("the desk failed: IllegalStateException"));
        call.greets();
        assertThat(call.asksFor()).contains("can't connect you");
    }

    @Test
    void aStageThatFailsCountsAsFailedToo() throws InterruptedException {
        Desk desk = new Desk();
        Call call = new Call(Dialog.silent(), desk, LONG);
        taken(desk.answers).completeExceptionally(new CompletionException(new IOException("key sk-secret")));
        assertThat(call.settled()).isEqualTo(new HandoverResult.Failed("the desk failed: IOException"));
    }

    @Test
    void aPacketThatCannotBeMadeIsNotSent() throws InterruptedException {
        Desk desk = new Desk();
        desk.brokenDetails = true;
        Call call = new Call(Dialog.silent(), desk, LONG);
        assertThat(call.settled()).isEqualTo(new HandoverResult.Failed("the desk failed: IllegalStateException"));
        assertThat(desk.asked).isEmpty();
    }

    @Test
    void anAnswerAfterTheDeadlineIsPassedOver() throws InterruptedException {
        Desk desk = new Desk();
        Call call = new Call(Dialog.silent(), desk, Duration.ofMillis(50)).greets();
        assertThat(call.settled()).isEqualTo(new HandoverResult.NoAnswer());
        assertThat(taken(desk.withdrawn)).isEqualTo("s1:1");
        assertThat(call.asksFor()).contains("nobody answers there");
        desk.answers(new HandoverResult.Accepted("T-7"));
        assertThat(call.next(call.facts, SessionEvent.ServiceProblem.class).code())
                .isEqualTo("handover_settled_late");
        call.line.answers("Nobody answers.");
        assertThat(call.end()).isEqualTo(new Outcome.Abandoned("not taken over by front desk: no_answer"));
    }

    @Test
    void thatNobodyAnswersIsNoNewsAfterTheDeadline() throws InterruptedException {
        Desk desk = new Desk();
        Call call = new Call(Dialog.silent(), desk, Duration.ofMillis(50)).greets();
        assertThat(call.settled()).isEqualTo(new HandoverResult.NoAnswer());
        desk.answers(new HandoverResult.NoAnswer());
        assertThat(call.asksFor()).contains("nobody answers there");
        call.line.answers("Nobody answers.");
        call.end();
        assertThat(call.facts).noneMatch(SessionEvent.ServiceProblem.class::isInstance);
    }

    @Test
    void aCallerWhoHangsUpMeanwhileIsNotHandedOverAndTheDeskIsTold() throws InterruptedException {
        Desk desk = new Desk();
        Call call = new Call(Dialog.silent(), desk, LONG).greets();
        desk.packet();
        call.session.tell(new VoiceSession.HangUp("the caller hung up"));
        assertThat(call.end()).isEqualTo(new Outcome.Abandoned("the caller hung up, while waiting for front desk"));
        assertThat(taken(desk.withdrawn)).isEqualTo("s1:1");
        assertThat(call.settled()).isEqualTo(new HandoverResult.Withdrawn("the call ended as abandoned"));
    }

    @Test
    void aTargetThatNobodyTakesEndsTheCallAtOnce() throws InterruptedException {
        Desk desk = new Desk();
        Outcome.HandedOver to = new Outcome.HandedOver("nobody", "the caller asked");
        Call call = new Call(Dialog.handingOverTo(to, result -> List.of()), desk, LONG).greets();
        assertThat(call.end()).isEqualTo(to);
        assertThat(call.facts).noneMatch(SessionEvent.HandoverAsked.class::isInstance);
    }

    @Test
    void whoWaitsIsNotLeftInSilenceAndNotForLongerThanTheDeadline() throws InterruptedException {
        kit.shutdownTestKit();
        kit = ActorTestKit.create(ManualTime.config());
        ManualTime time = ManualTime.get(kit.system());
        Desk desk = new Desk();
        Call call = new Call(Dialog.silent(), desk, Handover.DEADLINE).greets();
        desk.packet();
        call.next(call.heard, Signal.TurnEnded.class);
        for (int i = 0; i < 2; i++) {
            time.timePasses(Duration.ofSeconds(8));
            assertThat(call.asksFor()).contains("I'm still on it.");
            call.line.answers("I am still on it.");
            call.next(call.heard, Signal.TurnEnded.class);
        }
        assertThat(call.heard).noneMatch(Signal.CallEnded.class::isInstance);
        time.timePasses(Duration.ofSeconds(4));
        assertThat(call.settled()).isEqualTo(new HandoverResult.NoAnswer());
        assertThat(call.asksFor()).contains("nobody answers there");
    }
}
