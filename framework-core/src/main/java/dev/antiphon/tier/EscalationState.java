package dev.antiphon.tier;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How much one call struggles and on which tier it runs: implements {@link EscalationPolicy}. Pure and immutable; every
 * method yields the next state and, where there is something to record, a {@link TierDecision}.
 *
 * <p>A decision to move makes the move pending: the caller of this machine then reports {@link #onMoved} or
 * {@link #onMoveFailed}. Only a move that succeeded counts against {@link EscalationPolicy#maxEscalations()}; while one is
 * pending no second one is decided.
 *
 * @param policy when to move
 * @param ladder tier names from the cheapest to the most able
 * @param rung index in {@code ladder} where the call runs
 * @param score the evidence so far
 * @param signals what the score is made of, oldest first, at most {@value #MAX_SIGNALS}
 * @param used how often the call has moved
 * @param moving whether a decided move has neither succeeded nor failed yet
 */
public record EscalationState(
        EscalationPolicy policy,
        List<String> ladder,
        int rung,
        double score,
        List<Struggle> signals,
        int used,
        boolean moving) {

    static final int MAX_SIGNALS = 50;
    private static final double FORGOTTEN = 0.01;

    public EscalationState {
        ladder = List.copyOf(ladder);
        signals = List.copyOf(signals);
        if (rung < 0 || rung >= ladder.size()) {
            throw new IllegalArgumentException("rung must be an index of the ladder " + ladder + ", but was " + rung);
        }
    }

    /** The next state and what was decided; empty when there was nothing to decide. */
    public record Transition(EscalationState next, Optional<TierDecision> decision) {}

    /**
     * A call that has just begun.
     *
     * @param ladder tier names from the cheapest to the most able, with {@code start} among them
     */
    public static EscalationState initial(EscalationPolicy policy, List<String> ladder, String start) {
        return new EscalationState(policy, ladder, rungOf(ladder, start), 0, List.of(), 0, false);
    }

    /** Where the call runs. */
    public String tier() {
        return ladder.get(rung);
    }

    /** Evidence was seen. A signal that weighs nothing decides nothing, except that a wish for a person is recorded. */
    public Transition onStruggle(Struggle struggle) {
        if (struggle.signal() == Struggle.Signal.WANTS_PERSON) {
            return stay("the caller wants a person, and a larger model is not one");
        }
        double weight = policy.weights().getOrDefault(struggle.signal(), 0.0);
        return weight > 0 ? with(score + weight, plus(struggle)).weigh() : new Transition(this, Optional.empty());
    }

    /** A turn moved the dialog on: the evidence fades. */
    public Transition onProgress() {
        double faded = score * policy.decay();
        EscalationState next = faded < FORGOTTEN ? with(0, List.of()) : with(faded, signals);
        return new Transition(next, Optional.empty());
    }

    /** The author's flow asks for the next tier, whatever the score. */
    public Transition onDirective(String reason) {
        return obstacle().map(this::stay).orElseGet(() -> move("the flow asked for it: " + reason));
    }

    /**
     * The call now runs on this tier; the evidence against the former one is forgotten.
     *
     * @throws IllegalArgumentException when the ladder has no such tier
     */
    public Transition onMoved(String to) {
        return new Transition(
                new EscalationState(policy, ladder, rungOf(ladder, to), 0, List.of(), used + 1, false),
                Optional.empty());
    }

    /** The pending move came to nothing: the call stays where it is, keeps its evidence, and has used nothing up. */
    public Transition onMoveFailed() {
        return new Transition(
                new EscalationState(policy, ladder, rung, score, signals, used, false),
                Optional.of(decision(Optional.empty(), "the hand-over to a larger model failed")));
    }

    private Transition weigh() {
        if (score < policy.threshold()) {
            return stay("the struggle score " + number(score) + " is below the threshold " + number(policy.threshold())
                    + ": " + seen());
        }
        return obstacle()
                .map(this::stay)
                .orElseGet(() -> move("the struggle score " + number(score) + " reached the threshold "
                        + number(policy.threshold()) + ": " + seen()));
    }

    /** Why this call cannot move up now. */
    private Optional<String> obstacle() {
        if (moving) {
            return Optional.of("a hand-over is already under way");
        }
        if (rung == ladder.size() - 1) {
            return Optional.of("the call already runs on the top tier '" + tier() + "'");
        }
        if (used >= policy.maxEscalations()) {
            return Optional.of(
                    "the call has moved " + used + " times, and at most " + policy.maxEscalations() + " are allowed");
        }
        return Optional.empty();
    }

    private Transition stay(String reason) {
        return new Transition(this, Optional.of(decision(Optional.empty(), reason)));
    }

    private Transition move(String reason) {
        return new Transition(
                new EscalationState(policy, ladder, rung, score, signals, used, true),
                Optional.of(decision(Optional.of(ladder.get(rung + 1)), reason)));
    }

    private TierDecision decision(Optional<String> to, String reason) {
        return new TierDecision(tier(), to, score, reason, signals);
    }

    private EscalationState with(double newScore, List<Struggle> newSignals) {
        return new EscalationState(policy, ladder, rung, newScore, newSignals, used, moving);
    }

    private List<Struggle> plus(Struggle struggle) {
        List<Struggle> all = new ArrayList<>(signals);
        all.add(struggle);
        return all.subList(Math.max(0, all.size() - MAX_SIGNALS), all.size());
    }

    /** Only the kinds of signals: their details may hold the caller's words. */
    private String seen() {
        return signals.stream()
                .map(s -> s.signal().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    private static int rungOf(List<String> ladder, String tier) {
        int rung = ladder.indexOf(tier);
        if (rung < 0) {
            throw new IllegalArgumentException("tier must be one of " + ladder + ", but was '" + tier + "'");
        }
        return rung;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
