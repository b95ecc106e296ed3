package dev.antiphon.flow.dsl;

import dev.antiphon.flow.Done;
import dev.antiphon.flow.EffectWork;
import dev.antiphon.flow.Group;
import dev.antiphon.flow.Item;
import dev.antiphon.flow.Rejection;
import dev.antiphon.flow.RepairResponse;
import dev.antiphon.flow.Saying;
import dev.antiphon.flow.StuckAction;
import dev.antiphon.flow.StuckTrigger;
import dev.antiphon.flow.Task;
import dev.antiphon.flow.TaskBuilder;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Speakable;
import dev.antiphon.flow.slot.Amount;
import dev.antiphon.flow.slot.ChoiceType;
import dev.antiphon.flow.slot.DateTimeType;
import dev.antiphon.flow.slot.DateType;
import dev.antiphon.flow.slot.DecimalType;
import dev.antiphon.flow.slot.DigitsType;
import dev.antiphon.flow.slot.DurationType;
import dev.antiphon.flow.slot.EmailAddress;
import dev.antiphon.flow.slot.EmailType;
import dev.antiphon.flow.slot.IdentifierCheck;
import dev.antiphon.flow.slot.IdentifierType;
import dev.antiphon.flow.slot.MoneyType;
import dev.antiphon.flow.slot.NumberType;
import dev.antiphon.flow.slot.Option;
import dev.antiphon.flow.slot.PersonNameType;
import dev.antiphon.flow.slot.PhoneNumber;
import dev.antiphon.flow.slot.PhoneType;
import dev.antiphon.flow.slot.PostalAddress;
import dev.antiphon.flow.slot.PostalAddress.Part;
import dev.antiphon.flow.slot.PostalAddressType;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Spelling;
import dev.antiphon.flow.slot.Spoken;
import dev.antiphon.flow.slot.TextType;
import dev.antiphon.flow.slot.TimeType;
import dev.antiphon.flow.slot.Verdict;
import dev.antiphon.flow.slot.YesNoType;
import dev.antiphon.session.GateDecision;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Slots, verdicts, wording, durations and stuck rules of the flow language. */
public final class FlowDsl {
    private static final int MOST_OPTIONS = 200;
    private static final int MOST_OPTION_CHARS = 100;

    private FlowDsl() {}

    /** One of an enum's constants; they may implement {@link dev.antiphon.flow.slot.Choosable}. */
    public static <E extends Enum<E>> Slot<E> choice(String name, Class<E> options) {
        return Slot.of(
                name,
                new ChoiceType<>(
                        options,
                        Stream.of(options.getEnumConstants()).map(Option::of).toList()));
    }

    /**
     * One of these words, for example names of branches that were read from a database as the call began. Doubles and blank ones are
     * left out.
     *
     * <pre>{@code choice("branch", branches.names()).ask("Which branch is nearest to you?")}</pre>
     *
     * @param options 1 to 200, each of at most 100 characters
     */
    public static Slot<String> choice(String name, List<String> options) {
        List<String> distinct = options.stream()
                .map(String::strip)
                .filter(option -> !option.isEmpty())
                .distinct()
                .toList();
        if (distinct.size() > MOST_OPTIONS) {
            throw new IllegalArgumentException("a choice must have at most " + MOST_OPTIONS + " options, but '" + name
                    + "' has " + distinct.size());
        }
        distinct.stream()
                .filter(option -> option.length() > MOST_OPTION_CHARS)
                .findFirst()
                .ifPresent(option -> {
                    throw new IllegalArgumentException("an option must have at most " + MOST_OPTION_CHARS
                            + " characters, but one of '" + name + "' has " + option.length());
                });
        return Slot.of(
                name,
                new ChoiceType<>(String.class, distinct.stream().map(Option::of).toList()));
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

    /** A time of day; "at seven" asks which seven. */
    public static Slot<LocalTime> time(String name) {
        return Slot.of(name, new TimeType());
    }

    /**
     * A time of day from {@code first} to {@code last}, both included; over midnight when {@code first} is later. "At seven" needs no
     * question where only one seven is possible.
     *
     * <pre>{@code time("time", LocalTime.of(9, 0), LocalTime.of(17, 30)).ask("What time?")}</pre>
     */
    public static Slot<LocalTime> time(String name, LocalTime first, LocalTime last) {
        return Slot.of(name, new TimeType(first, last));
    }

    /**
     * A day and a time in one, in the zone of the session; "Friday at seven" asks which seven.
     *
     * <pre>{@code dateTime("visit_at").ask("When would you like to come?").within(days(60))}</pre>
     */
    public static Slot<ZonedDateTime> dateTime(String name) {
        return Slot.of(name, new DateTimeType()).called("day and time");
    }

    /**
     * A day and a time in one, the time of day from {@code first} to {@code last}, both included; over midnight when {@code first}
     * is later.
     */
    public static Slot<ZonedDateTime> dateTime(String name, LocalTime first, LocalTime last) {
        return Slot.of(name, new DateTimeType(first, last)).called("day and time");
    }

    /**
     * A length of time, both bounds included.
     *
     * <pre>{@code duration("length", minutes(30), hours(4)).ask("For how long?")}</pre>
     */
    public static Slot<Duration> duration(String name, Duration min, Duration max) {
        return Slot.of(name, new DurationType(min, max));
    }

    /**
     * An amount of money in one currency, both bounds included.
     *
     * <pre>{@code money("deposit", "EUR", 10, 500).ask("How much would you like to pay in?")}</pre>
     *
     * @param currency code of ISO 4217
     */
    public static Slot<Amount> money(String name, String currency, long min, long max) {
        return money(name, List.of(currency), BigDecimal.valueOf(min), BigDecimal.valueOf(max));
    }

    /**
     * An amount of money in one of several currencies, both bounds included; when none is named, the caller is asked which.
     *
     * <pre>{@code money("price", List.of("EUR", "CHF"), new BigDecimal("0.50"), new BigDecimal(2000))}</pre>
     */
    public static Slot<Amount> money(String name, List<String> currencies, BigDecimal min, BigDecimal max) {
        return Slot.of(
                name,
                new MoneyType(currencies.stream().map(Currency::getInstance).toList(), min, max));
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

    /** A reference, customer number or postal code of letters and digits: an {@link #identifier} of any such form. */
    public static Slot<String> code(String name, int minLength, int maxLength) {
        if (minLength < 1 || minLength > maxLength) {
            throw new IllegalArgumentException(
                    "a code needs 1 <= minLength <= maxLength, but was " + minLength + " and " + maxLength);
        }
        return identifier(name, "[A-Z0-9]{" + minLength + "," + maxLength + "}", IdentifierCheck.NONE);
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public static Slot<Integer> number(String name, int min, int max) {
        return Slot.of(name, new NumberType(min, max));
    }

    /**
     * A number with at most two digits after the point, both bounds included.
     *
     * <pre>{@code decimal("weight", 0, 30).ask("How many kilos does it weigh?")}</pre>
     */
    public static Slot<BigDecimal> decimal(String name, long min, long max) {
        return decimal(name, BigDecimal.valueOf(min), BigDecimal.valueOf(max), 2);
    }

    /**
     * A number with at most {@code decimals} digits after the point, both bounds included.
     *
     * <pre>{@code decimal("share", BigDecimal.ZERO, BigDecimal.ONE, 4)}</pre>
     */
    public static Slot<BigDecimal> decimal(String name, BigDecimal min, BigDecimal max, int decimals) {
        return Slot.of(name, new DecimalType(min, max, decimals));
    }

    /**
     * This many digits, spoken or as keys; leading zeros are kept.
     *
     * <pre>{@code digits("pin", 4).ask("What is your PIN?").sensitive()}</pre>
     */
    public static Slot<String> digits(String name, int count) {
        return digits(name, count, count);
    }

    /**
     * From {@code min} to {@code max} digits, read back in groups.
     *
     * <pre>{@code digits("customer", 6, 10, 3, 3).ask("What is your customer number?")}</pre>
     *
     * @param groups sizes of the groups, the last for the rest; none: threes or fours
     */
    public static Slot<String> digits(String name, int min, int max, Integer... groups) {
        return Slot.of(name, new DigitsType(min, max, List.of(groups)));
    }

    /**
     * Letters and digits of a fixed form.
     *
     * <pre>{@code identifier("order", "[A-Z]{2}\\d{6}", NONE).ask("What is your order number?").spellBackIfUnsure()}</pre>
     *
     * @param pattern a regular expression for the whole value in upper case, without spaces and dashes
     * @param check for example {@link IdentifierCheck#LUHN} or a function of your own; what fails is refused
     * @param groups sizes of the groups in which it is read back, the last for the rest; none: threes or fours
     */
    public static Slot<String> identifier(String name, String pattern, IdentifierCheck check, Integer... groups) {
        return Slot.of(name, new IdentifierType(name.replace('_', ' '), pattern, check, List.of(groups)));
    }

    /**
     * An IBAN with the length of its country and right check digits, read back in fours.
     *
     * <pre>{@code iban("account").ask("To which IBAN shall we send it?").sensitive()}</pre>
     */
    public static Slot<String> iban(String name) {
        return Slot.of(
                        name,
                        new IdentifierType("IBAN", "[A-Z]{2}\\d{2}[A-Z0-9]{11,30}", IdentifierCheck.IBAN, List.of(4)))
                .called("IBAN");
    }

    /** The number of a payment card, 12 to 19 digits with a right check digit, read back in fours; masked everywhere. */
    public static Slot<String> cardNumber(String name) {
        return Slot.of(name, new IdentifierType("card number", "\\d{12,19}", IdentifierCheck.LUHN, List.of(4)))
                .called("card number")
                .sensitive();
    }

    /**
     * An ISBN of 10 or 13 digits with a right check digit.
     *
     * <pre>{@code isbn("book").ask("What is the number under the bar code?")}</pre>
     */
    public static Slot<String> isbn(String name) {
        return Slot.of(name, new IdentifierType("ISBN", "\\d{9}[\\dX]|97[89]\\d{10}", IdentifierCheck.ISBN, List.of(3)))
                .called("ISBN");
    }

    /**
     * An e-mail address, spelled back.
     *
     * <pre>{@code email("email").ask("What is your e-mail address?").sensitive()}</pre>
     */
    public static Slot<EmailAddress> email(String name) {
        return Slot.of(name, new EmailType()).called("e-mail address").spellBackIfUnsure();
    }

    /**
     * A postal address with street, house number, postcode and city.
     *
     * <pre>{@code address("home", "DE").ask("What is your address?").sensitive()}</pre>
     *
     * @param country of addresses that name none, a code of ISO 3166-1 in two letters
     */
    public static Slot<PostalAddress> address(String name, String country) {
        return address(name, country, Part.STREET, Part.NUMBER, Part.POSTCODE, Part.CITY);
    }

    /**
     * A postal address with these parts; others are kept when they are said.
     *
     * <pre>{@code address("area", "US", Part.POSTCODE, Part.CITY).ask("Which town, and which zip code?")}</pre>
     */
    public static Slot<PostalAddress> address(String name, String country, Part first, Part... more) {
        return Slot.of(name, new PostalAddressType(EnumSet.of(first, more), Optional.of(country)))
                .called("address");
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

    /**
     * Any words, at most {@code maxLength} characters, from 1 to 4000.
     *
     * <pre>{@code freeText("note", 200).ask("Is there anything we should know?").optional()}</pre>
     */
    public static Slot<String> freeText(String name, int maxLength) {
        return Slot.of(name, new TextType(maxLength));
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

    /** Slots that are asked together and make a record of their own, in any flow. */
    public static <R> Group<R> group(String name, Class<R> type, Slot<?>... slots) {
        return Group.of(name, type, slots);
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

    /** The caller was not understood this many times in a row. */
    public static StuckTrigger noMatch(int times) {
        return new StuckTrigger.NoMatch(times);
    }

    /** Values for one slot were not possible this many times in a row. */
    public static StuckTrigger rejected(int times) {
        return new StuckTrigger.Rejected(times);
    }

    /** The caller said nothing this many times in a row. */
    public static StuckTrigger noInput(int times) {
        return new StuckTrigger.NoInput(times);
    }

    /** A slot was asked for in vain this many times, for whatever reason. */
    public static StuckTrigger attempts(int times) {
        return new StuckTrigger.Attempts(times);
    }

    /** Asks in these words. */
    public static StuckAction rephrase(String question) {
        return new StuckAction.Rephrase(question);
    }

    /** Leaves the slot out; it must be optional. */
    public static StuckAction leaveOut() {
        return new StuckAction.LeaveOut();
    }

    /** Instead of the usual: says this, then comes back to the open question. */
    public static RepairResponse answer(String words) {
        return new RepairResponse.Answer(words);
    }

    /** Instead of doing it at once: asks this, and does it after a yes. */
    public static RepairResponse askFirst(String question) {
        return new RepairResponse.AskFirst(question);
    }

    /** Says this and ends the call. */
    public static StuckAction.HangUp hangUp(String words) {
        return new StuckAction.HangUp(words);
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
    public static StuckAction.HandOver handOver(String target) {
        return new StuckAction.HandOver(target);
    }

    /** Code of an effect that hands the key of its work on, see {@link EffectWork#keyed}. */
    public static <R, X> EffectWork<R, X> keyed(EffectWork.Keyed<R, X> work) {
        return EffectWork.keyed(work);
    }

    /** Code of an effect that is run only when a gate allows it, see {@link EffectWork#gated}. */
    public static <R, X> EffectWork<R, X> gated(
            EffectWork.Gate<? super R> gate, EffectWork<? super R, ? extends X> work) {
        return EffectWork.gated(gate, work);
    }

    /** A gate's answer: it may be done. */
    public static GateDecision allow() {
        return GateDecision.allow();
    }

    /** A gate's answer: it must not be done; the reason is for the caller, as a sentence. */
    public static GateDecision refuse(String reason) {
        return GateDecision.refuse(reason);
    }
}
