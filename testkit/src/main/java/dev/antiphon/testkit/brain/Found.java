package dev.antiphon.testkit.brain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value found in words.
 *
 * @param value what was meant
 * @param start the first character of the words that say it, 0-based
 * @param end the first character after them
 */
record Found<T>(T value, int start, int end) {

    boolean overlaps(Found<?> other) {
        return start < other.end && other.start < end;
    }

    /**
     * The one that counts when a caller named several: a value that was taken back ("not Tuesday", "instead of Tuesday")
     * does not count; of values joined by "or" the first counts; otherwise the last, since callers correct themselves.
     */
    static <T> Optional<Found<T>> meant(List<Found<T>> all, String text) {
        List<Found<T>> kept =
                all.stream().filter(found -> !takenBack(found, text)).toList();
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        for (int i = 0; i + 1 < kept.size(); i++) {
            String between = text.substring(
                    kept.get(i).end(),
                    Math.max(kept.get(i).end(), kept.get(i + 1).start()));
            if (between.strip().equalsIgnoreCase("or")) {
                return Optional.of(kept.get(i));
            }
        }
        return Optional.of(kept.getLast());
    }

    private static boolean takenBack(Found<?> found, String text) {
        String before = text.substring(0, found.start()).toLowerCase(Locale.ROOT);
        String after = text.substring(found.end()).toLowerCase(Locale.ROOT);
        return TAKEN_BACK.matcher(before).find() || REFUSED.matcher(after).find();
    }

    /** Words directly before a value that take it back. */
    private static final Pattern TAKEN_BACK = Pattern.compile(
            "\\b(?:not|instead of|rather than|isn't|can't do|cannot do|can't|change(?: it)? from|don't want|do not want)"
                    + "(?: do| have| it| this| that| on| at| the| for| a| an)*\\s*$");

    /** Words directly after a value that refuse it. */
    private static final Pattern REFUSED = Pattern.compile(
            "^\\s*(?:(?:is|'s|would be|might be)(?: a bit| a little| much| way| far| just)? (?:too (?:early|late|soon|far)|not (?:good|possible))"
                    + "|(?:doesn't|does not|won't|will not) (?:work|suit|fit|do))\\b");
}
