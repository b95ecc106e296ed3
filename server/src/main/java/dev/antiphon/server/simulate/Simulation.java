package dev.antiphon.server.simulate;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.server.Bot;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.bed.TestBed.CallTooLong;
import dev.antiphon.testkit.bed.TestBed.Manner;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.emulator.EmulatedModels;
import dev.antiphon.tier.EscalationPolicies;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/** Runs a {@link SimulationPlan}: callers, gateway, sessions, flows and tools are the real ones, the models are emulated. */
public final class Simulation {
    private static final Duration LONGEST_CALL = Duration.ofHours(2);
    private static final URI NOWHERE = URI.create("ws://model/v1/realtime");

    private final SimulationPlan plan;
    private final Function<Agent.Surroundings, Bot> bots;

    /**
     * A simulation.
     *
     * @param bots makes the bot; what it uses must come from the surroundings, see {@link Agent.Surroundings}
     * @throws IllegalArgumentException when the plan names a tier that the emulated ladder lacks
     */
    public Simulation(SimulationPlan plan, Function<Agent.Surroundings, Bot> bots) {
        this.plan = plan;
        this.bots = bots;
        plan.tiers().forEach(Simulation::known);
        plan.misunderstandings().keySet().forEach(Simulation::known);
    }

    /** The tiers that can be named, the cheapest first. */
    public static List<String> tiers() {
        return EmulatedModels.ladder(NOWHERE).tiers().stream().map(Tier::name).toList();
    }

    private static void known(String tier) {
        if (!tiers().contains(tier)) {
            throw new IllegalArgumentException("a tier must be one of " + tiers() + ", but was '" + tier + "'");
        }
    }

    /**
     * Runs it on this thread.
     *
     * @param done told of every call that is over
     */
    public List<SimulatedLot> run(Consumer<SimulatedCall> done) {
        return plan.tiers().stream().map(tier -> lot(tier, done)).toList();
    }

    private SimulatedLot lot(String tier, Consumer<SimulatedCall> done) {
        List<SimulatedCall> calls = new ArrayList<>();
        CallNotes notes = new CallNotes(call -> {
            calls.add(call);
            done.accept(call);
        });
        BedSettings settings = BedSettings.defaults()
                .withSeed(plan.seed())
                .withBegin(plan.begin())
                .withBrain(brain());
        int unfinished = 0;
        try (TestBed bed = TestBed.inVirtualTime(settings, around -> endpoint(around, tier, notes))) {
            for (int i = 0; i < plan.calls(); i++) {
                unfinished += isOver(bed, i) ? 0 : 1;
            }
        }
        return new SimulatedLot(tier, calls, unfinished);
    }

    private boolean isOver(TestBed bed, int number) {
        Duration wait = plan.apart().multipliedBy(number).minus(bed.elapsed());
        try {
            bed.await(
                    bed.place(
                            "caller-" + number,
                            plan.callers().apply(plan.seed() * 1_000_003L + number),
                            Manner.TYPED,
                            wait.isNegative() ? Duration.ZERO : wait),
                    LONGEST_CALL.plus(plan.apart()));
            return true;
        } catch (CallTooLong tooLong) {
            LoggerFactory.getLogger(Simulation.class).warn("simulated call {}: {}", number, tooLong.getMessage());
            return false;
        }
    }

    private WebSocketEndpoint endpoint(Agent.Surroundings around, String tier, CallNotes notes) {
        Bot bot = bots.apply(around).withoutAfterCall();
        return BotEndpoint.in(around, bot, server -> {
            ServerSettings watched =
                    server.withLadder(from(around.ladder(), tier)).withObserver(notes);
            return plan.escalation() ? watched : watched.withEscalation(EscalationPolicies.never());
        });
    }

    /** The ladder from this tier on: where its calls begin. */
    private static TierLadder from(TierLadder ladder, String tier) {
        List<Tier> all = ladder.tiers();
        int first = all.stream().map(Tier::name).toList().indexOf(tier);
        return new TierLadder(all.subList(first, all.size()));
    }

    private BrainProfile.ByModel brain() {
        return new BrainProfile.ByModel(
                List.of(new BrainProfile.Rule(EmulatedModels.MINI, profile("mini", BrainProfile.MINI))),
                profile("full", BrainProfile.FULL));
    }

    private BrainProfile profile(String tier, BrainProfile usual) {
        return usual.withMisunderstandingRate(plan.misunderstandings().getOrDefault(tier, 0.0));
    }
}
