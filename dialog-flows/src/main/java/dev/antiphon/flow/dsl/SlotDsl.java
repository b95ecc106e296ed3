package dev.antiphon.flow.dsl;

import dev.antiphon.flow.slot.Amount;
import dev.antiphon.flow.slot.ChoiceType;
import dev.antiphon.flow.slot.DateTimeType;
import dev.antiphon.flow.slot.DateType;
import dev.antiphon.flow.slot.DecimalType;
import dev.antiphon.flow.slot.DurationType;
import dev.antiphon.flow.slot.EmailAddress;
import dev.antiphon.flow.slot.EmailType;
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
import dev.antiphon.flow.slot.TextType;
import dev.antiphon.flow.slot.TimeType;
import dev.antiphon.flow.slot.YesNoType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Slots of the flow language; part of {@link FlowDsl}. */
abstract sealed class SlotDsl extends CodeDsl permits OutcomeDsl {
    private static final int MOST_OPTIONS = 200;
    private static final int MOST_OPTION_CHARS = 100;

    SlotDsl() {}

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
}
