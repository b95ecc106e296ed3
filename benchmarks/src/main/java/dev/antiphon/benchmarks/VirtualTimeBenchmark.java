package dev.antiphon.benchmarks;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.samples.clinic.Calendar;
import dev.antiphon.samples.clinic.ClinicBot;
import dev.antiphon.samples.clinic.Database;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.bed.TestBed.Manner;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.caller.BuiltInScripts;
import dev.antiphon.testkit.caller.CallRecord;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.CallerScript.Answer;
import dev.antiphon.testkit.caller.CallerScript.Deed;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many simulated minutes of calls pass in a second of virtual time? Whole booking calls at the clinic, one after the
 * other: caller, gateway, session, flow, tool, database, emulated model. The counter {@code simulatedMinutes} is the figure.
 *
 * <p>{@code ./antiphon bench jmh VirtualTime}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 5, time = 4)
public class VirtualTimeBenchmark {
    private static final Duration LIMIT = Duration.ofHours(10);
    private static final int CALLS_PER_CALENDAR = 10;
    private static final Duration THINKS = Duration.ofMinutes(25);
    private static final SessionSettings PATIENT =
            SessionSettings.defaults().withSilence(Duration.ofHours(1), 3).withMaxDuration(LIMIT);

    private final CallerScript happy = BuiltInScripts.named("happy").orElseThrow();
    private final CallerScript thinking = thinking(happy);
    private @Nullable TestBed bed;
    private @Nullable Database database;
    private int conversations;

    /** How much time the callers have spent. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Talk {
        public double simulatedMinutes;
    }

    @Setup(Level.Iteration)
    public void open() {
        database = Database.inMemory();
        bed = TestBed.inVirtualTime(
                BedSettings.defaults().withBrain(BrainProfile.ByModel.withoutMisunderstandings()), this::clinic);
    }

    @TearDown(Level.Iteration)
    public void close() {
        running().close();
        bookings().close();
    }

    /** The caller types and answers at once: the densest talk there is. */
    @Benchmark
    public CallRecord typed(Talk talk) {
        return call(happy, Manner.TYPED, talk);
    }

    /** The caller speaks, 50 frames a second, and listens to the end. */
    @Benchmark
    public CallRecord spoken(Talk talk) {
        return call(happy, Manner.SPOKEN, talk);
    }

    /** The caller types and thinks for 25 minutes before each answer, over more than one session of the model. */
    @Benchmark
    public CallRecord thinking(Talk talk) {
        return call(thinking, Manner.TYPED, talk);
    }

    private CallRecord call(CallerScript script, Manner manner, Talk talk) {
        TestBed bed = running();
        Duration before = bed.elapsed();
        CallRecord record = bed.await(bed.place("caller", script, manner), LIMIT);
        if (!record.endedAs(script.expected())) {
            throw new IllegalStateException("the call did not end as expected: " + record);
        }
        talk.simulatedMinutes += bed.elapsed().minus(before).toMillis() / 60_000.0;
        return record;
    }

    /** A new one before the old one is full. */
    private Calendar calendar(Agent.Surroundings around) {
        if (conversations++ % CALLS_PER_CALENDAR == 0) {
            bookings().close();
            database = Database.inMemory();
        }
        return new Calendar(bookings(), around.clock(), ZoneOffset.UTC, around.random());
    }

    private TestBed running() {
        return Objects.requireNonNull(bed);
    }

    private Database bookings() {
        return Objects.requireNonNull(database);
    }

    private WebSocketEndpoint clinic(Agent.Surroundings around) {
        ClinicBot bot = new ClinicBot(
                () -> calendar(around),
                around.clock(),
                ZoneOffset.UTC,
                around.random(),
                ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools())));
        return BotEndpoint.in(around, bot.bot(), server -> server.withSession(PATIENT));
    }

    private static CallerScript thinking(CallerScript script) {
        return new CallerScript(
                "thinking",
                "Thinks before each answer.",
                script.expected(),
                script.tierChange(),
                script.steps(),
                script.answers().stream()
                        .flatMap(answer ->
                                Stream.of(new Answer(new Deed.StaySilent(THINKS), answer.condition(), 1), answer))
                        .toList(),
                script.otherwise());
    }
}
