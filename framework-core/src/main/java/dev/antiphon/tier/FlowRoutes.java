package dev.antiphon.tier;

import dev.antiphon.model.Money;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.tier.CircuitEvent.Where;
import dev.antiphon.tier.RouterDecision.Kind;
import dev.antiphon.tier.RouterDecision.State;
import dev.antiphon.tier.TierReport.EvidencePoint;
import dev.antiphon.tier.TierReport.TierState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Where the new calls of one flow begin: a {@link TierCircuit} for each tier of its ladder, the order of outcomes, the budget, and what
 * operators decided. Pure: time and random numbers are given. Not thread-safe.
 */
public final class FlowRoutes {
    private static final int LEAST_FOR_MEAN = 20;

    /**
     * Where a call begins.
     *
     * @param rung index in the ladder
     * @param number the call's, to be told with its outcome
     */
    public record Start(int rung, long number) {}

    private final String flow;
    private final TierLadder ladder;
    private final StartOrder order = new StartOrder();
    private final List<TierCircuit> circuits = new ArrayList<>();
    private final List<TierTally> tallies;
    private final List<Optional<Double>> priceRatios = new ArrayList<>();
    private final List<Deque<EvidencePoint>> history = new ArrayList<>();
    private final List<RouterDecision> decided = new ArrayList<>();
    private RouterPolicy policy;
    private Optional<String> pin = Optional.empty();
    private boolean paused;
    private long latest;
    private long lost;
    private DailyBudget budget;

    /** Of a flow of which nothing is known. */
    public FlowRoutes(String flow, TierLadder ladder, RouterPolicy policy, RouterTime now) {
        this.flow = flow;
        this.ladder = ladder;
        this.policy = policy;
        this.budget = DailyBudget.begin(now);
        this.tallies = new ArrayList<>(Collections.nCopies(ladder.tiers().size(), TierTally.EMPTY));
        for (int rung = 0; rung < ladder.tiers().size(); rung++) {
            circuits.add(TierCircuit.fresh(flow, nameOf(rung), policy, target(rung), now.wall()));
            history.add(new ArrayDeque<>());
        }
        for (int rung = 0; rung < circuits.size() - 1; rung++) {
            priceRatios.add(PriceRatio.of(
                    ladder.tiers().get(rung).prices(),
                    ladder.tiers().get(rung + 1).prices()));
        }
    }

    /** Goes on where a snapshot was taken. Tiers that it does not know stay as they are; those that the ladder lacks are left out. */
    public void restore(FlowSnapshot snapshot, RouterTime now) {
        latest = Math.max(latest, snapshot.latest());
        paused = snapshot.paused();
        pin = Optional.of(snapshot.pin()).filter(name -> ladder.named(name).isPresent());
        budget = new DailyBudget(
                        snapshot.day(),
                        snapshot.renewed().isAfter(now.steady()) ? now.steady() : snapshot.renewed(),
                        snapshot.spent(),
                        budget.reserved())
                .at(now);
        for (CircuitSnapshot circuit : snapshot.circuits()) {
            ladder.named(circuit.tier()).ifPresent(tier -> {
                int rung = ladder.tiers().indexOf(tier);
                circuits.set(rung, TierCircuit.restored(policy, target(rung), circuit));
            });
        }
    }

    /** Goes on with another policy; what is known stays. */
    public void configure(RouterPolicy other) {
        policy = other;
        for (int rung = 0; rung < circuits.size(); rung++) {
            circuits.set(
                    rung,
                    TierCircuit.restored(
                            policy, target(rung), circuits.get(rung).snapshot()));
        }
    }

    /**
     * A new call begins. A session that has begun already begins where it did.
     *
     * @param random uniform from 0 (included) to 1 (excluded); asked only while a tier is tried
     */
    public Start start(String session, DoubleSupplier random, RouterTime now) {
        pass(now);
        Optional<StartOrder.Begun> before = order.of(session);
        if (before.isPresent()) {
            return new Start(before.get().rung(), before.get().number());
        }
        int pinned = pin.flatMap(ladder::named).map(ladder.tiers()::indexOf).orElse(-1);
        int rung = pinned >= 0 ? pinned : route(random, now);
        Optional<Money> reserved = Optional.of(costOf(rung)).filter(cost -> pinned < 0 && rung > 0);
        reserved.ifPresent(cost -> budget = budget.reserve(cost));
        latest++;
        apply(order.begin(new StartOrder.Begun(latest, session, rung, reserved, now.steady())), now);
        return new Start(rung, latest);
    }

    private int route(DoubleSupplier random, RouterTime now) {
        for (int rung = 0; rung < circuits.size() - 1; rung++) {
            State state = circuits.get(rung).state();
            if (state == State.CLOSED) {
                return rung;
            }
            double drawn = state == State.HALF_OPEN ? random.getAsDouble() : 0;
            Optional<Obstacle> obstacle = obstacle(rung);
            if (take(rung, new CircuitEvent.Asked(drawn, obstacle, now.wall())) == TierCircuit.Place.HERE) {
                return rung;
            }
        }
        return circuits.size() - 1;
    }

    /**
     * A call ended. It counts in the table in any case, and as evidence if it has the number of a call that began here and has no
     * outcome yet.
     *
     * @return whether it is evidence, now or when the calls that began earlier have ended
     */
    public boolean finished(Observed.Finished call, RouterTime now) {
        pass(now);
        ladder.named(call.start())
                .map(ladder.tiers()::indexOf)
                .ifPresent(rung -> tallies.set(rung, tallies.get(rung).plus(call)));
        Optional<StartOrder.Begun> begun = order.of(call.session()).filter(open -> open.number() == call.number());
        begun.flatMap(StartOrder.Begun::reserved).ifPresent(reserved -> budget = budget.settle(reserved, call.cost()));
        begun.ifPresent(
                open -> apply(order.ended(call.session(), call.completed(), policy.waiting(), now.steady()), now));
        return begun.isPresent();
    }

    /** A call that was to begin never did. */
    public void withdrawn(String session, RouterTime now) {
        order.of(session)
                .flatMap(StartOrder.Begun::reserved)
                .ifPresent(reserved -> budget = budget.settle(reserved, Money.ZERO));
        order.forget(session);
        pass(now);
    }

    /** Time passes: calls may be late or lost, and days end. */
    public void pass(RouterTime now) {
        budget = budget.at(now);
        apply(order.settle(policy.waiting(), now.steady()), now);
    }

    private void apply(List<StartOrder.Settled> settled, RouterTime now) {
        for (StartOrder.Settled each : settled) {
            each.completed()
                    .ifPresentOrElse(
                            completed -> known(each.call(), completed, now), () -> neverKnown(each.call(), now));
        }
    }

    private void known(StartOrder.Begun call, boolean completed, RouterTime now) {
        for (int rung = 0; rung < circuits.size(); rung++) {
            Optional<Obstacle> obstacle = obstacle(rung);
            take(
                    rung,
                    new CircuitEvent.Finished(
                            call.number(),
                            latest,
                            where(call.rung(), rung),
                            completed,
                            healthyAbove(rung),
                            obstacle.isPresent() ? obstacle : worthless(rung),
                            now.wall()));
        }
        remember(call.rung(), call.number(), now);
    }

    private void neverKnown(StartOrder.Begun call, RouterTime now) {
        lost++;
        call.reserved().ifPresent(reserved -> budget = budget.settle(reserved, reserved));
        for (int rung = 0; rung < circuits.size(); rung++) {
            take(rung, new CircuitEvent.Lost(call.number(), latest, where(call.rung(), rung), now.wall()));
        }
    }

    private static Where where(int began, int rung) {
        return switch (Math.clamp(began - rung, -1, 2)) {
            case 0 -> Where.HERE;
            case 1 -> Where.ABOVE;
            case 2 -> Where.FAR_ABOVE;
            default -> Where.BELOW;
        };
    }

    private TierCircuit.Place take(int rung, CircuitEvent event) {
        TierCircuit.Step step = circuits.get(rung).step(event);
        circuits.set(rung, step.next());
        decided.addAll(step.decisions());
        return step.place();
    }

    private void remember(int rung, long number, RouterTime now) {
        Deque<EvidencePoint> points = history.get(rung);
        TierCircuit circuit = circuits.get(rung);
        points.add(new EvidencePoint(now.wall(), number, circuit.evidence(), circuit.state()));
        if (points.size() > TierState.MAX_HISTORY) {
            points.remove();
        }
    }

    /** Why calls must not begin above this tier. */
    private Optional<Obstacle> obstacle(int rung) {
        if (rung == circuits.size() - 1) {
            return Optional.of(new Obstacle(Obstacle.Cause.TOP, "there is no tier above"));
        }
        if (!policy.enabled()) {
            return Optional.of(new Obstacle(Obstacle.Cause.DISABLED, "the flow's policy does not allow it"));
        }
        if (paused) {
            return Optional.of(new Obstacle(Obstacle.Cause.PAUSED, "an operator paused it"));
        }
        RouterPolicy.Spending spending = policy.spending();
        Optional<Double> ratio = priceRatios.get(rung);
        if (ratio.filter(times -> times > spending.mostPriceRatio()).isPresent()) {
            return Optional.of(new Obstacle(
                    Obstacle.Cause.PRICE,
                    "it costs " + ratio.get() + " times as much, more than " + spending.mostPriceRatio()));
        }
        if (!budget.affords(costOf(rung + 1), spending.dailyBudget())) {
            return Optional.of(new Obstacle(
                    Obstacle.Cause.BUDGET,
                    "of the day's budget of " + spending.dailyBudget().orElse(Money.ZERO) + " " + budget.spent()
                            + " are spent and " + budget.reserved() + " reserved"));
        }
        return Optional.empty();
    }

    /** Moving up costs more than the tasks are worth that it saves, as far as is known. */
    private Optional<Obstacle> worthless(int rung) {
        Optional<Money> value = policy.spending().valueOfCompletion();
        if (value.isEmpty() || rung == circuits.size() - 1) {
            return Optional.empty();
        }
        Optional<Money> low = meanCost(rung);
        Optional<Money> high = meanCost(rung + 1);
        Optional<Double> rate = circuits.get(rung).recentRate();
        if (low.isEmpty() || high.isEmpty() || rate.isEmpty()) {
            return Optional.empty();
        }
        double gain = healthyAbove(rung) - rate.get();
        double saved = gain * value.get().usd().doubleValue();
        double more = high.get().usd().subtract(low.get().usd()).doubleValue();
        return saved > more
                ? Optional.empty()
                : Optional.of(new Obstacle(
                        Obstacle.Cause.VALUE,
                        "a call costs " + money(more) + " more there, and the tasks saved are worth " + money(saved)
                                + " a call"));
    }

    private static Money money(double usd) {
        return new Money(new BigDecimal(usd, MathContext.DECIMAL32));
    }

    private double healthyAbove(int rung) {
        return rung == circuits.size() - 1
                ? policy.guard().assumed()
                : circuits.get(rung + 1).healthy().orElse(policy.guard().assumed());
    }

    private Money costOf(int rung) {
        return meanCost(rung).orElse(policy.spending().assumedCost());
    }

    private Optional<Money> meanCost(int rung) {
        TierTally tally = tallies.get(rung);
        return tally.finished() < LEAST_FOR_MEAN
                ? Optional.empty()
                : Optional.of(new Money(
                        tally.cost().usd().divide(BigDecimal.valueOf(tally.finished()), MathContext.DECIMAL64)));
    }

    private Optional<Double> target(int rung) {
        return rung == 0 ? policy.target() : policy.targetAbove();
    }

    /** Operators: new calls begin on this tier of the ladder. */
    public void pin(String tier, RouterTime now) {
        pin = Optional.of(tier);
        byOperator(tier, "pinned the flow to the tier", now);
    }

    /** The tier to which an operator pinned the flow. */
    public Optional<String> pinned() {
        return pin;
    }

    /** Operators: new calls begin where the circuits say. */
    public void unpin(RouterTime now) {
        pin.ifPresent(tier -> byOperator(tier, "unpinned the flow from the tier", now));
        pin = Optional.empty();
    }

    /** Operators: nothing moves up, or no longer so. */
    public void pause(boolean other, RouterTime now) {
        if (paused != other) {
            paused = other;
            byOperator(nameOf(0), other ? "paused escalation" : "resumed escalation", now);
        }
    }

    /**
     * Operators: the circuit of a tier is in this state.
     *
     * @param tier one of the ladder
     * @throws IllegalArgumentException for anything but {@link State#CLOSED} on the top tier
     */
    public void force(String tier, State state, RouterTime now) {
        int rung = ladder.tiers().stream().map(Tier::name).toList().indexOf(tier);
        if (rung == circuits.size() - 1 && state != State.CLOSED) {
            throw new IllegalArgumentException("the top tier '" + tier + "' has none above, so it stays closed");
        }
        take(rung, new CircuitEvent.Forced(state, latest, "an operator", now.wall()));
    }

    private void byOperator(String tier, String what, RouterTime now) {
        TierCircuit circuit =
                circuits.get(ladder.tiers().stream().map(Tier::name).toList().indexOf(tier));
        decided.add(new RouterDecision(
                now.wall(),
                flow,
                tier,
                Kind.BY_OPERATOR,
                circuit.state(),
                circuit.state(),
                circuit.evidence(),
                circuit.snapshot().counted(),
                "an operator " + what));
    }

    /** What was decided since the last time that this was asked. */
    public List<RouterDecision> news() {
        List<RouterDecision> latestOnes = List.copyOf(decided);
        decided.clear();
        return latestOnes;
    }

    /** One circuit. */
    public TierCircuit circuit(int rung) {
        return circuits.get(rung);
    }

    /** The budget. */
    public DailyBudget budget() {
        return budget;
    }

    /** Whether no outcome is known and no operator decided anything, so that a snapshot can take its place. */
    public boolean isFresh() {
        return !paused
                && pin.isEmpty()
                && circuits.stream()
                        .map(TierCircuit::snapshot)
                        .allMatch(known -> known.state() == State.CLOSED
                                && known.counted() == 0
                                && known.recentCount() == 0
                                && known.since() == 0);
    }

    /** How many calls have begun. */
    public long begun() {
        return latest;
    }

    /** To be kept. */
    public FlowSnapshot snapshot() {
        return new FlowSnapshot(
                flow,
                pin.orElse(""),
                paused,
                latest,
                budget.day(),
                budget.renewed(),
                budget.committed(),
                circuits.stream().map(TierCircuit::snapshot).toList());
    }

    /** For people. */
    public TierReport.FlowReport report() {
        List<TierState> tiers = new ArrayList<>();
        for (int rung = 0; rung < circuits.size(); rung++) {
            TierCircuit circuit = circuits.get(rung);
            CircuitSnapshot known = circuit.snapshot();
            tiers.add(new TierState(
                    known.tier(),
                    circuit.evidence(),
                    circuit.healthy(),
                    known,
                    circuit.state() == State.OPEN ? Math.max(0, known.coolDown() - known.counted()) : 0,
                    circuit.recentRate(),
                    tallies.get(rung),
                    List.copyOf(history.get(rung))));
        }
        return new TierReport.FlowReport(
                flow, policy, pin, paused, budget.spent(), budget.reserved(), order.underWay(), lost, tiers);
    }

    private String nameOf(int rung) {
        return ladder.tiers().get(rung).name();
    }
}
