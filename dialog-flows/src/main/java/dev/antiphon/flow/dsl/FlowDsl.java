package dev.antiphon.flow.dsl;

import dev.antiphon.flow.Group;
import dev.antiphon.flow.Saying;
import dev.antiphon.flow.Task;
import dev.antiphon.flow.TaskBuilder;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Speakable;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Spelling;
import dev.antiphon.flow.slot.Spoken;
import java.time.Duration;
import java.time.Period;
import java.util.function.Function;

/** Slots, verdicts, wording, durations and stuck rules of the flow language. */
public final class FlowDsl extends RepairDsl {
    private FlowDsl() {}

    /** Slots that are asked together and make a record of their own, in any flow. */
    public static <R> Group<R> group(String name, Class<R> type, Slot<?>... slots) {
        return Group.of(name, type, slots);
    }

    /** A task of a service; one with {@code find} is a search, one with {@code effect} or {@code attempt} a transaction. */
    public static <R> Task<R> task(
            String name, Class<R> result, Function<TaskBuilder<R, Object>, TaskBuilder<R, ?>> shape) {
        return TaskBuilder.task(name, result, shape);
    }

    /** Words that the model may reword; each {@code {}} becomes the next value as the flow's language speaks it. */
    public static Saying say(String template, Object... values) {
        return Saying.of(template, false, values);
    }

    /** Words that are spoken exactly; each {@code {}} becomes the next value as the flow's language speaks it. */
    public static Saying verbatim(String template, Object... values) {
        return Saying.of(template, true, values);
    }

    /** Letters and digits one by one. */
    public static String spelled(Object value) {
        return Spoken.spelled(value);
    }

    /**
     * Letters with code words: in English those of the ICAO alphabet, for example {@code A as in Alfa, 7}, in other languages
     * their own. A value for {@link #say} and {@link #verbatim}.
     */
    public static Speakable spelledOut(Object value) {
        return new SpelledOut(value.toString());
    }

    private record SpelledOut(String value) implements Speakable {
        @Override
        public String spoken(Language language) {
            return Spelling.alphabet(value, language);
        }

        /** In English, for authors who put it into a string of their own. */
        @Override
        public String toString() {
            return spoken(Language.ENGLISH);
        }
    }

    /** Calendar days. */
    public static Period days(int count) {
        return Period.ofDays(count);
    }

    /** Seconds. */
    public static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }

    /** Minutes. */
    public static Duration minutes(long count) {
        return Duration.ofMinutes(count);
    }

    /** Hours. */
    public static Duration hours(long count) {
        return Duration.ofHours(count);
    }

    /** Milliseconds. */
    public static Duration millis(long count) {
        return Duration.ofMillis(count);
    }

    /** Reads well in front of a duration. */
    public static Duration after(Duration time) {
        return time;
    }
}
