package dev.antiphon.benchmarks.chaos;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.connection.WebSocketLink.Breakdown;
import dev.antiphon.samples.clinic.Booking;
import dev.antiphon.samples.clinic.Calendar;
import dev.antiphon.samples.clinic.ClinicBot;
import dev.antiphon.samples.clinic.Database;
import dev.antiphon.samples.clinic.ReferenceCode;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.session.Conduct;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.bed.TestBed.Manner;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.caller.BuiltInScripts;
import dev.antiphon.testkit.caller.CallerPersona;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.CallerScript.Answer;
import dev.antiphon.testkit.caller.CallerScript.Deed;
import dev.antiphon.testkit.caller.CallerScript.Step;
import dev.antiphon.testkit.caller.PlacedCall;
import dev.antiphon.testkit.caller.SpeechHabits;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Calls at the clinic in virtual time, while their model sessions fail in every way. The same seed gives the same run. */
final class ChaosRun implements AutoCloseable {
    /** A call begins so long after the one before. */
    private static final Duration SPACING = Duration.ofMillis(700);

    private static final Duration LONGEST_CALL = Duration.ofMinutes(45);
    /** So many calls share a calendar: enough to meet one another, few enough to leave free times. */
    private static final int CALLS_PER_CALENDAR = 10;

    private static final int SPOKEN_SHARE = 10;
    private static final Duration LATENCY = Duration.ofMillis(5);
    /** The line of one caller of so many breaks, at any time up to this after the call began. */
    private static final int BROKEN_CALLER_SHARE = 12;

    private static final Duration LATEST_BREAK = Duration.ofMinutes(2);
    /** One booking of so many takes longer than the flow waits. */
    private static final int SLOW_TOOL_SHARE = 30;

    private static final CallerPersona LIVELY = CallerPersona.booking(SpeechHabits.lively());

    private final List<Database> databases = new ArrayList<>();
    private final List<Calendar> calendars = new ArrayList<>();
    private final int calls;
    private final long seed;
    private final Conduct conduct;
    private int conversations;
    private int brokenCallers;

    ChaosRun(int calls, long seed, Conduct conduct) {
        this.calls = calls;
        this.seed = seed;
        this.conduct = conduct;
    }

    /** Runs; {@code progress} is told how many calls have ended. */
    ChaosReport run(IntConsumer progress) {
        ChaosFaults faults = new ChaosFaults(seed);
        WireAudit wire = new WireAudit();
        FactAudit facts = new FactAudit();
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom tools = random.split();
        SplittableRandom callers = random.split();
        BedSettings settings = BedSettings.defaults()
                .withSeed(seed)
                .withBrain(BrainProfile.ByModel.defaults())
                .withTimes(LATENCY, () -> toolTime(tools))
                .withEmulator(emulator -> emulator.withFaults(faults).withObserver(wire));
        long begun = System.nanoTime();
        int unended = 0;
        try (TestBed bed = TestBed.inVirtualTime(settings, around -> {
            wire.livesIn(around.clock());
            return clinic(around, facts);
        })) {
            List<PlacedCall> placed = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                Duration later = SPACING.multipliedBy(i);
                PlacedCall call = bed.place("caller-" + i, script(i, random), manner(random), later);
                breakSome(call, later, callers);
                placed.add(call);
            }
            for (int i = 0; i < calls; i++) {
                try {
                    bed.await(placed.get(i), LONGEST_CALL);
                } catch (TestBed.CallTooLong stuck) {
                    unended++;
                }
                progress.accept(i + 1);
            }
        }
        return report(faults, wire, facts, unended, Duration.ofNanos(System.nanoTime() - begun));
    }

    private void breakSome(PlacedCall call, Duration later, SplittableRandom random) {
        if (random.nextInt(BROKEN_CALLER_SHARE) == 0) {
            Breakdown how = random.nextBoolean() ? Breakdown.TORN : Breakdown.DEAD;
            call.breakLine(later.plusMillis(random.nextInt((int) LATEST_BREAK.toMillis())), how);
            brokenCallers++;
        }
    }

    private WebSocketEndpoint clinic(Agent.Surroundings around, FactAudit facts) {
        ClinicBot bot = new ClinicBot(
                () -> calendar(around),
                around.clock(),
                ZoneOffset.UTC,
                around.random(),
                ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools())));
        return BotEndpoint.in(
                around,
                bot.bot(),
                server ->
                        server.withObserver(facts).withSession(server.session().withConduct(conduct)));
    }

    private Calendar calendar(Agent.Surroundings around) {
        if (conversations++ % CALLS_PER_CALENDAR == 0) {
            Database database = Database.inMemory();
            databases.add(database);
            calendars.add(new Calendar(database, around.clock(), ZoneOffset.UTC, around.random()));
        }
        return calendars.getLast();
    }

    private static Duration toolTime(SplittableRandom random) {
        boolean slow = random.nextInt(SLOW_TOOL_SHARE) == 0;
        return slow ? Duration.ofMillis(7_000 + random.nextInt(13_000)) : Duration.ofMillis(5 + random.nextInt(1_500));
    }

    private static Manner manner(SplittableRandom random) {
        return random.nextInt(SPOKEN_SHARE) == 0 ? Manner.SPOKEN : Manner.TYPED;
    }

    /** A built-in script or a lively caller, with a phone number of its own, by which its bookings are known. */
    private static CallerScript script(int number, SplittableRandom random) {
        List<CallerScript> scripts = BuiltInScripts.all();
        int drawn = random.nextInt(scripts.size() * 3 / 2);
        CallerScript plain = drawn < scripts.size() ? scripts.get(drawn) : LIVELY.script(random.nextLong());
        String phone = String.format(Locale.ROOT, "415 %03d %04d", 200 + number / 10_000, number % 10_000);
        return new CallerScript(
                plain.name(),
                plain.description(),
                plain.expected(),
                plain.tierChange(),
                plain.steps().stream()
                        .map(step -> new Step(withPhone(step.deed(), phone), step.condition(), step.bargeInAfter()))
                        .toList(),
                plain.answers().stream()
                        .map(answer -> new Answer(withPhone(answer.deed(), phone), answer.condition(), answer.times()))
                        .toList(),
                plain.otherwise());
    }

    private static Deed withPhone(Deed deed, String phone) {
        return switch (deed) {
            case Deed.Say say -> new Deed.Say(say.text().replaceAll("415 555 \\d{4}", phone));
            case Deed.StaySilent silence -> silence;
            case Deed.HangUp end -> end;
        };
    }

    private ChaosReport report(ChaosFaults faults, WireAudit wire, FactAudit facts, int unended, Duration took) {
        Map<ReferenceCode, Booking> kept = new HashMap<>();
        calendars.forEach(calendar -> kept.putAll(calendar.bookings()));
        Map<String, Integer> perCaller = new HashMap<>();
        kept.values().forEach(booking -> perCaller.merge(booking.phone().e164(), 1, Integer::sum));
        long twice = perCaller.values().stream().filter(times -> times > 1).count();
        return new ChaosReport(
                calls,
                seed,
                conduct,
                facts.outcomes(),
                facts.failures(),
                faults.drawn(),
                brokenCallers,
                wire.errors(),
                facts.problems(),
                kept.size(),
                facts.told(),
                facts.leftStanding(),
                new ChaosReport.Checks(
                        unended + facts.untyped(),
                        facts.lost(kept.keySet()),
                        twice + facts.repeatedEffects(),
                        wire.errors().getOrDefault("conversation_already_has_active_response", 0),
                        wire.orphans(),
                        wire.doubleOutputs()),
                facts.talked(),
                took);
    }

    @Override
    public void close() {
        databases.forEach(Database::close);
    }
}
