package dev.antiphon.aftercall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.telemetry.Names;
import dev.antiphon.tool.GrowingPause;
import dev.antiphon.tool.ModelQuestion;
import dev.antiphon.tool.PlayedTextModel;
import dev.antiphon.tool.Secret;
import dev.antiphon.tool.TextModel;
import dev.antiphon.tool.ToolFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Tasks that are done when calls are over. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AfterCallsTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final String SECRET = "secret-canary-4711";
    private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");
    private static final GrowingPause SOON = new GrowingPause(Duration.ofMillis(5), Duration.ofMillis(20));
    private static final AfterCallSettings THREE_TIMES =
            AfterCallSettings.defaults().withAttempts(3, SOON);

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.antiphon.aftercall");
    private final List<AfterCalls> started = new ArrayList<>();
    private CustomerSystem crm;

    @BeforeEach
    void start() throws IOException {
        crm = new CustomerSystem();
        logger.setLevel(Level.WARN);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        started.forEach(each -> stop(each, Duration.ZERO));
        logger.detachAppender(log);
        logger.setLevel(null);
        crm.close();
    }

    @AfterAll
    static void stopSystem() {
        KIT.shutdownTestKit();
    }

    private static void stop(AfterCalls calls, Duration within) {
        calls.stop(within).toCompletableFuture().join();
    }

    private AfterCalls calls(AfterCallSettings settings, LetterBox box, AfterCallTask... tasks) {
        AfterCalls calls = AfterCalls.start(KIT.system(), List.of(tasks), settings, box, InstantSource.fixed(NOW));
        started.add(calls);
        return calls;
    }

    private WatchedBox inFolder() {
        return new WatchedBox(LetterFolder.at(folder));
    }

    private AfterCallTask webhook() {
        return AfterCallTask.webhook("crm", crm.address(), SECRET);
    }

    /** A call that was short, and during which the caller said what must not be told to everybody. */
    private static void ends(AfterCalls calls, String id) {
        SessionId session = new SessionId(id);
        SessionObserver observer = calls.observer(Optional.of("+4930123"), Optional.empty(), tier -> "small");
        observer.on(new SessionEvent.SessionStarted(session, NOW, "visit", "v1", "mini", "small"));
        observer.on(new SessionEvent.CallerTurnTaken(session, NOW, "item_1", Optional.of(Packets.WORDS)));
        observer.on(new SessionEvent.SessionEnded(
                session,
                NOW,
                "visit",
                "mini",
                new Outcome.Completed("visit", "4711"),
                Duration.ofSeconds(30),
                1,
                Usage.NONE,
                CallCost.NONE,
                new HandoverNotes(
                        List.of(new HandoverNotes.Value("visit", "name", HandoverNotes.MASK, true)),
                        List.of("book: 4711"),
                        Optional.empty())));
    }

    private String told() {
        return log.list.stream()
                .map(line -> line.getFormattedMessage()
                        + Optional.ofNullable(line.getThrowableProxy())
                                .map(ThrowableProxyUtil::asString)
                                .orElse(""))
                .reduce("", String::concat);
    }

    @Test
    void aServiceThatIsBusyTwiceGetsThePacketTheThirdTimeUnderTheSameKey() throws Exception {
        crm.answers(500, 503, 200);
        WatchedBox box = inFolder();
        AfterCalls calls = calls(THREE_TIMES, box, webhook());
        ends(calls, "sess_1");
        CustomerSystem.Message first = crm.message();
        assertThat(first.header("Idempotency-Key")).isEqualTo("sess_1:crm");
        assertThat(first.header("webhook-id")).isEqualTo("sess_1:crm");
        assertThat(first.header("webhook-signature")).startsWith("v1,");
        JsonNode packet = EndedCallJson.MAPPER.readTree(first.body());
        assertThat(packet.path("call").asString()).isEqualTo("sess_1");
        assertThat(packet.path("caller").asString()).isEqualTo("+4930123");
        assertThat(packet.at("/outcome/name").asString()).isEqualTo("completed");
        assertThat(packet.at("/done/0").asString()).isEqualTo("book: 4711");
        assertThat(first.body()).doesNotContain(Packets.WORDS);
        for (int i = 0; i < 2; i++) {
            CustomerSystem.Message again = crm.message();
            assertThat(again.header("Idempotency-Key")).isEqualTo("sess_1:crm");
            assertThat(again.body()).isEqualTo(first.body());
        }
        assertThat(box.removed()).isEqualTo("sess_1:crm");
        assertThat(calls.letters()).isEmpty();
        stop(calls, Duration.ofSeconds(10));
        assertThat(calls.load().tasks()).containsEntry("crm", new AfterCallLoad.Counts(1, 2, 0));
        assertThat(crm.more()).isZero();
    }

    @Test
    void afterTheLastAttemptItIsADeadLetterWithItsErrorUntilSomebodyRetriesIt() throws Exception {
        crm.answers(500, 502, 503);
        WatchedBox box = inFolder();
        AfterCalls calls = calls(THREE_TIMES, box, webhook());
        ends(calls, "sess_1");
        Letter dead = box.dead();
        assertThat(dead.attempts()).isEqualTo(3);
        assertThat(dead.error()).isEqualTo("127.0.0.1 answered with status 503");
        assertThat(dead.since()).isEqualTo(NOW);
        assertThat(calls.letters()).containsExactly(dead);
        assertThat(calls.retry("sess_2:crm")).isEqualTo(AfterCalls.Retry.NOT_DEAD);
        for (int i = 0; i < 3; i++) {
            crm.message();
        }
        assertThat(calls.retry("sess_1:crm")).isEqualTo(AfterCalls.Retry.STARTED);
        assertThat(crm.message().header("Idempotency-Key")).isEqualTo("sess_1:crm");
        assertThat(box.removed()).isEqualTo("sess_1:crm");
        assertThat(calls.retry("sess_1:crm")).isEqualTo(AfterCalls.Retry.NOT_DEAD);
        stop(calls, Duration.ofSeconds(10));
        assertThat(calls.load().tasks()).containsEntry("crm", new AfterCallLoad.Counts(1, 2, 1));
        assertThat(calls.load().deadLetters()).isZero();
    }

    @Test
    void aDeadLetterThatIsRetriedInVainIsOneDeathAndAnotherOneIsAnother() throws Exception {
        crm.answers(404, 404, 404, 404);
        WatchedBox box = inFolder();
        AfterCalls calls = calls(THREE_TIMES, box, webhook());
        ends(calls, "sess_1");
        for (int i = 0; i < 2; i++) {
            assertThat(box.dead().key()).isEqualTo("sess_1:crm");
            assertThat(calls.retry("sess_1:crm")).isEqualTo(AfterCalls.Retry.STARTED);
        }
        box.dead();
        ends(calls, "sess_2");
        assertThat(box.dead().key()).isEqualTo("sess_2:crm");
        stop(calls, Duration.ofSeconds(10));
        assertThat(calls.load().tasks()).containsEntry("crm", new AfterCallLoad.Counts(0, 0, 2));
        assertThat(calls.load().deadLetters()).isEqualTo(2);
    }

    @Test
    void whatAnotherAttemptWouldNotHelpIsDeadAtOnce() throws Exception {
        crm.answers(404);
        WatchedBox box = inFolder();
        ends(calls(THREE_TIMES, box, webhook()), "sess_1");
        assertThat(box.dead().attempts()).isEqualTo(1);
    }

    @Test
    void whatAProcessLeavesIsTakenUpByTheNext() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AfterCallTask slow = AfterCallTask.of("crm", (call, key) -> {
            begun.countDown();
            never.await();
        });
        AfterCallTask other = AfterCallTask.of("mail", (call, key) -> {
            begun.countDown();
            never.await();
        });
        WatchedBox box = inFolder();
        AfterCalls first = calls(THREE_TIMES.withBounds(1, 10), box, slow, other);
        ends(first, "sess_1");
        box.kept();
        box.kept();
        begun.await();
        stop(first, Duration.ofMillis(20));

        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        WatchedBox again = inFolder();
        assertThat(again.all()).extracting(Letter::attempts).containsExactly(0, 0);
        AfterCalls second = calls(
                THREE_TIMES,
                again,
                AfterCallTask.of(
                        "crm", (call, key) -> done.add(key + " " + call.caller().orElse(""))));
        assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("sess_1:crm +4930123");
        assertThat(again.removed()).isEqualTo("sess_1:crm");
        assertThat(second.letters()).extracting(Letter::key).containsExactly("sess_1:mail");
        assertThat(told()).contains("sess_1:mail: there is no such task any more");
    }

    @Test
    void aStopWaitsForTheEndOfCallsThatHaveBegun() throws Exception {
        WatchedBox box = inFolder();
        AfterCalls calls = calls(THREE_TIMES, box, AfterCallTask.of("crm", (call, key) -> {}));
        SessionObserver observer = calls.observer(Optional.empty(), Optional.empty(), tier -> "");
        SessionId session = new SessionId("sess_1");
        observer.on(new SessionEvent.SessionStarted(session, NOW, "visit", "v1", "mini", "small"));
        CompletableFuture<Done> stopped = calls.stop(Duration.ofSeconds(20)).toCompletableFuture();
        observer.on(new SessionEvent.SessionEnded(
                session,
                NOW,
                "visit",
                "mini",
                new Outcome.Abandoned("the server stopped"),
                Duration.ofSeconds(1),
                0,
                Usage.NONE,
                CallCost.NONE));
        stopped.get(10, TimeUnit.SECONDS);
        try (LetterFolder left = LetterFolder.at(folder)) {
            assertThat(left.all()).extracting(Letter::key).containsExactly("sess_1:crm");
        }
    }

    @Test
    void deadLettersOfAnotherProcessAreCountedAndRetriedWhereTheirTaskIsKnown() throws Exception {
        AfterCallTask none = AfterCallTask.of("gone", (call, key) -> {});
        try (LetterFolder left = LetterFolder.at(folder)) {
            left.keep(Letter.of(webhook(), Packets.of("sess_1")).dead());
            left.keep(Letter.of(none, Packets.of("sess_1")).dead());
        }
        WatchedBox box = inFolder();
        AfterCalls calls = calls(THREE_TIMES, box, webhook());
        assertThat(calls.load().deadLetters()).isEqualTo(2);
        assertThat(calls.retry("sess_1:gone")).isEqualTo(AfterCalls.Retry.NO_SUCH_TASK);
        assertThat(calls.retry("sess_1:crm")).isEqualTo(AfterCalls.Retry.STARTED);
        assertThat(box.removed()).isEqualTo("sess_1:crm");
        assertThat(calls.load().deadLetters()).isEqualTo(1);
    }

    @Test
    void aCallsEndDoesNotWaitForItsTasks() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        AfterCalls calls = calls(THREE_TIMES, inFolder(), AfterCallTask.of("slow", (call, key) -> {
            late.await();
            done.add(key);
        }));
        ends(calls, "sess_1"); // returns
        ends(calls, "sess_2");
        assertThat(done).isEmpty();
        late.countDown();
        assertThat(List.of(done.take(), done.take())).containsExactlyInAnyOrder("sess_1:slow", "sess_2:slow");
    }

    @Test
    void noMoreRunAtOnceThanMay() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        AfterCalls calls =
                calls(THREE_TIMES.withBounds(2, 100), new LetterShelf(), AfterCallTask.of("count", (call, key) -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    running.decrementAndGet();
                    done.add(key);
                }));
        for (int i = 0; i < 50; i++) {
            ends(calls, "sess_" + i);
        }
        for (int i = 0; i < 50; i++) {
            done.take();
        }
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void whatFindsNoPlaceInTheQueueIsADeadLetter() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        WatchedBox box = inFolder();
        AfterCalls calls =
                calls(THREE_TIMES.withBounds(1, 2), box, AfterCallTask.of("slow", (call, key) -> late.await()));
        ends(calls, "sess_1");
        ends(calls, "sess_2");
        ends(calls, "sess_3");
        Letter dead = box.dead();
        assertThat(dead.key()).isEqualTo("sess_3:slow");
        assertThat(dead.error()).isEqualTo("too many tasks waited");
        assertThat(calls.load().deadLetters()).isEqualTo(1);
        late.countDown();
        assertThat(List.of(box.removed(), box.removed())).containsExactlyInAnyOrder("sess_1:slow", "sess_2:slow");
        assertThat(calls.retry("sess_3:slow")).isEqualTo(AfterCalls.Retry.STARTED);
        assertThat(box.removed()).isEqualTo("sess_3:slow");
    }

    @Test
    void anAttemptThatTakesTooLongHasFailed() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        WatchedBox box = inFolder();
        ends(
                calls(
                        THREE_TIMES.withTimeout(Duration.ofMillis(20)),
                        box,
                        AfterCallTask.of("slow", (call, key) -> never.await())),
                "sess_1");
        Letter dead = box.dead();
        assertThat(dead.attempts()).isEqualTo(3);
        assertThat(dead.error()).isEqualTo("it was not done within 20 ms");
    }

    @Test
    void onlyWhoHasOptedInGetsWhatWasSaid() throws Exception {
        BlockingQueue<EndedCall> strict = new LinkedBlockingQueue<>();
        WatchedBox box = inFolder();
        AfterCalls calls = calls(
                THREE_TIMES,
                box,
                AfterCallTask.of("strict", (call, key) -> {
                    strict.add(call);
                    throw new ToolFailure("kept to be looked at");
                }),
                webhook().withTranscript());
        ends(calls, "sess_1");
        assertThat(crm.message().body())
                .contains("\"transcript\":[{\"by\":\"caller\",\"words\":\"" + Packets.WORDS + "\"}]");
        assertThat(strict.take().transcript()).isEmpty();
        Letter dead = box.dead();
        assertThat(dead.key()).isEqualTo("sess_1:strict");
        box.removed();
        for (Path file : Files.list(folder).toList()) {
            assertThat(Files.readString(file)).doesNotContain(Packets.WORDS);
        }
    }

    @Test
    void noSecretIsInLogsOrLettersWhateverFails() throws Exception {
        crm.answers(500, 401);
        WatchedBox box = inFolder();
        AfterCallTask task = webhook();
        AfterCalls calls = calls(THREE_TIMES, box, task, AfterCallTask.of("code", (call, key) -> {
            throw new IllegalStateException("broken");
        }));
        ends(calls, "sess_1");
        Letter one = box.dead();
        Letter other = box.dead();
        stop(calls, Duration.ofSeconds(10));
        assertThat(told())
                .contains("sess_1:crm", "sess_1:code", "broken")
                .doesNotContain(SECRET, "path-canary", Packets.WORDS, "+4930123");
        assertThat(List.of(one.error(), other.error()))
                .containsExactlyInAnyOrder("127.0.0.1 answered with status 401", "IllegalStateException");
        assertThat(task + " " + one).doesNotContain(SECRET, "path-canary");
        assertThatThrownBy(() -> AfterCallTask.webhook("crm", crm.address(), "short-canary"))
                .hasMessageNotContaining("canary");
    }

    @Test
    void aSummaryIsMadeOnceHoweverOftenItsCodeFails() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        BlockingQueue<CallSummary> summaries = new LinkedBlockingQueue<>();
        try (PlayedTextModel model = new PlayedTextModel()) {
            model.answers(503, "").says("{\"text\":\"Booked.\",\"open_points\":[\"call back\"]}");
            WatchedBox box = inFolder();
            AfterCalls calls = calls(
                    THREE_TIMES,
                    box,
                    AfterCallTask.summary(
                            "summary",
                            TextModel.at(model.address(), "small", Optional.of(Secret.of("sk-canary"))),
                            ModelQuestion.of(CallSummary.INSTRUCTIONS, CallSummary.class),
                            (call, summary, key) -> {
                                if (attempts.incrementAndGet() == 1) {
                                    throw new IOException("not now");
                                }
                                summaries.add(summary);
                            }));
            ends(calls, "sess_1");
            assertThat(box.removed()).isEqualTo("sess_1:summary");
            assertThat(summaries.take()).isEqualTo(new CallSummary("Booked.", List.of("call back")));
            model.asked();
            JsonNode data = model.asked().data();
            assertThat(data.at("/done/0").asString()).isEqualTo("book: 4711");
            assertThat(data.toString()).doesNotContain(Packets.WORDS);
            assertThat(model.more()).isZero();
            assertThat(told()).doesNotContain("sk-canary", "Booked");
        }
    }

    @Test
    void aSummaryGoesToAWebServiceBesideThePacket() throws Exception {
        try (PlayedTextModel model = new PlayedTextModel()) {
            model.says("{\"text\":\"Booked.\",\"open_points\":[]}");
            AfterCalls calls = calls(
                    THREE_TIMES,
                    new LetterShelf(),
                    AfterCallTask.summaryTo(
                            "summary",
                            TextModel.at(model.address(), "small", Optional.empty()),
                            ModelQuestion.of(CallSummary.INSTRUCTIONS, CallSummary.class),
                            crm.address(),
                            SECRET));
            ends(calls, "sess_1");
            JsonNode packet = EndedCallJson.MAPPER.readTree(crm.message().body());
            assertThat(packet.at("/summary/text").asString()).isEqualTo("Booked.");
            assertThat(packet.path("call").asString()).isEqualTo("sess_1");
        }
    }

    @Test
    void aTaskIsForTheCallsThatItIsFor() throws Exception {
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        WatchedBox box = inFolder();
        AfterCalls calls = calls(
                THREE_TIMES,
                box,
                AfterCallTask.of("second", (call, key) -> done.add(key))
                        .onlyWhen(call -> call.call().equals("sess_2"))
                        .onlyWhen(call -> call.turns() == 1),
                AfterCallTask.of("broken", (call, key) -> done.add(key)).onlyWhen(call -> {
                    throw new IllegalStateException("condition");
                }));
        ends(calls, "sess_1");
        ends(calls, "sess_2");
        assertThat(List.of(box.dead(), box.dead()))
                .extracting(Letter::error)
                .containsOnly("the condition failed: IllegalStateException");
        assertThat(done.take()).isEqualTo("sess_2:second");
        stop(calls, Duration.ofSeconds(10));
        assertThat(done).isEmpty();
    }

    @Test
    void metersTellWhatBecameOfThem() throws Exception {
        crm.answers(500, 404);
        WatchedBox box = inFolder();
        AfterCalls calls = calls(THREE_TIMES, box, webhook());
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        AfterCallMeters.register(meters, calls);
        ends(calls, "sess_1");
        box.dead();
        ends(calls, "sess_2");
        box.removed();
        stop(calls, Duration.ofSeconds(10));
        assertThat(meters.get(Names.AFTER_CALL_DONE)
                        .tag(Names.TASK, "crm")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get(Names.AFTER_CALL_RETRIED).functionCounter().count())
                .isEqualTo(1);
        assertThat(meters.get(Names.AFTER_CALL_DEAD).functionCounter().count()).isEqualTo(1);
        assertThat(meters.get(Names.AFTER_CALL_LETTERS).gauge().value()).isEqualTo(1);
        assertThat(meters.get(Names.AFTER_CALL_RUNNING).gauge().value()).isZero();
        assertThat(meters.get(Names.AFTER_CALL_WAITING).gauge().value()).isZero();
    }

    @Test
    void whatIsInMemoryOnlyAndNotDoneIsSaidToBeLost() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AfterCalls calls = calls(THREE_TIMES, new LetterShelf(), AfterCallTask.of("slow", (call, key) -> {
            begun.countDown();
            new CountDownLatch(1).await();
        }));
        ends(calls, "sess_1");
        begun.await();
        stop(calls, Duration.ofMillis(10));
        assertThat(told()).contains("tasks after calls that are lost, since they were not done and kept in memory: 1");
    }

    @Test
    void namesAreShortAndEachIsThereOnce() {
        assertThatThrownBy(() -> AfterCallTask.of("My CRM", (call, key) -> {}))
                .hasMessageContaining("a-z, 0-9, _ and -")
                .hasMessageContaining("'My CRM'");
        assertThatThrownBy(() -> calls(THREE_TIMES, new LetterShelf(), webhook(), webhook()))
                .hasMessageContaining("two tasks after calls are named 'crm'");
    }
}
