package dev.antiphon.tier;

import dev.antiphon.model.Money;
import dev.antiphon.tier.Rung.LargerModel;
import dev.antiphon.tier.Rung.Person;
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
 * {@link #onClimbFailed}. Either way its rung is used up for the rest of the call; while one is pending no second one is decided. A rung
 * that is used up, cannot be had or is too dear is passed over for the next one. What must wait, by {@link CallSituation#hold}, stays as a
 * wish and is weighed again {@link #onTurn}, and so does a wish whose climb failed.
 *
 * @param policy when to climb
 * @param ladder tier names from the cheapest to the most able
 * @param place index in {@code ladder} where the call runs
 * @param score the evidence at {@code scoredAt}
 * @param scoredAt when it was last added up
 * @param signals what the score is made of, oldest first, at most {@value #MAX_SIGNALS}
 * @param climbed what the call has climbed, in order
 * @param failed what it has tried to climb in vain, in order
 * @param pending a climb that has neither succeeded nor failed yet
 * @param wish what waits for a better moment, or for the pending climb
 */
public record EscalationState(
        EscalationPolicy policy,
        List<String> ladder,
        int place,
        double score,
        Instant scoredAt,
        List<Struggle> signals,
        List<Climb> climbed,
        List<Climb> failed,
        Optional<Climb> pending,
        Optional<Wish> wish) {

    static final int MAX_SIGNALS = 50;
    private static final double FORGOTTEN = 0.01;

    public EscalationState {
        ladder = List.copyOf(ladder);
        signals = List.copyOf(signals);
        climbed = List.copyOf(climbed);
        failed = List.copyOf(failed);
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
                policy, ladder, place, 0, begun, List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Where the call runs. */
    public String tier() {
        return ladder.get(place);
    }

    /** Under the policy of the flow that is spoken of now; evidence and what was climbed stay. */
    public EscalationState under(EscalationPolicy other) {
        return policy.equals(other)
                ? this
                : new EscalationState(other, ladder, place, score, scoredAt, signals, climbed, failed, pending, wish);
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
        if (wish.isEmpty() || pending.isPresent()) {
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
                new EscalationState(
                        policy, ladder, next, 0, at, List.of(), all, failed, Optional.empty(), Optional.empty()),
                Optional.empty());
    }

    /**
     * The pending climb came to nothing: the call stays as it is and keeps its evidence. The rung is used up; the next one is looked at
     * with the next evidence or turn.
     */
    public Transition onClimbFailed(String reason, CallSituation now) {
        if (pending.isEmpty()) {
            return new Transition(this, Optional.empty());
        }
        List<Climb> all = new ArrayList<>(failed);
        all.add(pending.get());
        EscalationState next = new EscalationState(
                policy, ladder, place, score, scoredAt, signals, climbed, all, Optional.empty(), wish);
        return next.stay(reason, now);
    }

    /** Something that was climbed turned out to be of no use; its rung is used up all the same. */
    public Transition onUseless(String reason, CallSituation now) {
        return stay(reason, now);
    }

    private Transition weigh(CallSituation now) {
        RungChoice choice = RungChoice.of(this, policy.rungs(), now);
        double needed = choice.rung().map(policy::thresholdOf).orElse(policy.threshold());
        if (score < needed) {
            return wishing(wish.filter(waits -> waits.ordered().isPresent()))
                    .stay(
                            "the struggle score " + number(score) + " is below the threshold " + number(needed) + ": "
                                    + seen() + choice.told(),
                            now);
        }
        return climb(
                choice,
                "the struggle score " + number(score) + " reached the threshold " + number(needed) + ": " + seen(),
                new Wish(Optional.empty()),
                now);
    }

    private Transition ordered(String reason, CallSituation now) {
        List<Rung> ofModels = policy.rungs().stream()
                .filter(rung -> !(rung instanceof Person))
                .toList();
        return climb(
                RungChoice.of(this, ofModels, now),
                "the flow asked for it: " + reason,
                new Wish(Optional.of(reason)),
                now);
    }

    private Transition climb(RungChoice choice, String reason, Wish whileItWaits, CallSituation now) {
        if (now.isOver()) {
            return wishing(Optional.empty()).stay("the dialog has ended", now);
        }
        if (pending.isPresent()) {
            return stay("'" + pending.get().rung().words() + "' is already under way", now);
        }
        if (choice.rung().isEmpty()) {
            return wishing(Optional.empty()).stay(choice.whyNone(), now);
        }
        Rung rung = choice.rung().get();
        EscalationState wishing = wishing(Optional.of(whileItWaits));
        return now.hold()
                .map(hold -> wishing.stay(
                        "'" + rung.words() + "' waits, since " + hold + "; " + reason + choice.told(), now))
                .orElseGet(() -> wishing.climbing(rung, reason + choice.told(), now));
    }

    private Transition climbing(Rung rung, String reason, CallSituation now) {
        Climb climb = new Climb(rung, target(rung), now.estimate(rung));
        return new Transition(
                new EscalationState(
                        policy, ladder, place, score, scoredAt, signals, climbed, failed, Optional.of(climb), wish),
                Optional.of(new TierDecision(
                        tier(), climb.to(), Optional.of(rung), score, reason, climb.estimate(), signals)));
    }

    /** The tier that a larger model would be on. */
    Optional<String> target(Rung rung) {
        return rung instanceof LargerModel && place < ladder.size() - 1
                ? Optional.of(ladder.get(place + 1))
                : Optional.empty();
    }

    private Transition stay(String reason, CallSituation now) {
        Optional<Money> estimate = RungChoice.of(this, policy.rungs(), now).estimate(now);
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
                failed,
                pending,
                wish);
    }

    private EscalationState with(double newScore, List<Struggle> newSignals) {
        return new EscalationState(
                policy, ladder, place, newScore, scoredAt, newSignals, climbed, failed, pending, wish);
    }

    private EscalationState wishing(Optional<Wish> other) {
        return new EscalationState(policy, ladder, place, score, scoredAt, signals, climbed, failed, pending, other);
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
