package dev.antiphon.tier;

import dev.antiphon.model.Money;
import dev.antiphon.tier.Rung.LargerModel;
import dev.antiphon.tier.Rung.Person;
import dev.antiphon.tier.Rung.RaiseEffort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How much one call struggles, on which tier it runs and what it has climbed: implements {@link EscalationPolicy}. Pure and
 * immutable; every method yields the next state and, where there is something to record, a {@link TierDecision}.
 *
 * <p>A decision to climb makes the climb pending: the caller of this machine then reports {@link #onClimbed} or
 * {@link #onClimbFailed}. Only one that succeeded uses its rung up; while one is pending no second one is decided. What must wait, by
 * {@link CallSituation#hold}, stays as a wish and is weighed again {@link #onTurn}.
 *
 * @param policy when to climb
 * @param ladder tier names from the cheapest to the most able
 * @param place index in {@code ladder} where the call runs
 * @param score the evidence at {@code scoredAt}
 * @param scoredAt when it was last added up
 * @param signals what the score is made of, oldest first, at most {@value #MAX_SIGNALS}
 * @param climbed what the call has climbed, in order
 * @param pending a climb that has neither succeeded nor failed yet
 * @param wish what waits for a better moment
 */
public record EscalationState(
        EscalationPolicy policy,
        List<String> ladder,
        int place,
        double score,
        Instant scoredAt,
        List<Struggle> signals,
        List<Climb> climbed,
        Optional<Climb> pending,
        Optional<Wish> wish) {

    static final int MAX_SIGNALS = 50;
    private static final double FORGOTTEN = 0.01;

    public EscalationState {
        ladder = List.copyOf(ladder);
        signals = List.copyOf(signals);
        climbed = List.copyOf(climbed);
        if (place < 0 || place >= ladder.size()) {
            throw new IllegalArgumentException("place must be an index of the ladder " + ladder + ", but was " + place);
        }
    }

    /** The next state and what was decided; empty when there was nothing to decide. */
    public record Transition(EscalationState next, Optional<TierDecision> decision) {}

    /**
     * One step up.
     *
     * @param to the tier that a larger model is on; empty for other rungs
     * @param estimate what it was estimated to cost, if that was known
     */
    public record Climb(Rung rung, Optional<String> to, Optional<Money> estimate) {}

    /**
     * A climb that waits.
     *
     * @param ordered what the author's flow gave as its reason; empty when the evidence is the reason
     */
    public record Wish(Optional<String> ordered) {}

    /**
     * A call that has just begun.
     *
     * @param ladder tier names from the cheapest to the most able, with {@code start} among them
     */
    public static EscalationState initial(EscalationPolicy policy, List<String> ladder, String start, Instant begun) {
        int place = ladder.indexOf(start);
        if (place < 0) {
            throw new IllegalArgumentException("tier must be one of " + ladder + ", but was '" + start + "'");
        }
        return new EscalationState(
                policy, ladder, place, 0, begun, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Where the call runs. */
    public String tier() {
        return ladder.get(place);
    }

    /** Under the policy of the flow that is spoken of now; evidence and what was climbed stay. */
    public EscalationState under(EscalationPolicy other) {
        return policy.equals(other)
                ? this
                : new EscalationState(other, ladder, place, score, scoredAt, signals, climbed, pending, wish);
    }

    /** Evidence was seen. A signal that weighs nothing decides nothing, except that a wish for a person is recorded. */
    public Transition onStruggle(Struggle struggle, CallSituation now) {
        if (struggle.signal() == Struggle.Signal.WANTS_PERSON) {
            return stay("the caller wants a person, and that is the dialog's to do", now);
        }
        double weight = policy.weights().getOrDefault(struggle.signal(), 0.0);
        EscalationState faded = at(now.at());
        return weight > 0
                ? faded.with(faded.score + weight, plus(struggle)).weigh(now)
                : new Transition(faded, Optional.empty());
    }

    /** A turn moved the dialog on: the evidence fades. */
    public Transition onProgress(CallSituation now) {
        EscalationState faded = at(now.at());
        double left = faded.score * policy.decay();
        EscalationState next = left < FORGOTTEN ? faded.with(0, List.of()) : faded.with(left, signals);
        return new Transition(next, Optional.empty());
    }

    /**
     * The author's flow asks for more of the model, whatever the score: the next rung that is not a person, whom a flow hands over to in
     * its own way.
     */
    public Transition onDirective(String reason, CallSituation now) {
        return at(now.at()).ordered(reason, now);
    }

    /** A turn was taken, or an effect has settled: what waits is weighed again. */
    public Transition onTurn(CallSituation now) {
        if (wish.isEmpty()) {
            return new Transition(this, Optional.empty());
        }
        EscalationState faded = at(now.at());
        return wish.get().ordered().map(reason -> faded.ordered(reason, now)).orElseGet(() -> faded.weigh(now));
    }

    /** The pending climb is done: the evidence against what was before is forgotten. */
    public Transition onClimbed(Instant at) {
        if (pending.isEmpty()) {
            return new Transition(this, Optional.empty());
        }
        List<Climb> all = new ArrayList<>(climbed);
        all.add(pending.get());
        int next = pending.get().to().map(ladder::indexOf).orElse(place);
        return new Transition(
                new EscalationState(policy, ladder, next, 0, at, List.of(), all, Optional.empty(), Optional.empty()),
                Optional.empty());
    }

    /** The pending climb came to nothing: the call stays as it is, keeps its evidence, and has used nothing up. */
    public Transition onClimbFailed(String reason, CallSituation now) {
        EscalationState next =
                new EscalationState(policy, ladder, place, score, scoredAt, signals, climbed, Optional.empty(), wish);
        return next.stay(reason, now);
    }

    /** Something that was climbed turned out to be of no use; its rung is used up all the same. */
    public Transition onUseless(String reason, CallSituation now) {
        return stay(reason, now);
    }

    private Transition weigh(CallSituation now) {
        Optional<Rung> next = next(policy.rungs(), now);
        double needed = next.map(policy::thresholdOf).orElse(policy.threshold());
        if (score < needed) {
            return wishing(Optional.empty())
                    .stay(
                            "the struggle score " + number(score) + " is below the threshold " + number(needed) + ": "
                                    + seen(),
                            now);
        }
        return climb(
                next,
                policy.rungs(),
                "the struggle score " + number(score) + " reached the threshold " + number(needed) + ": " + seen(),
                new Wish(Optional.empty()),
                now);
    }

    private Transition ordered(String reason, CallSituation now) {
        List<Rung> ofModels = policy.rungs().stream()
                .filter(rung -> !(rung instanceof Person))
                .toList();
        return climb(
                next(ofModels, now), ofModels, "the flow asked for it: " + reason, new Wish(Optional.of(reason)), now);
    }

    private Transition climb(
            Optional<Rung> next, List<Rung> considered, String reason, Wish ifItWaits, CallSituation now) {
        if (now.isOver()) {
            return wishing(Optional.empty()).stay("the dialog has ended", now);
        }
        if (pending.isPresent()) {
            return stay("'" + pending.get().rung().words() + "' is already under way", now);
        }
        if (next.isEmpty()) {
            return wishing(Optional.empty()).stay(whyNone(considered, now), now);
        }
        Rung rung = next.get();
        Optional<String> tooDear = tooDear(rung, now);
        if (tooDear.isPresent()) {
            return wishing(Optional.empty()).stay(tooDear.get(), now);
        }
        return now.hold()
                .map(hold -> wishing(Optional.of(ifItWaits))
                        .stay("'" + rung.words() + "' waits, since " + hold + "; " + reason, now))
                .orElseGet(() -> climbing(rung, reason, now));
    }

    private Transition climbing(Rung rung, String reason, CallSituation now) {
        Climb climb = new Climb(
                rung,
                rung instanceof LargerModel ? Optional.of(ladder.get(place + 1)) : Optional.empty(),
                now.estimate(rung));
        return new Transition(
                new EscalationState(
                        policy, ladder, place, score, scoredAt, signals, climbed, Optional.of(climb), Optional.empty()),
                Optional.of(new TierDecision(
                        tier(), climb.to(), Optional.of(rung), score, reason, climb.estimate(), signals)));
    }

    /** The first of these rungs that can be had. */
    private Optional<Rung> next(List<Rung> considered, CallSituation now) {
        return considered.stream().filter(rung -> obstacle(rung, now).isEmpty()).findFirst();
    }

    /** Why a rung cannot be had in this call as it is. */
    private Optional<String> obstacle(Rung rung, CallSituation now) {
        return switch (rung) {
            case RaiseEffort effort ->
                used(effort)
                        .or(() -> now.hasEffort()
                                ? Optional.empty()
                                : Optional.of("the model of '" + tier() + "' has no reasoning effort"))
                        .or(() -> now.effort()
                                .filter(has -> Rung.EFFORTS.indexOf(has) >= Rung.EFFORTS.indexOf(effort.level()))
                                .map(has -> "the effort is '" + has + "'"));
            case LargerModel ignored ->
                place < ladder.size() - 1
                        ? Optional.empty()
                        : Optional.of("the call already runs on the top tier '" + tier() + "'");
            case Person person ->
                used(person)
                        .or(() -> now.personWaits()
                                ? Optional.empty()
                                : Optional.of("the dialog names nobody who could take over now"));
        };
    }

    private Optional<String> used(Rung rung) {
        return climbed.stream().anyMatch(climb -> climb.rung().equals(rung))
                ? Optional.of("'" + rung.words() + "' was used")
                : Optional.empty();
    }

    private String whyNone(List<Rung> considered, CallSituation now) {
        return considered.isEmpty()
                ? "the policy has no rung for it"
                : "no rung is left: "
                        + considered.stream()
                                .flatMap(rung -> obstacle(rung, now).stream())
                                .collect(Collectors.joining("; "));
    }

    /** Without known prices nothing can be too dear. */
    private Optional<String> tooDear(Rung rung, CallSituation now) {
        if (policy.budget().isEmpty() || now.estimate(rung).isEmpty()) {
            return Optional.empty();
        }
        Money spent = spent(now);
        Money most = policy.budget().get();
        Money estimate = now.estimate(rung).get();
        return spent.plus(estimate).compareTo(most) > 0
                ? Optional.of("'" + rung.words() + "' is estimated at " + estimate + ", and of the budget of " + most
                        + " " + spent + " is spent")
                : Optional.empty();
    }

    /** What climbing has cost: as it was estimated, or as it turned out where that is more. */
    private Money spent(CallSituation now) {
        Money estimated =
                climbed.stream().flatMap(climb -> climb.estimate().stream()).reduce(Money.ZERO, Money::plus);
        return estimated.compareTo(now.extraSpent()) < 0 ? now.extraSpent() : estimated;
    }

    private Transition stay(String reason, CallSituation now) {
        Optional<Money> estimate = next(policy.rungs(), now).flatMap(now::estimate);
        return new Transition(
                this,
                Optional.of(new TierDecision(
                        tier(), Optional.empty(), Optional.empty(), score, reason, estimate, signals)));
    }

    private EscalationState at(Instant now) {
        return new EscalationState(
                policy,
                ladder,
                place,
                policy.fadedBy(Duration.between(scoredAt, now), score),
                now,
                signals,
                climbed,
                pending,
                wish);
    }

    private EscalationState with(double newScore, List<Struggle> newSignals) {
        return new EscalationState(policy, ladder, place, newScore, scoredAt, newSignals, climbed, pending, wish);
    }

    private EscalationState wishing(Optional<Wish> other) {
        return new EscalationState(policy, ladder, place, score, scoredAt, signals, climbed, pending, other);
    }

    private List<Struggle> plus(Struggle struggle) {
        List<Struggle> all = new ArrayList<>(signals);
        all.add(struggle);
        return all.subList(Math.max(0, all.size() - MAX_SIGNALS), all.size());
    }

    /** Only the kinds of signals: their details may hold the caller's words. */
    private String seen() {
        return signals.stream().map(each -> each.signal().words()).collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
