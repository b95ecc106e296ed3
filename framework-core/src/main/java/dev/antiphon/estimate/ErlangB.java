package dev.antiphon.estimate;

/**
 * How many calls are held at once when they come at random and one that finds no place is turned away: Erlang's loss formula,
 * {@code B(0) = 1}, {@code B(n) = aB(n-1) / (n + aB(n-1))}, with the offered traffic {@code a} in erlangs (calls of an hour times
 * hours of a call).
 */
public final class ErlangB {
    private static final double MOST_ERLANGS = 100_000;

    private ErlangB() {}

    /**
     * The share of calls that find every place taken.
     *
     * @param erlangs 0 to 100,000
     * @param places 0 or more
     */
    public static double blocked(double erlangs, int places) {
        check(erlangs);
        if (places < 0) {
            throw new IllegalArgumentException("places must be 0 or more, but was " + places);
        }
        double blocked = 1;
        for (int n = 1; n <= places; n++) {
            blocked = erlangs * blocked / (n + erlangs * blocked);
        }
        return blocked;
    }

    /**
     * The fewest places with which no larger share of calls is turned away.
     *
     * @param most above 0 and below 1
     */
    public static int places(double erlangs, double most) {
        check(erlangs);
        if (!(most > 0 && most < 1)) {
            throw new IllegalArgumentException(
                    "the share that is turned away must be between 0 and 1, but was " + most);
        }
        double blocked = 1;
        int places = 0;
        while (blocked > most) {
            places++;
            blocked = erlangs * blocked / (places + erlangs * blocked);
        }
        return places;
    }

    private static void check(double erlangs) {
        if (!(erlangs >= 0 && erlangs <= MOST_ERLANGS)) {
            throw new IllegalArgumentException("erlangs must be between 0 and 100000, but was " + erlangs);
        }
    }
}
