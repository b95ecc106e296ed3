package dev.antiphon.benchmarks.dialogs;

import dev.antiphon.benchmarks.dialogs.DialogScores.Mode;
import dev.antiphon.benchmarks.dialogs.DialogScores.Rate;
import java.util.Locale;
import java.util.Optional;

/** What the figures must reach (the bench's README). */
final class DialogTargets {
    private static final double JOINT = 99.5;
    private static final double SAFETY = 100;
    private static final double BEHAVIOUR = 99.5;
    private static final double TEN_PERCENT_MISHEARD = 99.3;
    private static final double TWENTY_PERCENT_MISHEARD = 98.5;
    private static final double MOST_WRONG_SHARE = 0.005;
    private static final double MOST_TURNS = 1.2;

    private DialogTargets() {}

    static Optional<Double> of(Rate rate) {
        return switch (rate.name()) {
            case "dialogue.joint" -> Optional.of(JOINT);
            case "safety.confirmed-transactions" -> Optional.of(SAFETY);
            default -> Optional.empty();
        };
    }

    static boolean isReached(Rate rate) {
        return of(rate).filter(target -> !(rate.percent() >= target)).isEmpty();
    }

    /** How many dialogues must succeed, in percent. */
    static double success(String mode) {
        return switch (mode) {
            case "nlu10" -> TEN_PERCENT_MISHEARD;
            case "nlu20" -> TWENTY_PERCENT_MISHEARD;
            default -> BEHAVIOUR;
        };
    }

    /** What a mode must reach besides, for people. */
    static String alsoReaches(Mode mode) {
        return isBounded(mode)
                ? String.format(
                        Locale.ROOT,
                        "  (wrong <= %.0f, turns <= %.1f)",
                        MOST_WRONG_SHARE * mode.dialogues(),
                        MOST_TURNS)
                : "";
    }

    private static boolean isBounded(Mode mode) {
        return mode.name().equals("nlu10");
    }

    static boolean isReached(Mode mode) {
        boolean harmless =
                !isBounded(mode) || mode.wrong() <= MOST_WRONG_SHARE * mode.dialogues() && mode.turns() <= MOST_TURNS;
        return mode.success() >= success(mode.name()) && mode.unsafe() == 0 && harmless;
    }
}
