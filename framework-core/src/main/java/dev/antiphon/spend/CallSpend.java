package dev.antiphon.spend;

import dev.antiphon.model.Money;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What one call does about its cap. Pure and immutable.
 *
 * <p>{@code BELOW → NEAR → REACHED}, then {@link CallCap#action()} once; {@code END} when that was not enough.
 *
 * @param cap of the call
 * @param stage how far it is
 */
public record CallSpend(CallCap cap, Stage stage) {
    private static final BigDecimal LAST = BigDecimal.valueOf(2);

    /** How far a call is. */
    public enum Stage {
        /** Nothing to do. */
        BELOW,
        /** It was warned. */
        WARNED,
        /** A person was asked. */
        HANDED_OVER,
        /** It runs on the lowest tier. */
        MOVED_DOWN,
        /** It ends. */
        ENDED
    }

    /** What is to be done now. */
    public enum Step {
        /** Tell that the cap is near. */
        WARN,
        /** Ask a person. */
        HAND_OVER,
        /** Move to the lowest tier. */
        MOVE_DOWN,
        /** Say goodbye. */
        END
    }

    /** The next state and what to do. */
    public record Transition(CallSpend next, Optional<Step> step) {}

    /** A call that has cost nothing. */
    public static CallSpend begin(CallCap cap) {
        return new CallSpend(cap, Stage.BELOW);
    }

    /** Whether it has reached its cap and something was done. */
    public boolean isCapped() {
        return stage.compareTo(Stage.WARNED) > 0;
    }

    /**
     * Looks at what the call has cost.
     *
     * @param free whether the call is at a turn boundary, no effect is at work and no person is being asked
     * @param lowest whether it runs on the lowest tier
     * @param taken whether there is somebody who could take it over
     */
    public Transition step(Money spent, boolean free, boolean lowest, boolean taken) {
        return switch (stage) {
            case BELOW -> below(spent, free, lowest, taken);
            case WARNED -> free && cap.cap().level(spent) == Cap.Level.REACHED ? act(lowest, taken) : stay();
            // Nobody took it.
            case HANDED_OVER -> free ? to(Stage.ENDED, Step.END) : stay();
            case MOVED_DOWN -> free && isTwice(spent) ? to(Stage.ENDED, Step.END) : stay();
            case ENDED -> stay();
        };
    }

    private Transition below(Money spent, boolean free, boolean lowest, boolean taken) {
        return switch (cap.cap().level(spent)) {
            case BELOW -> stay();
            case NEAR -> to(Stage.WARNED, Step.WARN);
            case REACHED -> free ? act(lowest, taken) : to(Stage.WARNED, Step.WARN);
        };
    }

    private Transition act(boolean lowest, boolean taken) {
        return switch (cap.action()) {
            case HAND_OVER -> taken ? to(Stage.HANDED_OVER, Step.HAND_OVER) : to(Stage.ENDED, Step.END);
            case MOVE_DOWN -> lowest ? to(Stage.ENDED, Step.END) : to(Stage.MOVED_DOWN, Step.MOVE_DOWN);
            case END -> to(Stage.ENDED, Step.END);
        };
    }

    private boolean isTwice(Money spent) {
        return spent.usd().compareTo(cap.cap().most().usd().multiply(LAST)) >= 0;
    }

    private Transition stay() {
        return new Transition(this, Optional.empty());
    }

    private Transition to(Stage next, Step step) {
        return new Transition(new CallSpend(cap, next), Optional.of(step));
    }
}
