package dev.antiphon.tier;

import dev.antiphon.statistics.BetaPosterior;
import dev.antiphon.statistics.Binomial;
import dev.antiphon.tier.CircuitEvent.Where;
import dev.antiphon.tier.RouterDecision.Kind;
import dev.antiphon.tier.RouterDecision.State;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the new calls of one flow begin, as far as one tier is concerned: a circuit breaker with a change detector in front and a
 * sequential test on the way back. Pure and immutable.
 *
 * <p>Closed, calls begin on the tier and their outcomes feed the detector ({@link ShiryaevRoberts}). At the threshold it opens: calls
 * begin on the tier above for the cool-down. Half-open, a share of the calls tries the tier until {@link Sprt} tells whether it is well
 * (closed) or not (open, with the cool-down doubled). While it is not closed, calls of the tier above that fail as well close it, and
 * nothing moves up for a while. An event changes the state at most once. Outcomes of calls that began before the state was entered are
 * no evidence in it.
 *
 * @param policy the numbers of all this
 * @param target the rate of completion that an operator set for the tier; else it is learned
 * @param snapshot what is known
 */
public record TierCircuit(RouterPolicy policy, Optional<Double> target, CircuitSnapshot snapshot) {
    /** What held calls back is told again after the evidence was below this part of the threshold. */
    private static final double TOLD_AGAIN_BELOW = 10;

    private static final double LEAST_RATE = 0.01;
    private static final double MOST_RATE = 0.995;

    /** Where a call that asked begins. */
    public enum Place {
        /** On this tier. */
        HERE,
        /** On the tier above, or as the circuit there says. */
        ABOVE
    }

    /**
     * What an event led to.
     *
     * @param next the circuit after it
     * @param decisions what was decided, mostly nothing
     * @param place of a call that asked; else of no meaning
     */
    public record Step(TierCircuit next, List<RouterDecision> decisions, Place place) {
        public Step {
            decisions = List.copyOf(decisions);
        }
    }

    /** Of a tier of which nothing is known. */
    public static TierCircuit fresh(
            String flow, String tier, RouterPolicy policy, Optional<Double> target, Instant at) {
        return restored(policy, target, CircuitSnapshot.fresh(flow, tier, at));
    }

    /**
     * Goes on where a snapshot was taken. Under a policy or target that takes another rate for healthy, the evidence against the former
     * rate is forgotten; all else stays.
     */
    public static TierCircuit restored(RouterPolicy policy, Optional<Double> target, CircuitSnapshot snapshot) {
        double healthy = target.orElseGet(() -> learned(policy, snapshot));
        Draft draft = new Draft(snapshot);
        if (healthy != snapshot.baseline()) {
            draft.baseline = healthy;
            draft.evidence = CircuitSnapshot.NO_EVIDENCE;
            draft.logRatio = 0;
            draft.probes = 0;
            draft.probesCompleted = 0;
        }
        if (snapshot.state() != State.CLOSED) {
            draft.coolDown = Math.clamp(
                    snapshot.coolDown(),
                    policy.trial().coolDown(),
                    policy.trial().longest());
        }
        draft.suppressed = Math.min(snapshot.suppressed(), policy.guard().suppression());
        return new TierCircuit(policy, target, draft.snapshot());
    }

    private static double learned(RouterPolicy policy, CircuitSnapshot snapshot) {
        return snapshot.learnedFinished() < policy.learning().sessions()
                ? 0
                : Math.clamp(
                        Binomial.WILSON.lowerBound(
                                snapshot.learnedCompleted(),
                                snapshot.learnedFinished(),
                                1 - policy.learning().certainty()),
                        LEAST_RATE,
                        MOST_RATE);
    }

    /** Where new calls go. */
    public State state() {
        return snapshot.state();
    }

    /** The rate of completion taken for healthy; empty while it is being learned. */
    public Optional<Double> healthy() {
        return snapshot.baseline() > 0 ? Optional.of(snapshot.baseline()) : Optional.empty();
    }

    /** The value of the detector; of a tier that is not closed the one that opened it. */
    public double evidence() {
        double sum = 0;
        for (double value : snapshot.evidence()) {
            sum += value;
        }
        return sum / snapshot.evidence().size();
    }

    /** The rate of completion of the tier's latest calls, at most {@link RouterPolicy.Guard#window}; empty without any. */
    public Optional<Double> recentRate() {
        return rate(snapshot.recent(), snapshot.recentCount());
    }

    private static Optional<Double> rate(long completed, int count) {
        return count == 0 ? Optional.empty() : Optional.of((double) Long.bitCount(completed) / count);
    }

    /** Takes one event. */
    public Step step(CircuitEvent event) {
        return switch (event) {
            case CircuitEvent.Asked asked -> onAsked(asked);
            case CircuitEvent.Finished finished -> onFinished(finished);
            case CircuitEvent.Lost lost -> onLost(lost);
            case CircuitEvent.Forced forced -> onForced(forced);
        };
    }

    private Step onAsked(CircuitEvent.Asked asked) {
        if (state() == State.CLOSED) {
            return stay(Place.HERE);
        }
        if (asked.obstacle().isPresent()) {
            return heldBack(new Draft(snapshot), asked.obstacle().get(), asked.at());
        }
        boolean tries =
                state() == State.HALF_OPEN && asked.random() < policy.trial().share();
        Draft draft = new Draft(snapshot);
        draft.heldBack = "";
        return new Step(with(draft), List.of(), tries ? Place.HERE : Place.ABOVE);
    }

    private Step onFinished(CircuitEvent.Finished finished) {
        Draft draft = new Draft(snapshot);
        if (finished.began() == Where.HERE) {
            draft.recent(finished.completed(), policy.guard().window());
        }
        if (finished.began() == Where.ABOVE && finished.number() > snapshot.episode()) {
            draft.above(finished.completed(), policy.guard().window());
        }
        boolean counts = finished.number() > snapshot.since();
        return switch (state()) {
            case CLOSED -> counts ? closed(draft, finished) : stay(draft);
            case HALF_OPEN, OPEN -> {
                if (finished.began() == Where.ABOVE && isSystemic(draft, finished.aboveHealthy())) {
                    yield systemic(draft, finished);
                }
                if (!counts) {
                    yield stay(draft);
                }
                yield state() == State.OPEN ? open(draft, finished.latest(), finished.at()) : halfOpen(draft, finished);
            }
        };
    }

    private Step closed(Draft draft, CircuitEvent.Finished finished) {
        if (snapshot.suppressed() > 0) {
            draft.suppressed--;
            return stay(draft);
        }
        if (finished.began() != Where.HERE) {
            return stay(draft);
        }
        draft.counted++;
        return healthy()
                .map(rate -> watch(draft, rate, finished))
                .orElseGet(() -> learn(draft, finished.completed(), finished.at()));
    }

    private Step learn(Draft draft, boolean completed, Instant at) {
        draft.learnedFinished++;
        draft.learnedCompleted += completed ? 1 : 0;
        double rate = learned(policy, draft.snapshot());
        if (rate == 0) {
            return stay(draft);
        }
        draft.baseline = rate;
        draft.evidence = CircuitSnapshot.NO_EVIDENCE;
        return decided(
                draft,
                Kind.LEARNED,
                at,
                draft.learnedFinished,
                draft.learnedCompleted + " of " + draft.learnedFinished + " calls were completed, so " + percent(rate)
                        + " or more is taken for healthy");
    }

    private Step watch(Draft draft, double rate, CircuitEvent.Finished finished) {
        ShiryaevRoberts detector =
                ShiryaevRoberts.restored(rate, snapshot.evidence()).seen(finished.completed());
        draft.evidence = detector.evidence();
        if (detector.value() < policy.threshold()) {
            if (detector.value() < policy.threshold() / TOLD_AGAIN_BELOW) {
                draft.heldBack = "";
            }
            return stay(draft);
        }
        if (finished.obstacle().isPresent()) {
            return heldBack(draft, finished.obstacle().get(), finished.at());
        }
        long counted = draft.counted;
        draft.enter(State.OPEN, finished.latest(), finished.at());
        draft.episode = finished.latest();
        draft.coolDown = policy.trial().coolDown();
        draft.above = 0;
        draft.aboveCount = 0;
        return decided(
                draft,
                Kind.ESCALATED,
                finished.at(),
                counted,
                "the evidence that fewer than " + percent(rate) + " of the calls are completed reached "
                        + number(detector.value()) + " of " + number(policy.threshold()) + latest(draft));
    }

    private Step open(Draft draft, long latest, Instant at) {
        draft.counted++;
        if (draft.counted < draft.coolDown) {
            return stay(draft);
        }
        long counted = draft.counted;
        draft.enter(State.HALF_OPEN, latest, at);
        return decided(
                draft,
                Kind.PROBING,
                at,
                counted,
                "the cool-down of " + snapshot.coolDown() + " calls is over, so "
                        + percent(policy.trial().share()) + " of new calls try the tier again");
    }

    private Step halfOpen(Draft draft, CircuitEvent.Finished finished) {
        draft.counted++;
        if (finished.began() != Where.HERE) {
            return stay(draft);
        }
        Sprt sprt = trial().seen(finished.completed());
        draft.logRatio = sprt.logRatio();
        draft.probes++;
        draft.probesCompleted += finished.completed() ? 1 : 0;
        String tried = draft.probesCompleted + " of " + draft.probes + " calls that tried the tier were completed";
        return switch (sprt.decision()) {
            case OPEN -> stay(draft);
            case GOOD -> {
                long probes = draft.probes;
                draft.close(finished.latest(), finished.at());
                yield decided(draft, Kind.RETURNED, finished.at(), probes, tried);
            }
            case BAD -> degraded(draft, finished.latest(), finished.at(), tried);
        };
    }

    /** The sequential test, where it stands. */
    private Sprt trial() {
        RouterPolicy.Trial trial = policy.trial();
        double good = healthy().orElse(policy.learning().assumed());
        Sprt begun = Sprt.of(trial.bad(good), good, trial.alpha(), trial.beta());
        return new Sprt(begun.bad(), begun.good(), begun.logLower(), begun.logUpper(), snapshot.logRatio());
    }

    private Step degraded(Draft draft, long latest, Instant at, String reason) {
        long probes = draft.probes;
        draft.failedTrials++;
        if (draft.failedTrials >= policy.trial().doublesFrom()) {
            draft.coolDown = Math.min(2 * draft.coolDown, policy.trial().longest());
        }
        draft.enter(State.OPEN, latest, at);
        return decided(
                draft,
                Kind.STILL_DEGRADED,
                at,
                probes,
                reason + "; the next trial is after " + draft.coolDown + " calls");
    }

    private boolean isSystemic(Draft draft, double healthy) {
        RouterPolicy.Guard guard = policy.guard();
        double limit = healthy - guard.margin();
        return guard.enabled()
                && draft.aboveCount >= guard.least()
                && limit > 0
                && new BetaPosterior(guard.weight() * healthy, guard.weight() * (1 - healthy))
                                .seen(Long.bitCount(draft.above), draft.aboveCount)
                                .below(limit)
                        > guard.certainty();
    }

    private Step systemic(Draft draft, CircuitEvent.Finished finished) {
        int completed = Long.bitCount(draft.above);
        int count = draft.aboveCount;
        draft.close(finished.latest(), finished.at());
        draft.suppressed = policy.guard().suppression();
        return decided(
                draft,
                Kind.SYSTEMIC,
                finished.at(),
                count,
                completed + " of " + count + " calls of the tier above were completed, too few for "
                        + percent(finished.aboveHealthy())
                        + ": the model is not the cause, a person must look; nothing moves up for "
                        + draft.suppressed + " calls");
    }

    private Step onLost(CircuitEvent.Lost lost) {
        Draft draft = new Draft(snapshot);
        if (lost.number() <= snapshot.since()) {
            return stay(draft);
        }
        if (state() == State.OPEN) {
            return open(draft, lost.latest(), lost.at());
        }
        if (state() == State.CLOSED || lost.began() != Where.HERE) {
            return stay(draft);
        }
        draft.probesLost++;
        return draft.probesLost >= policy.trial().mostLost() && draft.probesLost > draft.probes
                ? degraded(
                        draft,
                        lost.latest(),
                        lost.at(),
                        "of " + draft.probesLost + " calls that tried the tier no outcome came, of " + draft.probes
                                + " one did")
                : stay(draft);
    }

    private Step onForced(CircuitEvent.Forced forced) {
        Draft draft = new Draft(snapshot);
        String reason = forced.by() + " set it to "
                + forced.to().name().toLowerCase(Locale.ROOT).replace('_', '-');
        long counted = draft.counted;
        switch (forced.to()) {
            case CLOSED -> draft.close(forced.latest(), forced.at());
            case OPEN, HALF_OPEN -> {
                if (state() == State.CLOSED) {
                    draft.episode = forced.latest();
                    draft.above = 0;
                    draft.aboveCount = 0;
                }
                draft.coolDown = policy.trial().coolDown();
                draft.failedTrials = 0;
                draft.suppressed = 0;
                draft.enter(forced.to(), forced.latest(), forced.at());
            }
        }
        return decided(draft, Kind.BY_OPERATOR, forced.at(), counted, reason);
    }

    private Step heldBack(Draft draft, Obstacle obstacle, Instant at) {
        String cause = obstacle.cause().name();
        if (cause.equals(snapshot.heldBack())) {
            return stay(draft);
        }
        draft.heldBack = cause;
        return decided(
                draft,
                Kind.HELD_BACK,
                at,
                draft.counted,
                "calls would begin on the tier above, but " + obstacle.reason() + latest(draft));
    }

    /** With the call that has just finished. */
    private static String latest(Draft draft) {
        return rate(draft.recent, draft.recentCount)
                .map(rate -> "; of the latest " + draft.recentCount + " calls " + percent(rate) + " were completed")
                .orElse("");
    }

    private Step stay(Place place) {
        return new Step(this, List.of(), place);
    }

    private Step stay(Draft draft) {
        return new Step(with(draft), List.of(), Place.HERE);
    }

    private Step decided(Draft draft, Kind kind, Instant at, long sessions, String reason) {
        TierCircuit next = with(draft);
        double evidence = next.state() == State.CLOSED ? Math.max(evidence(), next.evidence()) : next.evidence();
        RouterDecision decision = new RouterDecision(
                at, snapshot.flow(), snapshot.tier(), kind, state(), next.state(), evidence, sessions, reason);
        return new Step(next, List.of(decision), Place.HERE);
    }

    private TierCircuit with(Draft draft) {
        return new TierCircuit(policy, target, draft.snapshot());
    }

    private static String percent(double rate) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * rate);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    /** What is known while it changes. */
    private static final class Draft {
        private final CircuitSnapshot from;
        private State state;
        private long since;
        private long episode;
        private Instant changedAt;
        private double baseline;
        private long learnedFinished;
        private long learnedCompleted;
        private List<Double> evidence;
        private long counted;
        private int coolDown;
        private int failedTrials;
        private double logRatio;
        private int probes;
        private int probesCompleted;
        private int probesLost;
        private int suppressed;
        private long recent;
        private int recentCount;
        private long above;
        private int aboveCount;
        private String heldBack;

        Draft(CircuitSnapshot from) {
            this.from = from;
            this.state = from.state();
            this.since = from.since();
            this.episode = from.episode();
            this.changedAt = from.changedAt();
            this.baseline = from.baseline();
            this.learnedFinished = from.learnedFinished();
            this.learnedCompleted = from.learnedCompleted();
            this.evidence = from.evidence();
            this.counted = from.counted();
            this.coolDown = from.coolDown();
            this.failedTrials = from.failedTrials();
            this.logRatio = from.logRatio();
            this.probes = from.probes();
            this.probesCompleted = from.probesCompleted();
            this.probesLost = from.probesLost();
            this.suppressed = from.suppressed();
            this.recent = from.recent();
            this.recentCount = from.recentCount();
            this.above = from.above();
            this.aboveCount = from.aboveCount();
            this.heldBack = from.heldBack();
        }

        void enter(State to, long latest, Instant at) {
            state = to;
            since = latest;
            changedAt = at;
            counted = 0;
            logRatio = 0;
            probes = 0;
            probesCompleted = 0;
            probesLost = 0;
            heldBack = "";
        }

        void close(long latest, Instant at) {
            enter(State.CLOSED, latest, at);
            evidence = CircuitSnapshot.NO_EVIDENCE;
            coolDown = 0;
            failedTrials = 0;
            suppressed = 0;
            above = 0;
            aboveCount = 0;
        }

        void recent(boolean completed, int window) {
            recent = pushed(recent, completed, window);
            recentCount = Math.min(window, recentCount + 1);
        }

        void above(boolean completed, int window) {
            above = pushed(above, completed, window);
            aboveCount = Math.min(window, aboveCount + 1);
        }

        private static long pushed(long bits, boolean completed, int window) {
            return (bits << 1 | (completed ? 1 : 0)) & (1L << window) - 1;
        }

        CircuitSnapshot snapshot() {
            return new CircuitSnapshot(
                    from.flow(),
                    from.tier(),
                    state,
                    since,
                    episode,
                    changedAt,
                    baseline,
                    learnedFinished,
                    learnedCompleted,
                    evidence,
                    counted,
                    coolDown,
                    failedTrials,
                    logRatio,
                    probes,
                    probesCompleted,
                    probesLost,
                    suppressed,
                    recent,
                    recentCount,
                    above,
                    aboveCount,
                    heldBack);
        }
    }
}
