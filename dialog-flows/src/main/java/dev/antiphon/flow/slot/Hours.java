package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.say.Speakable;
import java.time.LocalTime;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The times of day that are possible, both included; with a first one after the last one they go over midnight.
 *
 * @param first the earliest
 * @param last the latest
 */
record Hours(LocalTime first, LocalTime last) {
    /** The last minute of a day. */
    static final LocalTime LAST_MINUTE = LocalTime.of(23, 59);

    /** Whether any time is possible. */
    boolean areAll() {
        return first.equals(LocalTime.MIDNIGHT) && last.equals(LAST_MINUTE);
    }

    boolean contain(LocalTime time) {
        boolean overMidnight = first.isAfter(last);
        boolean late = !time.isBefore(first);
        boolean early = !time.isAfter(last);
        return overMidnight ? late || early : late && early;
    }

    /** Why none of these times is possible. */
    <T> Reading.Unclear<T> refusal(List<LocalTime> heard) {
        List<LocalTime> distinct = heard.stream().distinct().toList();
        Speakable words = language ->
                language.either(distinct.stream().map(language::spoken).toList());
        return new Reading.Unclear<>(Line.of(Phrase.OUT_OF_BOUNDS, "min", first, "max", last, "heard", words), false);
    }

    /** The keywords of a schema, unless any time is possible. */
    void describe(ObjectNode property) {
        if (!areAll()) {
            property.put("x-first", first.toString()).put("x-last", last.toString());
        }
    }
}
