package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.benchmarks.chaos.tools.Violations.Rule;
import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.SavedDialog;
import dev.antiphon.server.Bot;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.server.gateway.Caller;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.Conduct;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.ToolInvoker;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.bed.TestBed.Manner;
import dev.antiphon.testkit.caller.CallRecord;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import dev.antiphon.testkit.caller.PlacedCall;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolLoad;
import dev.antiphon.tool.ToolPool;
import dev.antiphon.tool.ToolPoolSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls in virtual time while what their tools and effects do goes wrong in every way. The same seed gives the same run. To be
 * used from one thread, once.
 */
public final class ToolChaosRun implements AutoCloseable {
    /** A call begins so long after the one before. */
    private static final Duration SPACING = Duration.ofMillis(700);

    private static final Duration LONGEST_CALL = Duration.ofMinutes(45);
    /** Longer than any run hangs. */
    private static final Duration ALL_IS_OVER = Duration.ofMinutes(3);

    private static final Duration RINGS_AGAIN_AFTER = Duration.ofSeconds(3);
    private static final int SPOKEN_SHARE = 25;
    private static final int PLAIN_CALLS = 3;

    private final int calls;
    private final long seed;
    private final Conduct conduct;
    private final Violations violations = new Violations();
    private final Storm storm = new Storm(this::ringsAgain);
    private final StormWire wire = new StormWire(storm, violations);
    private final StormFacts facts = new StormFacts(violations);
    private final Desk desk = new Desk(storm, violations);
    private final Dialog dialog = desk.dialog();
    private final QuietKills quiet = QuietKills.begin();
    private final Map<Integer, Instant> ended = new HashMap<>();
    private @Nullable SteppedThreads threads;
    private @Nullable TestBed bed;
    private @Nullable ToolPool pool;
    private @Nullable ActorSystem<?> system;

    /** A run of so many calls. */
    public ToolChaosRun(int calls, long seed, Conduct conduct) {
        this.calls = calls;
        this.seed = seed;
        this.conduct = conduct;
    }

    /** Runs; {@code progress} is told how many calls have ended. */
    public ToolChaosReport run(IntConsumer progress) {
        long begun = System.nanoTime();
        BedSettings settings = BedSettings.defaults()
                .withSeed(seed)
                .withEmulator(
                        emulator -> emulator.withBrain(new StormyModel(storm)).withObserver(wire));
        TestBed used = TestBed.inVirtualTime(settings, this::endpoint);
        bed = used;
        List<Call> placed = plan();
        for (Call call : placed) {
            place(used, call, StormCaller.script(call), SPACING.multipliedBy(call.number));
        }
        for (Call call : placed) {
            awaitAllLines(used, call);
            progress.accept(call.number + 1);
        }
        afterwards(used);
        facts.judge();
        return report(placed, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** In each block of calls every strike comes once. */
    private List<Call> plan() {
        SplittableRandom random = new SplittableRandom(seed);
        List<Call> planned = new ArrayList<>();
        List<Strike> block = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            if (block.isEmpty()) {
                block.addAll(List.of(Strike.values()));
            }
            Strike strike = block.remove(random.nextInt(block.size()));
            planned.add(new Call(i, strike, random.split(), random.nextInt(SPOKEN_SHARE) == 0));
        }
        planned.forEach(storm::add);
        return planned;
    }

    private void place(TestBed used, Call call, CallerScript script, Duration later) {
        PlacedCall line = used.place(call.instance(), script, call.spoken ? Manner.SPOKEN : Manner.TYPED, later);
        call.lines.add(line);
        line.ended().thenRun(() -> ended.put(call.number, clock().instant()));
    }

    private void ringsAgain(int number) {
        place(Optional.ofNullable(bed).orElseThrow(), storm.call(number), StormCaller.again(), RINGS_AGAIN_AFTER);
    }

    private void awaitAllLines(TestBed used, Call call) {
        try {
            for (int i = 0; i < call.lines.size(); i++) {
                used.await(call.lines.get(i), LONGEST_CALL);
            }
        } catch (TestBed.CallTooLong stuck) {
            violations.found(Rule.OUTCOME, "call " + call.number + " " + call.strike + " never ended");
            return;
        }
        ToldTruth truth = new ToldTruth(violations);
        truth.judge(call, Optional.ofNullable(ended.get(call.number)).orElseThrow());
        truth.judgeResults(call);
        call.wanted.forEach((effect, since) -> {
            if (call.effectRuns == 0 && !call.strike.hangsUp() && call.life == 0) {
                violations.found(Rule.NOT_RUN, "call " + call.number + " " + effect);
            }
        });
    }

    /** What still hangs ends; then plain callers ring. */
    private void afterwards(TestBed used) {
        List<Call> plain = new ArrayList<>();
        for (int i = 0; i < PLAIN_CALLS; i++) {
            Call call = new Call(calls + i, Strike.NOTHING, new SplittableRandom(seed), false);
            storm.add(call);
            plain.add(call);
            place(used, call, StormCaller.script(call), ALL_IS_OVER);
        }
        for (Call call : plain) {
            CallRecord record = used.await(call.line(), LONGEST_CALL);
            if (!record.endedAs(ExpectedOutcome.COMPLETED) || call.commits.size() != 1) {
                violations.found(Rule.BROKEN_AFTERWARDS, record.toString());
            }
        }
        placesAreFree(used);
    }

    private void placesAreFree(TestBed used) {
        CompletionStage<ToolLoad> asked = AskPattern.ask(
                Optional.ofNullable(pool).orElseThrow().dispatcher(),
                ToolDispatcher.Inspect::new,
                Duration.ofSeconds(5),
                Optional.ofNullable(system).orElseThrow().scheduler());
        Call last = new Call(calls + PLAIN_CALLS, Strike.NOTHING, new SplittableRandom(seed), false);
        storm.add(last);
        place(used, last, StormCaller.script(last), Duration.ofMinutes(1));
        used.await(last.line(), LONGEST_CALL);
        ToolLoad load = asked.toCompletableFuture().join();
        if (load.effects().running() + load.effects().waiting() > 0) {
            violations.found(Rule.PLACES_LOST, load.toString());
        }
        load.tools().values().stream()
                .filter(tool -> tool.places().running() + tool.places().waiting() > 0)
                .forEach(tool -> violations.found(Rule.PLACES_LOST, tool.toString()));
    }

    private WebSocketEndpoint endpoint(Agent.Surroundings around) {
        threads = new SteppedThreads(around.system());
        system = around.system();
        storm.livesIn(threads, around.clock());
        wire.livesIn(around.clock());
        return BotEndpoint.in(
                around,
                bot(around.clock()),
                server -> server.withObserver(facts)
                        .withTransport(any -> new CuttableLines(around.transport(), storm))
                        .withSession(server.session().withConduct(conduct)));
    }

    private Bot bot(CallClock clock) {
        return Bot.forCallers("desk", "Books visits.", caller -> conversation(caller, clock))
                .withTools(actors -> pool(actors, clock));
    }

    private ToolInvoker pool(ActorSystem<?> actors, CallClock clock) {
        ToolPool made = ToolDispatcher.start(
                actors,
                desk.tools(),
                ToolPoolSettings.defaults()
                        .withThreads(Optional.ofNullable(threads).orElseThrow())
                        .withClock(clock));
        pool = made;
        storm.breaks(made);
        return made;
    }

    private Conversation conversation(Caller caller, CallClock clock) {
        String instance = caller.id().orElseThrow();
        Call call = storm.call(Integer.parseInt(instance.substring("call-".length())));
        FlowConversation flow = call.life == 0
                ? FlowConversation.start(dialog, clock, ZoneOffset.UTC, instance)
                : FlowConversation.resume(
                        dialog, clock, ZoneOffset.UTC, instance, SavedDialog.read(call.saved.orElseThrow()));
        return new WatchedDialog(flow, call, storm, violations, clock);
    }

    private CallClock clock() {
        return storm.clock();
    }

    private ToolChaosReport report(List<Call> placed, Duration took) {
        long booked = placed.stream().filter(call -> !call.commits.isEmpty()).count();
        return new ToolChaosReport(
                calls,
                seed,
                conduct,
                facts.outcomes(),
                storm.struck(),
                facts.settlements(),
                facts.problems(),
                wire.errors(),
                (int) booked,
                violations.counts(),
                violations.examples(),
                facts.talked(),
                took);
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.endAll();
        }
        if (bed != null) {
            bed.close();
        }
        quiet.close();
    }
}
