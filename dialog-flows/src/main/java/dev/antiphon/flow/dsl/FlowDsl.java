package dev.antiphon.flow.dsl;

import dev.antiphon.flow.Done;
import dev.antiphon.flow.Item;
import dev.antiphon.flow.Rejection;
import dev.antiphon.flow.StuckAction;
import dev.antiphon.flow.StuckTrigger;
import dev.antiphon.flow.Task;
import dev.antiphon.flow.TaskBuilder;
import dev.antiphon.flow.Utterance;
import dev.antiphon.flow.slot.ChoiceType;
import dev.antiphon.flow.slot.CodeType;
import dev.antiphon.flow.slot.DateType;
import dev.antiphon.flow.slot.NumberType;
import dev.antiphon.flow.slot.Option;
import dev.antiphon.flow.slot.PersonNameType;
import dev.antiphon.flow.slot.PhoneNumber;
import dev.antiphon.flow.slot.PhoneType;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Spoken;
import dev.antiphon.flow.slot.TextType;
import dev.antiphon.flow.slot.TimeType;
import dev.antiphon.flow.slot.Verdict;
import dev.antiphon.flow.slot.YesNoType;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Slots, verdicts, wording, durations and stuck rules of the flow language. */
public final class FlowDsl {
    private FlowDsl() {}

    /** One of an enum's constants; they may implement {@link dev.antiphon.flow.slot.Choosable}. */
    public static <E extends Enum<E>> Slot<E> choice(String name, Class<E> options) {
        return Slot.of(
                name,
                new ChoiceType<>(
                        options,
                        Stream.of(options.getEnumConstants()).map(Option::of).toList()));
    }

    /** One of these words. */
    public static Slot<String> choice(String name, List<String> options) {
        return Slot.of(
                name,
                new ChoiceType<>(String.class, options.stream().map(Option::of).toList()));
    }

    /** One of these options, see {@link #option}. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only copied
    public static <T> Slot<T> choice(String name, Class<T> type, Option<T>... options) {
        return Slot.of(name, new ChoiceType<>(type, List.of(options)));
    }

    /** An option and other words for it. */
    public static <T> Option<T> option(T value, String... synonyms) {
        return Option.of(value, synonyms);
    }

    /** A day. */
    public static Slot<LocalDate> date(String name) {
        return Slot.of(name, new DateType());
    }

    /** A time of day. */
    public static Slot<LocalTime> time(String name) {
        return Slot.of(name, new TimeType());
    }

    /** A person's name. */
    public static Slot<String> personName(String name) {
        return Slot.of(name, new PersonNameType());
    }

    /** A phone number; {@code region} is the ISO country of numbers without a country code. */
    public static Slot<PhoneNumber> phone(String name, String region) {
        return Slot.of(name, new PhoneType(region)).called("phone number");
    }

    /** A reference, customer number or postal code of so many letters and digits. */
    public static Slot<String> code(String name, int length) {
        return code(name, length, length);
    }

    /** A reference, customer number or postal code of letters and digits. */
    public static Slot<String> code(String name, int minLength, int maxLength) {
        return Slot.of(name, new CodeType(minLength, maxLength));
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public static Slot<Integer> number(String name, int min, int max) {
        return Slot.of(name, new NumberType(min, max));
    }

    /** How many people, 1 to {@code max}. */
    public static Slot<Integer> partySize(String name, int max) {
        return number(name, 1, max).called("number of people");
    }

    /** Yes or no. */
    public static Slot<Boolean> yesNo(String name) {
        return Slot.of(name, new YesNoType());
    }

    /** Any words, at most 500 characters. */
    public static Slot<String> freeText(String name) {
        return Slot.of(name, new TextType(500));
    }

    /** The value is fine. */
    public static <T> Verdict<T> ok() {
        return new Verdict.Ok<>(Optional.empty());
    }

    /** The value is fine in this form. */
    public static <T> Verdict<T> ok(T normalised) {
        return new Verdict.Ok<>(Optional.of(normalised));
    }

    /** The value is not possible; {@code reason} is a sentence for the caller. */
    public static <T> Verdict<T> reject(String reason) {
        return new Verdict.Reject<>(reason);
    }

    /** After a failed effect: ask for this slot again. */
    public static <T> Rejection<T> reject(Slot<T> slot) {
        return new Rejection<>(slot, List.of(), false, Optional.empty());
    }

    /** The value is not possible, but these are, best first. */
    public static <T> Verdict.Alternatives<T> alternatives(List<T> options) {
        return new Verdict.Alternatives<>(options, Optional.empty());
    }

    /** It may be one of these. */
    public static <T> Verdict<T> unsure(List<T> candidates) {
        return new Verdict.Unsure<>(candidates);
    }

    /** A task of a service; one with {@code find} is a search, one with {@code effect} or {@code attempt} a transaction. */
    public static <R> Task<R> task(
            String name, Class<R> result, Function<TaskBuilder<R, Object>, TaskBuilder<R, ?>> shape) {
        return TaskBuilder.task(name, result, shape);
    }

    /** It is done. */
    public static <X> Done<X> made(X result) {
        return new Done.Made<>(Optional.empty(), result);
    }

    /** It is done; callers may ask about the item. */
    public static <X> Done<X> made(X result, Item item) {
        return new Done.Made<>(Optional.of(item), result);
    }

    /** It is not done; what differs in this item is possible instead. */
    public static <X> Done<X> instead(Item item) {
        return new Done.Alternative<>(item);
    }

    /** It is not done; {@code reason} is a sentence for the caller. */
    public static <X> Done<X> refused(String reason) {
        return new Done.Refused<>(reason);
    }

    /** Words that the model may reword; each {@code {}} becomes the spoken form of the next value. */
    public static Utterance say(String template, Object... values) {
        return Utterance.of(template, false, values);
    }

    /** Words that are spoken exactly; each {@code {}} becomes the spoken form of the next value. */
    public static Utterance verbatim(String template, Object... values) {
        return Utterance.of(template, true, values);
    }

    /** Letters and digits one by one. */
    public static String spelled(Object value) {
        return Spoken.spelled(value);
    }

    /** Calendar days. */
    public static Period days(int count) {
        return Period.ofDays(count);
    }

    /** Seconds. */
    public static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }

    /** Milliseconds. */
    public static Duration millis(long count) {
        return Duration.ofMillis(count);
    }

    /** Reads well in front of a duration. */
    public static Duration after(Duration time) {
        return time;
    }

    /** The caller was not understood this many times in a row. */
    public static StuckTrigger noMatch(int times) {
        return new StuckTrigger.NoMatch(times);
    }

    /** Values for one slot were not possible this many times in a row. */
    public static StuckTrigger rejected(int times) {
        return new StuckTrigger.Rejected(times);
    }

    /** Asks in simpler words. */
    public static StuckAction simplify() {
        return new StuckAction.Simplify();
    }

    /** Asks for the next rung of the tier ladder. */
    public static StuckAction escalate() {
        return new StuckAction.Escalate();
    }

    /** Hands the call to a person. */
    public static StuckAction handOver(String target) {
        return new StuckAction.HandOver(target);
    }
}
