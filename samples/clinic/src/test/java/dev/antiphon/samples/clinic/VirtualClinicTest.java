package dev.antiphon.samples.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.openai.core.ObjectMappers;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeServerEvent;
import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.model.Money;
import dev.antiphon.realtime.wire.ClientEventRules;
import dev.antiphon.realtime.wire.Dialect;
import dev.antiphon.server.Bot;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.session.Conduct;
import dev.antiphon.session.ContextSettings;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.bed.TestBed.Manner;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.caller.BuiltInScripts;
import dev.antiphon.testkit.caller.CallRecord;
import dev.antiphon.testkit.caller.CallerPersona;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import dev.antiphon.testkit.caller.PlacedCall;
import dev.antiphon.testkit.caller.SpeechHabits;
import dev.antiphon.testkit.emulator.FrameObserver;
import dev.antiphon.testkit.record.RecordedSession;
import dev.antiphon.testkit.record.SessionRecorder;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole calls at the clinic in virtual time: actors, gateway, model and caller on one thread. */
class VirtualClinicTest {
    private static final List<String> CLIENT_EVENTS =
            ClientEventRules.of(Dialect.ga()).types();
    private static final Duration LIMIT = Duration.ofMinutes(20);

    static Stream<Arguments> scripts() {
        return BuiltInScripts.all().stream()
                .flatMap(script -> Stream.of(Manner.values()).map(manner -> Arguments.of(script.name(), manner)));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aCallEndsAsItsScriptExpectsAndTheSameInEveryRun(String name, Manner manner) {
        CallerScript script = BuiltInScripts.named(name).orElseThrow();
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();

        CallRecord record = call(script, manner, first);
        call(script, manner, second);

        assertThat(record.endedAs(script.expected())).as("%s", record).isTrue();
        assertThat(first).isNotEmpty();
        assertThat(second).hasSameSizeAs(first);
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i)).as("frame %d", i).isEqualTo(first.get(i));
        }
        first.forEach(VirtualClinicTest::acceptedByTheOfficialClient);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aStrictCallEndsAsItsScriptExpects(String name, Manner manner) {
        CallerScript script = BuiltInScripts.named(name).orElseThrow();
        List<SessionEvent> facts = new ArrayList<>();
        BedSettings settings = BedSettings.defaults().withBrain(brainFor(script));
        try (TestBed bed = TestBed.inVirtualTime(
                settings,
                around -> BotEndpoint.in(
                        around,
                        bot(around),
                        server -> server.withObserver(facts::add)
                                .withSession(server.session().withConduct(Conduct.STRICT))))) {
            CallRecord record = bed.await(bed.place("caller", script, manner), LIMIT);

            assertThat(record.endedAs(script.expected())).as("%s", record).isTrue();
            assertThat(facts).noneMatch(SessionEvent.ServiceProblem.class::isInstance);
        }
    }

    /** What we say to models and callers, and what they say to us. */
    private static void acceptedByTheOfficialClient(String frame) {
        String json = frame.substring(frame.indexOf('{'));
        try {
            if (CLIENT_EVENTS.stream().anyMatch(type -> json.contains("\"type\":\"" + type + "\""))) {
                ObjectMappers.jsonMapper()
                        .readValue(json, RealtimeClientEvent.class)
                        .validate();
            } else {
                ObjectMappers.jsonMapper()
                        .readValue(json, RealtimeServerEvent.class)
                        .validate();
            }
        } catch (JacksonException | RuntimeException refused) {
            throw new AssertionError("openai-java refuses " + frame, refused);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aLivelyCallerGetsTheVisit(long seed) {
        CallerScript script = CallerPersona.booking(SpeechHabits.lively()).script(seed);
        Manner manner = seed % 2 == 0 ? Manner.SPOKEN : Manner.TYPED;
        try (TestBed bed = TestBed.inVirtualTime(BedSettings.defaults(), VirtualClinicTest::clinic)) {
            CallRecord record = bed.await(bed.place("caller", script, manner), LIMIT);
            assertThat(record.endedAs(ExpectedOutcome.COMPLETED))
                    .as("%s", record.transcript())
                    .isTrue();
        }
    }

    @Test
    void aRecordedCallIsCalledAgain(@TempDir Path folder) {
        Path file = folder.resolve("call.jsonl");
        CallerScript script = BuiltInScripts.named("all-at-once").orElseThrow();
        InstantSource clock = InstantSource.fixed(BedSettings.defaults().begin());
        try (SessionRecorder recorder = SessionRecorder.to(file, clock);
                TestBed bed = TestBed.inVirtualTime(
                        BedSettings.defaults().withCallerFrames(recorder), VirtualClinicTest::clinic)) {
            bed.await(bed.place("caller", script, Manner.TYPED), LIMIT);
        }
        RecordedSession recorded = RecordedSession.read(file).getFirst();

        try (TestBed bed = TestBed.inVirtualTime(BedSettings.defaults().withSeed(2), VirtualClinicTest::clinic)) {
            CallRecord again = bed.await(bed.place("again", recorded.script(), Manner.SPOKEN), LIMIT);

            assertThat(again.endedAs(script.expected())).as("%s", again).isTrue();
        }
    }

    @Test
    void aCallWhoseHeardAudioBecomesTextEndsTheSameAndCostsLess() {
        SessionSettings shortened = SessionSettings.defaults().withContext(ContextSettings.AUTOMATIC);
        CallerScript script = BuiltInScripts.named("correction").orElseThrow();

        SessionEvent.SessionEnded kept = ended(script, SessionSettings.defaults());
        SessionEvent.SessionEnded less = ended(script, shortened);

        assertThat(less.outcome()).isEqualTo(kept.outcome());
        assertThat(less.turns()).isEqualTo(kept.turns());
        assertThat(less.cost().total()).isLessThan(kept.cost().total());
    }

    private static SessionEvent.SessionEnded ended(CallerScript script, SessionSettings settings) {
        List<SessionEvent> facts = new ArrayList<>();
        try (TestBed bed = TestBed.inVirtualTime(
                BedSettings.defaults(),
                around -> BotEndpoint.in(
                        around,
                        bot(around),
                        server -> server.withObserver(facts::add).withSession(settings)))) {
            bed.await(bed.place("caller", script, Manner.SPOKEN), LIMIT);
        }
        return facts.stream()
                .filter(SessionEvent.SessionEnded.class::isInstance)
                .map(SessionEvent.SessionEnded.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSpokenCallPaysForItsTranscriptsToo() {
        List<SessionEvent> facts = new ArrayList<>();
        CallerScript script = BuiltInScripts.named("all-at-once").orElseThrow();
        try (TestBed bed = TestBed.inVirtualTime(
                BedSettings.defaults(),
                around -> BotEndpoint.in(around, bot(around), server -> server.withObserver(facts::add)))) {
            bed.await(bed.place("caller", script, Manner.SPOKEN), LIMIT);
        }

        Money transcripts = Money.ZERO;
        Money responses = Money.ZERO;
        Money total = Money.ZERO;
        for (SessionEvent fact : facts) {
            switch (fact) {
                case SessionEvent.TranscriptionBilled billed -> transcripts = transcripts.plus(billed.cost());
                case SessionEvent.ResponseBilled billed -> responses = responses.plus(billed.cost());
                case SessionEvent.SessionEnded ended -> total = ended.cost().total();
                case SessionEvent ignored -> {}
            }
        }
        assertThat(transcripts).isGreaterThan(Money.ZERO);
        assertThat(total).isEqualByComparingTo(transcripts.plus(responses));
    }

    @Test
    void theSameScenarioRunsOverRealSockets() {
        CallerScript script = BuiltInScripts.named("all-at-once").orElseThrow();
        try (TestBed bed = TestBed.overSockets(BedSettings.defaults(), VirtualClinicTest::clinic)) {
            PlacedCall call = bed.place("caller", script, Manner.TYPED);

            CallRecord record = bed.await(call, Duration.ofSeconds(60));

            assertThat(record.endedAs(script.expected())).as("%s", record).isTrue();
        }
    }

    private static BrainProfile.ByModel brainFor(CallerScript script) {
        return script.tierChange() ? BrainProfile.ByModel.defaults() : BrainProfile.ByModel.withoutMisunderstandings();
    }

    private static CallRecord call(CallerScript script, Manner manner, List<String> log) {
        FrameObserver frames = (line, direction, json) -> log.add(line + " " + direction + " " + json);
        BrainProfile.ByModel brain = brainFor(script);
        BedSettings settings = BedSettings.defaults()
                .withBrain(brain)
                .withEmulator(emulator -> emulator.withObserver(frames))
                .withCallerFrames(frames);
        try (TestBed bed = TestBed.inVirtualTime(settings, VirtualClinicTest::clinic)) {
            return bed.await(bed.place("caller", script, manner), LIMIT);
        }
    }

    static WebSocketEndpoint clinic(Agent.Surroundings around) {
        return BotEndpoint.in(around, bot(around));
    }

    private static Bot bot(Agent.Surroundings around) {
        Calendar calendar = new Calendar(Database.inMemory(), around.clock(), ZoneOffset.UTC, around.random());
        return new ClinicBot(
                        () -> calendar,
                        around.clock(),
                        ZoneOffset.UTC,
                        around.random(),
                        ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools())))
                .bot();
    }
}
