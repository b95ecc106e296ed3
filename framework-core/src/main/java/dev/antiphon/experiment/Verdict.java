package dev.antiphon.experiment;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What an experiment has shown, as far as it can be said; {@link Sentences} says it in words. The cases in the order of evaluation. */
public sealed interface Verdict {

    /**
     * The arms do not have the units that they were meant to have: no result is to be believed.
     *
     * @param p how probable so much deviation is by chance, however often one looks
     * @param units of each arm
     */
    record Invalid(double p, List<Long> units) implements Verdict {
        public Invalid {
            units = List.copyOf(units);
        }
    }

    /**
     * Something got worse that must not.
     *
     * @param arm in which
     * @param guardrail what
     * @param bound how much worse at least: a difference of shares, or US dollars
     * @param n units of both arms
     */
    record Stopped(String arm, Guardrail guardrail, double bound, long n) implements Verdict {}

    /**
     * Nothing can be said yet.
     *
     * @param n units of the smaller arm
     * @param needed until something can be said, or until the planned look; empty when there is none
     * @param belowMinimum whether there are too few for any figure
     */
    record Collecting(long n, OptionalLong needed, boolean belowMinimum) implements Verdict {}

    /** The arm is better, found while watching. */
    record Ahead(Finding finding) implements Verdict {}

    /** The arm is worse, found while watching. */
    record Behind(Finding finding) implements Verdict {}

    /** The arm is better, found at the planned look; of non-inferiority: not worse, and cheaper. */
    record Ship(Finding finding) implements Verdict {}

    /** The arm is worse, found at the planned look. */
    record RollBack(Finding finding) implements Verdict {}

    /**
     * The arms do not differ by more than the margin.
     *
     * @param margin a share
     */
    record NoDifference(double margin, Finding finding) implements Verdict {}

    /** The planned look leaves open which one is better. */
    record Inconclusive(Finding finding) implements Verdict {}

    /** The bounded name used in JSON and tables: {@code no_difference}. */
    default String name() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
