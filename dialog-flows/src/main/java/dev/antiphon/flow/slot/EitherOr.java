package dev.antiphon.flow.slot;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The two or three things between which a caller leaves the choice: "Saturday or Sunday", "entweder um 7 oder um 8". */
final class EitherOr {
    /** As many values can be asked back. */
    static final int MOST_PARTS = 3;

    private static final Pattern OR = Pattern.compile("[,\\s]+(?:or|oder)\\s+");
    private static final Pattern EITHER =
            Pattern.compile("^(?:(?:either|entweder|maybe|perhaps|vielleicht|on|at|am|um|for) )+");

    private EitherOr() {}

    /** The parts of plain words in lower case; none when there is no choice between two or three. */
    static List<String> parts(String words) {
        List<String> parts = Stream.of(OR.split(words, -1))
                .map(part -> EITHER.matcher(part.strip()).replaceFirst(""))
                .toList();
        boolean isChoice = parts.size() > 1 && parts.size() <= MOST_PARTS && !parts.contains("");
        return isChoice ? parts : List.of();
    }
}
