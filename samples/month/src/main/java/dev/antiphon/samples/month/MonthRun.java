package dev.antiphon.samples.month;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Assigner;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.experiment.Guardrail;
import dev.antiphon.experiment.Metric;
import dev.antiphon.experiment.Plan;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.flow.say.Language;
import dev.antiphon.server.Bot;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.server.experiment.ExperimentDesk;
import dev.antiphon.server.experiment.ExperimentSettings;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoredExperiments;
import dev.antiphon.server.store.UnitKey;
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
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Lets the month pass: callers, gateway, router, sessions, flows and store are the real ones, models and time are not. */
final class MonthRun {
    private static final Duration LONGEST_CALL = Duration.ofHours(1);
    /** So many people share the calls of a line that some call again. */
    private static final double CALLS_PER_PERSON = 1.5;

    private static final Duration FLUSH = Duration.ofMinutes(2);
    private static final int CALLS_BETWEEN_LOOKS = 200;
    private static final double MARGIN = 0.03;
    static final String UNIT_KEY = "a simulated month has no secrets";

    private final MonthPlan plan;
    private final Store store;
    private final Experiment experiment;
    private final List<RouterDecision> decisions = new ArrayList<>();
    private Optional<ExperimentDesk> desk = Optional.empty();

    /**
     * What came of it.
     *
     * @param decisions of the router, in order
     * @param report of the experiment, at the end
     */
    record Outcome(List<RouterDecision> decisions, ExperimentReport report) {}

    MonthRun(MonthPlan plan, Store store) {
        this.plan = plan;
        this.store = store;
        this.experiment = experiment(plan);
    }

    /** Is the small model good enough for callbacks, give or take three points? */
    private static Experiment experiment(MonthPlan plan) {
        return Experiment.of(
                "callback-tier",
                e -> e.flows(Set.of(Line.CALLBACK.flowName()))
                        .arms(List.of(
                                new Arm("full", 0.5, Treatment.tier("full")),
                                new Arm("mini", 0.5, Treatment.tier("mini"))))
                        .plan(Plan.upTo(plan.horizon()).nonInferior(MARGIN))
                        .guardrails(List.of(Guardrail.of(Metric.HANDOVER), Guardrail.of(Metric.SLOW_TURNS))));
    }

    /**
     * Runs it on this thread. Whoever looks at the store waits until it has taken all that happened so far, so that the same seed
     * gives the same month.
     *
     * @param done told how many calls are over
     * @throws StoreTooSlow when the store does not take the calls
     */
    Outcome run(IntConsumer done) {
        SplittableRandom chance = new SplittableRandom(plan.seed());
        BedSettings settings = BedSettings.defaults()
                .withSeed(plan.seed())
                .withBegin(plan.begin())
                .withEmulator(emulator -> emulator.withBrain(brain()));
        try (TestBed bed = TestBed.inVirtualTime(settings, this::endpoint)) {
            for (int i = 0; i < plan.calls(); i++) {
                call(bed, i, chance);
                done.accept(i + 1);
                if (i % CALLS_BETWEEN_LOOKS == 0) {
                    catchUp();
                    running().watch();
                }
            }
        }
        catchUp();
        return new Outcome(List.copyOf(decisions), running().report(experiment));
    }

    /** The store did not take what happened in the time that it had. */
    static final class StoreTooSlow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private StoreTooSlow(String message) {
            super(message);
        }
    }

    private void catchUp() {
        if (!store.flush(FLUSH)) {
            throw new StoreTooSlow("the store has not taken all calls: " + store.state());
        }
    }

    private ExperimentDesk running() {
        return desk.orElseThrow();
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
        // Before the bot's own desk opens, which then knows that it runs.
        ExperimentSettings experiments = ExperimentSettings.inMemory(
                        List.of(experiment), Assigner.of(UnitKey.of(UNIT_KEY)))
                .keptIn(new StoredExperiments(store, around.clock()).defining(List.of(experiment)));
        ExperimentDesk opened = ExperimentDesk.open(experiments, around.ladder(), Set.of(), around.clock());
        opened.start(experiment, 100, "simulation", "the month begins");
        desk = Optional.of(opened);
        return BotEndpoint.in(
                around,
                bot(around),
                server -> server.withStore(Optional.of(store))
                        .withExperiments(experiments)
                        .withRouter(server.router().withListener(new RouterListener() {
                            @Override
                            public void decided(RouterDecision decision) {
                                decisions.add(decision);
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

    /** Two models of which the small one has bad days, where it misunderstands who names a day. */
    private Brain brain() {
        Brain good = new SchemaBrain(profiles(plan.healthy()));
        Brain bad = new SchemaBrain(profiles(plan.degraded()));
        return turn -> (plan.isBad(turn.now().toInstant()) && asksForDates(turn) ? bad : good).respond(turn);
    }

    /** What the small model has forgotten on bad days. */
    private static boolean asksForDates(Brain.Turn turn) {
        return turn.tools().stream()
                .anyMatch(tool -> tool.parameters().toString().contains("\"date\""));
    }

    private BrainProfile.ByModel profiles(double small) {
        return new BrainProfile.ByModel(
                List.of(new BrainProfile.Rule(EmulatedModels.MINI, BrainProfile.MINI.withMisunderstandingRate(small))),
                BrainProfile.FULL.withMisunderstandingRate(plan.large()));
    }
}
