package dev.antiphon.samples.month;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.flow.say.Language;
import dev.antiphon.server.Bot;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.server.store.Store;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.bed.TestBed.Manner;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.brain.SchemaBrain;
import dev.antiphon.testkit.emulator.Brain;
import dev.antiphon.testkit.emulator.EmulatedModels;
import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.RouterListener;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Lets the month pass: callers, gateway, router, sessions, flows and store are the real ones, models and time are not. */
final class MonthRun {
    private static final Duration LONGEST_CALL = Duration.ofHours(1);
    /** So many people share the calls of a line that some call again. */
    private static final double CALLS_PER_PERSON = 1.5;

    private final MonthPlan plan;
    private final Store store;
    private final List<RouterDecision> decisions = new ArrayList<>();

    MonthRun(MonthPlan plan, Store store) {
        this.plan = plan;
        this.store = store;
    }

    /**
     * Runs it on this thread.
     *
     * @param done told how many calls are over
     */
    List<RouterDecision> run(IntConsumer done) {
        SplittableRandom chance = new SplittableRandom(plan.seed());
        BedSettings settings = BedSettings.defaults()
                .withSeed(plan.seed())
                .withBegin(plan.begin())
                .withEmulator(emulator -> emulator.withBrain(brain()));
        try (TestBed bed = TestBed.inVirtualTime(settings, this::endpoint)) {
            for (int i = 0; i < plan.calls(); i++) {
                call(bed, i, chance);
                done.accept(i + 1);
            }
        }
        return List.copyOf(decisions);
    }

    private void call(TestBed bed, int number, SplittableRandom chance) {
        Line line = number % 2 == 0 ? Line.APPOINTMENTS : Line.CALLBACK;
        int people = (int) Math.ceil(plan.calls() / 2 / CALLS_PER_PERSON);
        Duration wait = plan.startOf(number).minus(bed.elapsed());
        Duration later = wait.isNegative() ? Duration.ZERO : wait;
        bed.await(
                bed.place(
                        line.callerName(chance.nextInt(people)),
                        line.caller(plan.seed() * 1_000_003 + number),
                        Manner.TYPED,
                        later),
                LONGEST_CALL.plus(later));
    }

    private WebSocketEndpoint endpoint(Agent.Surroundings around) {
        return BotEndpoint.in(
                around,
                bot(around),
                server -> server.withStore(Optional.of(store))
                        .withRouter(server.router()
                                .withRandom(around.random()::nextDouble)
                                .withListener(new RouterListener() {
                                    @Override
                                    public void decided(RouterDecision decision) {
                                        decisions.add(decision);
                                        store.writer().decided(decision);
                                    }
                                })));
    }

    private static Bot bot(Agent.Surroundings around) {
        List<Bot> bots = new ArrayList<>();
        for (Line line : Line.values()) {
            bots.add(line.flow()
                    .bot(
                            Language.ENGLISH,
                            new Storage.PerCall(),
                            around.clock(),
                            ZoneOffset.UTC,
                            around.random(),
                            ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools()))));
        }
        return Bot.forCallers(
                        "month",
                        "Takes appointments and callbacks.",
                        caller -> bots.get(Line.of(caller.id().orElse("")).ordinal())
                                .conversations()
                                .apply(caller))
                .withTools(bots.getFirst().tools());
    }

    /** Two models of which the small one has bad days. */
    private Brain brain() {
        Brain good = new SchemaBrain(profiles(plan.healthy()));
        Brain bad = new SchemaBrain(profiles(plan.degraded()));
        return turn -> (plan.isBad(turn.now().toInstant()) ? bad : good).respond(turn);
    }

    private BrainProfile.ByModel profiles(double small) {
        return new BrainProfile.ByModel(
                List.of(new BrainProfile.Rule(EmulatedModels.MINI, BrainProfile.MINI.withMisunderstandingRate(small))),
                BrainProfile.FULL.withMisunderstandingRate(plan.large()));
    }
}
