package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.antiphon.connection.Endpoints;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.model.TranscriptionPrice;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.tier.EscalationPolicy;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.TierDecision;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VoiceSessionTest {
    private final ActorTestKit kit = ActorTestKit.create();
    private final ActorRef<VoiceSessions.Command> sessions = kit.spawn(VoiceSessions.create());

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    /** A call under test: its model, what its caller got, and the facts. */
    private final class Call {
        final ScriptedModel model = new ScriptedModel();
        final BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
        final BlockingQueue<SessionEvent> facts = new LinkedBlockingQueue<>();
        final CallSetup setup;
        final ActorRef<VoiceSession.Command> session;
        final List<TierDecision> decided = new CopyOnWriteArrayList<>();
        volatile boolean observerThrows;

        Call(String id, Conversation conversation, ToolInvoker tools) {
            this(id, conversation, tools, SessionSettings.defaults());
        }

        Call(String id, Conversation conversation, ToolInvoker tools, SessionSettings settings) {
            this(id, conversation, tools, settings, new TierLadder(List.of(tier("mini"), tier("full"))));
        }

        Call(String id, Conversation conversation, ToolInvoker tools, SessionSettings settings, TierLadder ladder) {
            TestProbe<StatusReply<VoiceSessions.Opened>> opened = kit.createTestProbe();
            sessions.tell(new VoiceSessions.Open(
                    setup = new CallSetup(
                            new SessionId(id),
                            conversation,
                            ladder,
                            ladder.lowest(),
                            EscalationPolicy.defaults(),
                            settings,
                            heard::add,
                            tools,
                            this::observe,
                            model,
                            new Endpoints(new SplittableRandom(1)),
                            CallClock.system()),
                    opened.getRef()));
            session = opened.receiveMessage().getValue().session();
        }

        private void observe(SessionEvent event) {
            if (event instanceof SessionEvent.TierDecided made) {
                decided.add(made.decision());
            }
            facts.add(event);
            if (observerThrows) {
                throw new IllegalStateException("a bug in an observer");
            }
        }

        /** After the end has been told as a fact: the caller heard it once, and it is not told again. */
        void endsOnce() throws InterruptedException {
            hears(Signal.CallEnded.class);
            kit.createTestProbe().expectTerminated(session, Duration.ofSeconds(10));
            assertThat(heard).noneMatch(Signal.CallEnded.class::isInstance);
            assertThat(facts).noneMatch(SessionEvent.SessionEnded.class::isInstance);
        }

        <T extends Signal> T hears(Class<T> type) throws InterruptedException {
            return next(heard, type);
        }

        <T extends SessionEvent> T fact(Class<T> type) throws InterruptedException {
            return next(facts, type);
        }

        private <T> T next(BlockingQueue<? super T> queue, Class<T> type) throws InterruptedException {
            while (true) {
                Object element = queue.poll(10, TimeUnit.SECONDS);
                if (element == null) {
                    throw new AssertionError("no " + type.getSimpleName());
                }
                if (type.isInstance(element)) {
                    return type.cast(element);
                }
            }
        }
    }

    private static Tier tier(String name) {
        return new Tier(
                name,
                new ModelEndpoint("test", name, URI.create("ws://127.0.0.1:1/?model=" + name), Map.of(), List.of()),
                PriceCard.of("1", "0", "2", "0", "0", "0", "0", "0"),
                Map.of("gpt-4o-mini-transcribe", PRICE_OF_TRANSCRIPTS));
    }

    private static List<Conversation.Directive> greet(Conversation.Event event) {
        return event instanceof Conversation.Event.CallStarted
                ? List.of(new Conversation.Directive.Say(Conversation.Speech.verbatim("Hello!")))
                : List.of();
    }

    @Test
    void anIdIsTakenAsLongAsItsCallGoesOn() throws InterruptedException {
        Call first = new Call("sess_1", ScriptedConversation.quiet(), ToolInvoker.none());
        TestProbe<StatusReply<VoiceSessions.Opened>> second = kit.createTestProbe();
        sessions.tell(new VoiceSessions.Open(first.setup, second.getRef()));
        assertThat(second.receiveMessage().getError())
                .hasMessage("a call with the id sess_1 is going on; give each call its own");
        first.session.tell(new VoiceSession.HangUp("bye"));
        first.hears(Signal.CallEnded.class);
        kit.createTestProbe().expectTerminated(first.session, Duration.ofSeconds(10));
        TestProbe<Integer> count = kit.createTestProbe();
        count.awaitAssert(Duration.ofSeconds(10), () -> {
            sessions.tell(new VoiceSessions.Count(count.getRef()));
            assertThat(count.receiveMessage()).isZero();
            return null;
        });
        sessions.tell(new VoiceSessions.Open(first.setup, second.getRef()));
        assertThat(second.receiveMessage().isSuccess()).isTrue();
    }

    @Test
    void aCallRunsOnTheDispatcherThatTheConfigurationNames() throws InterruptedException {
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        ScriptedConversation conversation = new ScriptedConversation(event -> {
            threads.add(Thread.currentThread());
            return List.of();
        });
        Call call = new Call("s1", conversation, ToolInvoker.none());
        call.model.nextReadyLine();
        assertThat(threads.take().isVirtual()).isFalse();
        call.session.tell(new VoiceSession.HangUp("bye"));
        kit.createTestProbe().expectTerminated(call.session, Duration.ofSeconds(10));
        threads.clear();

        ActorTestKit other = ActorTestKit.create(
                ConfigFactory.parseString("antiphon.session-dispatcher = antiphon.virtual-thread-dispatcher")
                        .withFallback(ConfigFactory.load()));
        try {
            TestProbe<StatusReply<VoiceSessions.Opened>> opened = other.createTestProbe();
            other.<VoiceSessions.Command>spawn(VoiceSessions.create())
                    .tell(new VoiceSessions.Open(call.setup, opened.getRef()));
            opened.receiveMessage();
            call.model.nextReadyLine();
            assertThat(threads.take().isVirtual()).isTrue();
        } finally {
            other.shutdownTestKit();
        }
    }

    @Test
    void theCallBeginsWithTheGreetingOfTheDialog() throws InterruptedException {
        Call call = new Call("s1", new ScriptedConversation(VoiceSessionTest::greet), ToolInvoker.none());
        ScriptedModel.Line line = call.model.nextReadyLine();

        String instructions =
                line.expect("response.create").at("/response/instructions").asString();
        assertThat(instructions).contains("\"\"\"Hello!\"\"\"");
        line.answers("Hello!");
        assertThat(call.hears(Signal.UtteranceEnded.class).text()).isEqualTo("Hello!");
        call.hears(Signal.TurnEnded.class);
        assertThat(call.fact(SessionEvent.ResponseBilled.class).cost().micros()).isEqualTo(40);
    }

    @Test
    void theFirstAudioOfACallIsToldOnceAndWordsAloneAreNone() throws InterruptedException {
        Call call = new Call("s1", new ScriptedConversation(VoiceSessionTest::greet), ToolInvoker.none());
        ScriptedModel.Line line = call.model.nextReadyLine();
        line.expect("response.create");
        line.begins();
        line.says("{'type':'response.output_item.added','event_id':'e','response_id':'resp_1','output_index':0,"
                + "'item':{'id':'a1','type':'message','status':'in_progress','role':'assistant','content':[]}}");
        line.says("{'type':'response.output_audio_transcript.delta','event_id':'e','response_id':'resp_1',"
                + "'item_id':'a1','output_index':0,'content_index':0,'delta':'Hello!'}");
        call.hears(Signal.UtteranceText.class);
        assertThat(call.facts).noneMatch(SessionEvent.FirstHeard.class::isInstance);

        String audio = "{'type':'response.output_audio.delta','event_id':'e','response_id':'resp_1','item_id':'a1',"
                + "'output_index':0,'content_index':0,'delta':'AAAAAAAA'}";
        line.says(audio);
        line.says(audio);
        assertThat(call.fact(SessionEvent.FirstHeard.class).after()).isPositive();
        call.hears(Signal.UtteranceAudio.class);
        call.hears(Signal.UtteranceAudio.class);
        call.session.tell(new VoiceSession.HangUp("bye"));
        call.hears(Signal.CallEnded.class);
        assertThat(call.facts).noneMatch(SessionEvent.FirstHeard.class::isInstance);
    }

    @Test
    void whereTheAgentOnlyWritesItsFirstWordsCount() throws InterruptedException {
        SessionSettings usual = SessionSettings.defaults();
        Call call = new Call(
                "s1",
                new ScriptedConversation(VoiceSessionTest::greet),
                ToolInvoker.none(),
                usual.withCaller(
                        usual.inputFormat(), usual.outputFormat(), SessionConfig.Modality.TEXT, usual.turnDetection()));
        ScriptedModel.Line line = call.model.nextReadyLine();
        line.expect("response.create");
        line.answers("Hello!");
        assertThat(call.fact(SessionEvent.FirstHeard.class).after()).isPositive();
    }

    @Test
    void theServiceIsToldNeitherToAnswerNorToCancelByItself() throws InterruptedException {
        Call call = new Call("s1", ScriptedConversation.quiet(), ToolInvoker.none());
        ScriptedModel.Line line = call.model.nextReadyLine();
        call.hears(Signal.Ready.class);

        var detection = line.seen("session.update").get(0).at("/session/audio/input/turn_detection");
        assertThat(detection.path("create_response").asBoolean()).isFalse();
        assertThat(detection.path("interrupt_response").asBoolean()).isFalse();
    }

    @Test
    void aToolOfThePoolIsRunAndAnsweredOnce() throws InterruptedException {
        Call call = new Call("s1", ScriptedConversation.quiet(), tools("\"sunny\""));
        ScriptedModel.Line line = call.model.nextReadyLine();
        call.session.tell(new VoiceSession.CallerText("weather?"));
        line.expect("response.create");
        line.calls("c1", "weather", "{}");

        line.expect("conversation.item.create");
        line.expect("response.create");
        assertThat(line.seen("conversation.item.create")
                        .get(2)
                        .at("/item/output")
                        .asString())
                .isEqualTo("\"sunny\"");
        assertThat(call.fact(SessionEvent.ToolSettled.class).outcome()).isEqualTo("ok");
    }

    @Test
    void aRefusedConnectionEndsTheCallWithOneClearReason() throws InterruptedException {
        Call call = new Call("s1", ScriptedConversation.quiet(), ToolInvoker.none());
        ScriptedModel.Line line = call.model.nextLine();
        line.open();
        line.says("{'type':'error','event_id':'e','error':{'type':'invalid_request_error','code':'invalid_api_key',"
                + "'message':'Incorrect API key provided.'}}");
        line.drops(3000, "invalid_request_error.invalid_api_key");

        Outcome outcome = call.hears(Signal.CallEnded.class).outcome();
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome.reason()).containsIgnoringCase("key");
    }

    @Test
    void aSessionThatTheServiceWillEndIsRenewedBeforeAtABoundary() throws InterruptedException {
        Call call = new Call("s1", ScriptedConversation.quiet(), ToolInvoker.none());
        ScriptedModel.Line first = call.model.nextLine();
        first.becomesReadyUntil(Instant.now().plusSeconds(3));
        call.session.tell(new VoiceSession.CallerText("hello"));
        first.expect("response.create");

        ScriptedModel.Line second = call.model.nextReadyLine();
        assertThat(first.isClosed()).as("an answer is still owed on it").isFalse();
        first.answers("Hi");
        assertThat(first.closedWith()).isEqualTo(1000);
        call.fact(SessionEvent.ConnectionRenewed.class);
        assertThat(call.facts).noneMatch(SessionEvent.ConnectionTroubled.class::isInstance);
        assertThat(second.seen("response.create")).isEmpty();
        call.session.tell(new VoiceSession.CallerText("and you?"));
        second.expect("response.create");
    }

    @Test
    void aSessionWhoseEndIsToldYearsAheadGoesOn() throws InterruptedException {
        Call call = new Call("s1", ScriptedConversation.quiet(), ToolInvoker.none());
        ScriptedModel.Line line = call.model.nextLine();
        line.becomesReadyUntil(Instant.parse("9999-12-31T23:59:59Z"));

        call.session.tell(new VoiceSession.CallerText("hello"));
        line.expect("response.create");
        line.answers("Hi");
        call.session.tell(new VoiceSession.CallerText("and you?"));
        line.expect("response.create");
    }

    @Test
    void aRenewalThatFailsIsTriedAgainWhileTheOldLineIsUp() throws InterruptedException {
        Call call = new Call("s1", ScriptedConversation.quiet(), ToolInvoker.none());
        ScriptedModel.Line first = call.model.nextLine();
        first.becomesReadyUntil(Instant.now().plusSeconds(5));
        call.model.nextLine().refuses(503);
        call.model.nextReadyLine();

        assertThat(first.closedWith()).isEqualTo(1000);
        call.fact(SessionEvent.ConnectionRenewed.class);
    }

    @Test
    void aLostConnectionIsReplacedAndTheOwedAnswerIsAskedForAgain() throws InterruptedException {
        Call call = new Call("s1", ScriptedConversation.quiet(), ToolInvoker.none());
        ScriptedModel.Line first = call.model.nextReadyLine();
        call.session.tell(new VoiceSession.CallerText("hello"));
        first.expect("response.create");
        first.drops(1006, "");

        ScriptedModel.Line second = call.model.nextReadyLine();
        assertThat(second.expect("conversation.item.create")
                        .at("/item/content/0/text")
                        .asString())
                .startsWith("Conversation so far:");
        assertThat(second.expect("conversation.item.create")
                        .at("/item/content/0/text")
                        .asString())
                .as("what the lost connection took with it")
                .isEqualTo("hello");
        second.expect("response.create");
        second.answers("Hi");
        assertThat(call.hears(Signal.UtteranceEnded.class).text()).isEqualTo("Hi");
    }

    @Test
    void theNextLineIsToldTheConversationAsTextAndTheCallsWithTheirOutputs() throws InterruptedException {
        Call call = new Call("s1", new ScriptedConversation(VoiceSessionTest::greet), tools("\"sunny\""));
        ScriptedModel.Line first = call.model.nextReadyLine();
        first.expect("response.create");
        first.answers("Hello!");
        call.session.tell(new VoiceSession.CallerText("weather?"));
        first.expect("response.create");
        first.calls("c1", "weather", "{}");
        first.expect("response.create");
        first.drops(1006, "");

        ScriptedModel.Line second = call.model.nextReadyLine();
        second.expect("response.create");
        assertThat(second.seen("conversation.item.create"))
                .extracting(VoiceSessionTest::itemInShort)
                .containsExactly(
                        "system: Conversation so far: nothing.",
                        "assistant: Hello!",
                        "user: weather?",
                        "calls weather c1",
                        "answers c1: \"sunny\"");
    }

    @Test
    void theArgumentsOfAToolAreKeptMasked() throws InterruptedException {
        ToolInvoker plain = tools("\"paid\"");
        ToolInvoker discreet = new ToolInvoker() {
            @Override
            public List<FunctionTool> offered() {
                return plain.offered();
            }

            @Override
            public String masked(String tool, String argumentsJson) {
                return argumentsJson.replace("4929", "***");
            }

            @Override
            public void invoke(Invocation invocation, Consumer<ToolOutcome> settled) {
                plain.invoke(invocation, settled);
            }

            @Override
            public void cancelAll(SessionId session) {}
        };
        Call call = new Call("s1", ScriptedConversation.quiet(), discreet);
        ScriptedModel.Line line = call.model.nextReadyLine();
        call.session.tell(new VoiceSession.CallerText("pay"));
        line.expect("response.create");
        line.calls("c1", "pay", "{\\\"card\\\":\\\"4929\\\"}");
        assertThat(call.fact(SessionEvent.ToolStarted.class).arguments())
                .contains("***")
                .doesNotContain("4929");
    }

    @Test
    void aToolThatRunsWhenTheLineBreaksIsAnsweredOnTheNext() throws InterruptedException {
        BlockingQueue<Consumer<ToolOutcome>> running = new LinkedBlockingQueue<>();
        Call call = new Call("s1", ScriptedConversation.quiet(), keeping(running));
        ScriptedModel.Line first = call.model.nextReadyLine();
        call.session.tell(new VoiceSession.CallerText("weather?"));
        first.expect("response.create");
        first.calls("c1", "weather", "{}");
        Consumer<ToolOutcome> settled = running.take();
        first.drops(1006, "");
        ScriptedModel.Line second = call.model.nextReadyLine();
        second.expect("conversation.item.create");
        settled.accept(new ToolOutcome.Ok("\"rain\""));

        second.expect("response.create");
        assertThat(second.seen("conversation.item.create"))
                .extracting(VoiceSessionTest::itemInShort)
                .containsExactly(
                        "system: Conversation so far: nothing.",
                        "user: weather?",
                        "calls weather c1",
                        "answers c1: \"rain\"");
    }

    @Test
    void aSpokenTurnIsCarriedWhenItsWordsAreKnownAndAskedForAgainWhenNot() throws InterruptedException {
        assertThat(afterADropWhileAnswering(SPOKEN, TRANSCRIBED)).doesNotContain("say that again");
        assertThat(afterADropWhileAnswering(SPOKEN)).contains("say that again");
    }

    @Test
    void everyUsageIsPricedByTurnAndTierAndOneThatIsNotToldIsFlagged() throws InterruptedException {
        Call call = new Call("s1", new ScriptedConversation(VoiceSessionTest::greet), ToolInvoker.none());
        ScriptedModel.Line line = call.model.nextReadyLine();
        line.expect("response.create");
        line.answers("Hello!");
        assertThat(call.fact(SessionEvent.ResponseBilled.class).turn()).isZero();
        line.says(SPOKEN);
        line.says(TRANSCRIBED.replace(
                "'transcript'",
                "'usage':{'type':'tokens','total_tokens':24,'input_tokens':20,'output_tokens':4,"
                        + "'input_token_details':{'text_tokens':0,'audio_tokens':20}},'transcript'"));
        SessionEvent.TranscriptionBilled transcription = call.fact(SessionEvent.TranscriptionBilled.class);
        assertThat(transcription.turn()).isEqualTo(1);
        assertThat(transcription.cost().usd()).isEqualByComparingTo("0.00008");
        line.expect("response.create");
        line.answers("Sure.");
        assertThat(call.fact(SessionEvent.ResponseBilled.class).turn()).isEqualTo(1);
        line.says(SPOKEN.replace("item_u1", "item_u2"));
        line.says(TRANSCRIBED.replace("item_u1", "item_u2"));
        assertThat(call.fact(SessionEvent.UsageUnknown.class).part()).isEqualTo(SessionEvent.BilledPart.TRANSCRIPTION);
        line.expect("response.create");
        line.begins();
        line.drops(1006, "");
        assertThat(call.fact(SessionEvent.UsageUnknown.class).part()).isEqualTo(SessionEvent.BilledPart.MODEL);
        call.session.tell(new VoiceSession.HangUp("gone"));

        CallCost cost = call.fact(SessionEvent.SessionEnded.class).cost();
        assertThat(cost.model()).containsOnlyKeys("mini");
        assertThat(cost.total().usd()).isEqualByComparingTo("0.00016");
        assertThat(cost.transcription().usd()).isEqualByComparingTo("0.00008");
        assertThat(cost.unknown()).isEqualTo(2);
        assertThat(cost.isComplete()).isFalse();
    }

    private static final TranscriptionPrice PRICE_OF_TRANSCRIPTS = new TranscriptionPrice(
            Optional.empty(),
            Optional.of(
                    new TranscriptionPrice.Tokens(new BigDecimal("1.25"), new BigDecimal("3"), new BigDecimal("5"))));
    private static final String SPOKEN = "{'type':'input_audio_buffer.committed','event_id':'e','item_id':'item_u1'}";
    private static final String TRANSCRIBED =
            "{'type':'conversation.item.input_audio_transcription.completed','event_id':'e','item_id':'item_u1',"
                    + "'content_index':0,'transcript':'a visit, please'}";

    /** What the next line is asked to answer with, after it was told all that is known. */
    private String afterADropWhileAnswering(String... events) throws InterruptedException {
        Call call = new Call("s" + events.length, ScriptedConversation.quiet(), ToolInvoker.none());
        ScriptedModel.Line first = call.model.nextReadyLine();
        for (String event : events) {
            first.says(event);
        }
        first.expect("response.create");
        first.drops(1006, "");
        ScriptedModel.Line second = call.model.nextReadyLine();
        String asked = second.expect("response.create").toString();
        assertThat(second.seen("conversation.item.create").size()).isEqualTo(events.length);
        return asked;
    }

    private static String itemInShort(JsonNode event) {
        JsonNode item = event.path("item");
        return switch (item.path("type").asString()) {
            case "function_call" ->
                "calls " + item.path("name").asString() + " "
                        + item.path("call_id").asString();
            case "function_call_output" ->
                "answers " + item.path("call_id").asString() + ": "
                        + item.path("output").asString();
            default ->
                item.path("role").asString() + ": " + item.at("/content/0/text").asString();
        };
    }

    @Test
    void aStrugglingCallMovesToTheLargerModelAtATurnBoundary() throws InterruptedException {
        Call call = new Call(
                "s1",
                new ScriptedConversation(event -> event instanceof Conversation.Event.ToolCalled called
                        ? List.of(
                                new Conversation.Directive.Report(
                                        new Struggle(Struggle.Signal.UNBACKED_CLAIM, "booked")),
                                new Conversation.Directive.Report(
                                        new Struggle(Struggle.Signal.UNBACKED_CLAIM, "booked")),
                                new Conversation.Directive.Answer(called.callId(), "{\"say\":\"Sorry?\"}"))
                        : List.of()),
                ToolInvoker.none());
        ScriptedModel.Line mini = call.model.nextReadyLine();
        call.session.tell(new VoiceSession.CallerText("mumble"));
        mini.expect("response.create");
        mini.calls("c1", "fill_slots", "{}");

        ScriptedModel.Line full = call.model.nextReadyLine();
        assertThat(full.request.uri().toString()).contains("full");
        mini.expect("conversation.item.create");
        mini.expect("response.create");
        assertThat(full.seen("conversation.item.create")).isEmpty();
        mini.answers("Sorry?");

        assertThat(mini.closedWith()).isEqualTo(1000);
        assertThat(full.expect("conversation.item.create")
                        .at("/item/content/0/text")
                        .asString())
                .startsWith("Conversation so far:");
        SessionEvent.TierChanged changed = call.fact(SessionEvent.TierChanged.class);
        assertThat(changed.from()).isEqualTo("mini");
        assertThat(changed.to()).isEqualTo("full");
        assertThat(changed.model()).isEqualTo("full");
        call.session.tell(new VoiceSession.CallerText("a check-up"));
        full.expect("response.create");
    }

    @Test
    void moreEffortThatTheServiceRefusesIsNotAskedForOnAnotherLine() throws InterruptedException {
        Call call = new Call(
                "s1",
                new ScriptedConversation(VoiceSessionTest::escalateAtOnce),
                ToolInvoker.none(),
                SessionSettings.defaults(),
                new TierLadder(List.of(
                        tier("mini").withReasoningEffort(true), tier("full").withReasoningEffort(true))));
        ScriptedModel.Line mini = call.model.nextReadyLine();
        JsonNode update = mini.expect("session.update");
        assertThat(update.at("/session/reasoning/effort").asString()).isEqualTo("high");
        mini.says("{'type':'error','event_id':'e9','error':{'type':'invalid_request_error','code':'invalid_value',"
                + "'message':'no','event_id':'" + update.path("event_id").asString() + "'}}");

        assertThat(call.fact(SessionEvent.TierDecided.class).decision().rung()).contains(new Rung.RaiseEffort("high"));
        assertThat(call.fact(SessionEvent.TierDecided.class).decision().reason())
                .isEqualTo("the service refused the reasoning effort 'high': invalid_value");
        mini.drops(1006, "");
        ScriptedModel.Line again = call.model.nextLine();
        again.isCreated();
        assertThat(again.expect("session.update").at("/session/reasoning").isMissingNode())
                .isTrue();
    }

    @Test
    void anAnswerThatWantsTheNextToolMakesTheModelCallItBeforeItSpeaks() throws InterruptedException {
        Call call = new Call(
                "s1",
                new ScriptedConversation(event -> event instanceof Conversation.Event.ToolCalled called
                        ? List.of(new Conversation.Directive.Answer(
                                called.callId(),
                                "{}",
                                true,
                                called.callId().equals("c1") ? Optional.of("fill_slots") : Optional.empty()))
                        : List.of()),
                ToolInvoker.none());
        ScriptedModel.Line line = call.model.nextReadyLine();
        call.session.tell(new VoiceSession.CallerText("is it far?"));
        assertThat(line.expect("response.create").at("/response/tool_choice").isMissingNode())
                .isTrue();
        line.calls("c1", "fill_slots", "{}");

        assertThat(line.expect("response.create").at("/response/tool_choice").toString())
                .isEqualTo("{\"type\":\"function\",\"name\":\"fill_slots\"}");
        line.calls("c2", "fill_slots", "{}");

        assertThat(line.expect("response.create").at("/response/tool_choice").isMissingNode())
                .isTrue();
        line.answers("No, it is near.");
        assertThat(call.hears(Signal.UtteranceEnded.class).text()).isEqualTo("No, it is near.");
        assertThat(call.hears(Signal.TurnEnded.class)).isNotNull();
        assertThat(call.heard).noneMatch(Signal.TurnEnded.class::isInstance);
    }

    @Test
    void aMoveThatIsReadyAfterTheOldLineDiedTakesOver() throws InterruptedException {
        Call call = new Call("s1", new ScriptedConversation(VoiceSessionTest::escalateAtOnce), ToolInvoker.none());
        ScriptedModel.Line mini = call.model.nextReadyLine();
        ScriptedModel.Line full = call.model.nextLine();
        mini.drops(1006, "");
        call.fact(SessionEvent.ConnectionTroubled.class);
        call.session.tell(new VoiceSession.CallerText("hello"));
        full.becomesReady();

        full.expect("response.create");
        assertThat(call.fact(SessionEvent.TierChanged.class).to()).isEqualTo("full");
    }

    @Test
    void whatTheDialogSaysToAnAnswerComesBeforeTheMove() throws InterruptedException {
        AtomicInteger spoken = new AtomicInteger();
        Call call = new Call(
                "s1",
                new ScriptedConversation(event -> event instanceof Conversation.Event.AgentSpoke
                                && spoken.incrementAndGet() == 1
                        ? List.of(new Conversation.Directive.Say(Conversation.Speech.verbatim("One more thing.")))
                        : escalateAtOnce(event)),
                ToolInvoker.none());
        ScriptedModel.Line mini = call.model.nextReadyLine();
        ScriptedModel.Line full = call.model.nextLine();
        call.session.tell(new VoiceSession.CallerText("hello"));
        mini.expect("response.create");
        full.becomesReady();
        mini.answers("Hi");

        mini.expect("response.create");
        assertThat(full.seen("response.create")).isEmpty();
        mini.answers("One more thing.");
        assertThat(mini.closedWith()).isEqualTo(1000);
    }

    @Test
    void whatTheCallersSideChangesWhileALineIsMadeReadyIsToldOnIt() throws InterruptedException {
        Call call = new Call("s1", new ScriptedConversation(VoiceSessionTest::greet), ToolInvoker.none());
        ScriptedModel.Line line = call.model.nextLine();
        line.isCreated();
        line.expect("session.update");
        call.session.tell(new VoiceSession.ConfigureCaller(
                AudioFormat.G711_ULAW,
                AudioFormat.G711_ULAW,
                SessionConfig.Modality.AUDIO,
                SessionSettings.defaults().turnDetection()));
        line.isConfigured();

        assertThat(line.expect("session.update")
                        .at("/session/audio/input/format/type")
                        .asString())
                .isEqualTo("audio/pcmu");
    }

    @Test
    void aServiceThatNeverConfirmsTheConfigurationIsTriedAgain() throws InterruptedException {
        SessionSettings settings = SessionSettings.defaults();
        Call call = new Call(
                "s1",
                new ScriptedConversation(VoiceSessionTest::greet),
                ToolInvoker.none(),
                settings.withConnection(settings.connection().withConnectTimeout(Duration.ofSeconds(2))));
        ScriptedModel.Line silent = call.model.nextLine();
        silent.isCreated();

        assertThat(call.fact(SessionEvent.ConnectionTroubled.class).problem()).contains("did not confirm");
        assertThat(silent.closedWith()).isEqualTo(1000);
        call.model.nextLine();
    }

    @Test
    void aCallThatFailsWhileAnEffectRunsEndsWithWhatTheDialogMakesOfIt() throws InterruptedException {
        BlockingQueue<Consumer<ToolOutcome>> running = new LinkedBlockingQueue<>();
        Call call = new Call("s1", new ScriptedConversation(VoiceSessionTest::bookAtOnce), keeping(running));
        ScriptedModel.Line line = call.model.nextReadyLine();
        Consumer<ToolOutcome> settled = Optional.ofNullable(running.poll(10, TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError("no effect"));
        line.drops(1006, "");
        call.model.nextLine().refuses(401);
        call.fact(SessionEvent.ConnectionTroubled.class);
        call.fact(SessionEvent.ConnectionTroubled.class);
        settled.accept(new ToolOutcome.Ok("REF1"));

        assertThat(call.hears(Signal.CallEnded.class).outcome())
                .isEqualTo(new Outcome.Completed("test-flow", "booked"));
    }

    private static List<Conversation.Directive> escalateAtOnce(Conversation.Event event) {
        return event instanceof Conversation.Event.CallStarted
                ? List.of(new Conversation.Directive.Escalate("the flow asked"))
                : List.of();
    }

    @Test
    void aHandOverThatFailsLeavesTheCallOnItsModel() throws InterruptedException {
        Call call = new Call(
                "s1",
                new ScriptedConversation(event -> event instanceof Conversation.Event.CallStarted
                        ? List.of(new Conversation.Directive.Escalate("the flow asked"))
                        : List.of()),
                ToolInvoker.none());
        ScriptedModel.Line mini = call.model.nextReadyLine();
        ScriptedModel.Line full = call.model.nextLine();
        full.refuses(503);

        call.fact(SessionEvent.ConnectionTroubled.class);
        call.session.tell(new VoiceSession.CallerText("hello"));
        mini.expect("response.create");
    }

    @Test
    void oneStruggleIsDecidedOnceInATurn() throws InterruptedException {
        Struggle struggle = new Struggle(Struggle.Signal.UNBACKED_CLAIM, "");
        Call call = new Call(
                "s1",
                new ScriptedConversation(event -> switch (event) {
                    case Conversation.Event.ToolCalled called ->
                        List.of(new Conversation.Directive.Run(
                                "e" + called.callId(),
                                "book",
                                called.callId(),
                                Conversation.EffectPolicy.DEFAULT,
                                () -> ""));
                    case Conversation.Event.CallsComplete ignored ->
                        List.of(
                                new Conversation.Directive.Report(struggle),
                                new Conversation.Directive.Report(struggle),
                                new Conversation.Directive.Escalate("the flow asked"),
                                new Conversation.Directive.Escalate("the flow asked"));
                    case Conversation.Event ignored -> List.of();
                }),
                keeping(new LinkedBlockingQueue<>()));
        ScriptedModel.Line line = call.model.nextReadyLine();
        call.session.tell(new VoiceSession.CallerText("hello"));
        line.expect("response.create");
        line.calls("c1", "fill_slots", "{}");
        call.fact(SessionEvent.Struggled.class);
        call.fact(SessionEvent.Struggled.class);
        call.session.tell(new VoiceSession.CallerText("still here"));
        call.fact(SessionEvent.CallerTurnTaken.class);

        assertThat(call.decided)
                .extracting(TierDecision::reason)
                .containsExactly(
                        "the struggle score 2.00 is below the threshold 3.00: unbacked claim",
                        "'larger model' waits, since an effect runs; the struggle score 4.00 reached the threshold 3.00:"
                                + " unbacked claim, unbacked claim",
                        "'larger model' waits, since an effect runs; the flow asked for it: the flow asked");
    }

    @Test
    void aHandOverThatFailedIsNotTriedAgainInTheCall() throws InterruptedException {
        Call call = new Call(
                "s1",
                new ScriptedConversation(event -> event instanceof Conversation.Event.AgentSpoke
                        ? List.of(new Conversation.Directive.Escalate("the flow asked again"))
                        : escalateAtOnce(event)),
                ToolInvoker.none());
        ScriptedModel.Line mini = call.model.nextReadyLine();
        call.model.nextLine().refuses(503);
        assertThat(call.fact(SessionEvent.TierDecided.class).decision().to()).contains("full");
        assertThat(call.fact(SessionEvent.TierDecided.class).decision().reason())
                .isEqualTo("the hand-over to a larger model failed");

        call.session.tell(new VoiceSession.CallerText("hello"));
        mini.expect("response.create");
        mini.answers("Hi");

        assertThat(call.fact(SessionEvent.TierDecided.class).decision().reason())
                .isEqualTo("no rung is left: the model of 'mini' has no reasoning effort; "
                        + "'larger model' was tried in vain");
    }

    @Test
    void aCrashedSessionFailsAloneAndTellsItsCaller() throws InterruptedException {
        Call healthy = new Call("healthy", ScriptedConversation.quiet(), ToolInvoker.none());
        ScriptedModel.Line line = healthy.model.nextReadyLine();
        Call sick = new Call(
                "sick",
                new ScriptedConversation(event -> {
                    throw new IllegalStateException("a bug in a dialog");
                }),
                ToolInvoker.none());
        sick.model.nextReadyLine();

        assertThat(sick.hears(Signal.CallEnded.class).outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(sick.fact(SessionEvent.SessionEnded.class).outcome().name()).isEqualTo("failed");
        healthy.session.tell(new VoiceSession.CallerText("hello"));
        line.expect("response.create");
    }

    @Test
    void anIdThatIsNoActorNameIsACallLikeAnother() throws InterruptedException {
        Call call = new Call("call/1", ScriptedConversation.quiet(), ToolInvoker.none());
        call.model.nextReadyLine();
        call.hears(Signal.Ready.class);
    }

    @Test
    void aCrashIsToldOnceWithWhatTheCallHasCost() throws InterruptedException {
        Call call = new Call(
                "s1",
                new ScriptedConversation(event -> {
                    if (event instanceof Conversation.Event.AgentSpoke) {
                        throw new IllegalStateException("a bug in a dialog");
                    }
                    return greet(event);
                }),
                ToolInvoker.none());
        ScriptedModel.Line line = call.model.nextReadyLine();
        line.expect("response.create");
        line.answers("Hello!");

        assertThat(call.fact(SessionEvent.SessionEnded.class).cost().total().micros())
                .isEqualTo(40);
        call.endsOnce();
    }

    @Test
    void aSessionThatIsStoppedTellsSoOnce() throws InterruptedException {
        Call call = new Call("s1", ScriptedConversation.quiet(), ToolInvoker.none());
        call.model.nextReadyLine();
        call.hears(Signal.Ready.class);
        kit.stop(sessions);

        assertThat(call.fact(SessionEvent.SessionEnded.class).outcome())
                .isEqualTo(new Outcome.Failed("the session was stopped"));
        call.endsOnce();
    }

    @Test
    void anObserverThatThrowsHarmsNoCallAndIsToldTheEndOnce() throws InterruptedException {
        Call call = new Call("s1", new ScriptedConversation(VoiceSessionTest::greet), ToolInvoker.none());
        call.observerThrows = true;
        ScriptedModel.Line line = call.model.nextReadyLine();
        line.expect("response.create");
        line.answers("Hello!");
        call.fact(SessionEvent.AgentSaid.class);
        call.session.tell(new VoiceSession.HangUp("gone"));

        call.fact(SessionEvent.SessionEnded.class);
        call.endsOnce();
    }

    @Test
    void hangingUpWhileAnEffectRunsWaitsForItsOutcome() throws InterruptedException {
        BlockingQueue<Consumer<ToolOutcome>> running = new LinkedBlockingQueue<>();
        Call call = new Call("s1", new ScriptedConversation(VoiceSessionTest::bookAtOnce), keeping(running));
        call.model.nextReadyLine();
        Consumer<ToolOutcome> settled = Optional.ofNullable(running.poll(10, TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError("no effect"));
        call.session.tell(new VoiceSession.HangUp("gone"));
        settled.accept(new ToolOutcome.Ok("REF1"));

        assertThat(call.hears(Signal.CallEnded.class).outcome())
                .isEqualTo(new Outcome.Completed("test-flow", "booked"));
    }

    private static Conversation.Opening brief(String instructions) {
        return new Conversation.Opening(
                instructions,
                List.of(new FunctionTool("confirm", "Confirms.", new RawJson("{\"type\":\"object\"}"))),
                ToolChoice.AUTO);
    }

    /** Each call of the dialog's tool leads to these. */
    private static ScriptedConversation answering(Conversation.Directive news) {
        return new ScriptedConversation(event -> event instanceof Conversation.Event.ToolCalled called
                ? List.of(new Conversation.Directive.Answer(called.callId(), "{}"), news)
                : List.of());
    }

    private static ScriptedModel.Line called(Call call) throws InterruptedException {
        ScriptedModel.Line line = call.model.nextReadyLine();
        call.session.tell(new VoiceSession.CallerText("a cleaning"));
        line.expect("response.create");
        line.calls("c1", "fill_slots", "{}");
        return line;
    }

    @Test
    void anotherBriefReachesTheModelBeforeItSpeaksAndAlsoTheNextLine() throws InterruptedException {
        Call call =
                new Call("s1", answering(new Conversation.Directive.Rebrief(brief("Confirm it."))), ToolInvoker.none());
        ScriptedModel.Line first = called(call);

        JsonNode update = first.expect("session.update").path("session");
        assertThat(update.path("instructions").asString()).isEqualTo("Confirm it.");
        assertThat(update.at("/tools/0/name").asString()).isEqualTo("confirm");
        assertThat(update.has("audio")).as("nothing else changes").isFalse();
        first.expect("conversation.item.create");
        first.expect("response.create");
        first.drops(1006, "");

        ScriptedModel.Line second = call.model.nextReadyLine();
        assertThat(second.seen("session.update")
                        .getFirst()
                        .at("/session/instructions")
                        .asString())
                .isEqualTo("Confirm it.");
    }

    @Test
    void aLineThatWasPreparedBeforeAnotherBriefIsToldIt() throws InterruptedException {
        Call call =
                new Call("s1", answering(new Conversation.Directive.Rebrief(brief("Confirm it."))), ToolInvoker.none());
        ScriptedModel.Line first = call.model.nextLine();
        first.becomesReadyUntil(Instant.now().plusSeconds(3));
        call.session.tell(new VoiceSession.CallerText("a cleaning"));
        first.expect("response.create");
        ScriptedModel.Line second = call.model.nextReadyLine();
        first.calls("c1", "fill_slots", "{}");
        first.expect("response.create");
        first.answers("Shall I book it?");
        call.fact(SessionEvent.ConnectionRenewed.class);

        second.expect("conversation.item.create");
        assertThat(second.seen("session.update"))
                .extracting(update -> update.at("/session/instructions").asString())
                .containsExactly("Be brief.", "Confirm it.");
    }

    @Test
    void aNoteComesBehindTheOutputsAndBeforeTheResponseThatTellsThem() throws InterruptedException {
        Call call = new Call("s1", answering(new Conversation.Directive.Note("Step: time.")), ToolInvoker.none());
        ScriptedModel.Line first = called(call);

        first.expect("response.create");
        assertThat(first.seen("conversation.item.create"))
                .extracting(VoiceSessionTest::itemInShort)
                .endsWith("answers c1: {}", "system: Step: time.");
        first.drops(1006, "");
        ScriptedModel.Line second = call.model.nextReadyLine();
        second.expect("response.create");
        assertThat(second.seen("conversation.item.create"))
                .extracting(VoiceSessionTest::itemInShort)
                .as("the seed tells it")
                .doesNotContain("system: Step: time.");
    }

    private static ToolInvoker keeping(BlockingQueue<Consumer<ToolOutcome>> running) {
        return new ToolInvoker() {
            @Override
            public List<FunctionTool> offered() {
                return List.of();
            }

            @Override
            public void invoke(Invocation invocation, Consumer<ToolOutcome> settled) {
                running.add(settled);
            }

            @Override
            public void cancelAll(SessionId session) {}
        };
    }

    private static List<Conversation.Directive> bookAtOnce(Conversation.Event event) {
        return switch (event) {
            case Conversation.Event.CallStarted ignored ->
                List.of(new Conversation.Directive.Run(
                        "e1", "book", "key", Conversation.EffectPolicy.DEFAULT, () -> "REF1"));
            case Conversation.Event.EffectSettled ignored ->
                List.of(new Conversation.Directive.End(new Outcome.Completed("test-flow", "booked")));
            case Conversation.Event ignored -> List.of();
        };
    }

    private static ToolInvoker tools(String result) {
        return new ToolInvoker() {
            @Override
            public List<FunctionTool> offered() {
                return List.of();
            }

            @Override
            public void invoke(Invocation invocation, Consumer<ToolOutcome> settled) {
                settled.accept(new ToolOutcome.Ok(result));
            }

            @Override
            public void cancelAll(SessionId session) {}
        };
    }
}
