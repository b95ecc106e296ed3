package dev.antiphon.flow.say;

import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.NumberFormatter.GroupingStrategy;
import com.ibm.icu.number.NumberFormatter.UnitWidth;
import com.ibm.icu.number.Precision;
import com.ibm.icu.text.ListFormatter;
import com.ibm.icu.text.ListFormatter.Type;
import com.ibm.icu.text.ListFormatter.Width;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a flow speaks: a locale, the engine's sentences in it, and the words by which a claim or a question is known. Immutable and
 * thread-safe. A pattern that is broken is refused with the flow, by its lint.
 */
public final class Language {
    /** English, as it is spoken in the United States. */
    public static final Language ENGLISH = of(Locale.ENGLISH, english(), Cues.ENGLISH);

    /** German, with "Sie". */
    public static final Language GERMAN =
            of(Locale.GERMAN, PatternFile.read(Language.class, "german.properties"), GermanCues.GERMAN);

    private static final Map<String, Language> BUILT_IN = new TreeMap<>(Map.of("en", ENGLISH, "de", GERMAN));

    private static final int MONTHS_AHEAD = 11;

    private final Locale locale;
    private final Map<Phrase, TextPattern> phrases;
    private final Cues cues;
    private final String description;
    private final Optional<LocalDate> today;
    private final Function<Object, String> speaking = this::spoken;

    private Language(Locale locale, Map<Phrase, TextPattern> phrases, Cues cues) {
        this(locale, phrases, cues, described(locale, phrases), Optional.empty());
    }

    private Language(
            Locale locale, Map<Phrase, TextPattern> phrases, Cues cues, String description, Optional<LocalDate> today) {
        this.locale = locale;
        this.phrases = phrases;
        this.cues = cues;
        this.description = description;
        this.today = today;
    }

    private static String described(Locale locale, Map<Phrase, TextPattern> phrases) {
        StringBuilder text = new StringBuilder(locale.toLanguageTag());
        phrases.forEach((phrase, template) ->
                text.append('\n').append(phrase).append('=').append(template.pattern()));
        return text.toString();
    }

    /** The same language on this day: dates of other years are said with their year, unless they come within eleven months. */
    public Language on(Optional<LocalDate> day) {
        return new Language(locale, phrases, cues, description, day);
    }

    /** Whether this is what it speaks on that day. */
    public boolean isOn(Optional<LocalDate> day) {
        return today.equals(day);
    }

    /** Whether a date is taken for another one when its year is not said. */
    boolean saysYear(LocalDate date) {
        return today.filter(now -> date.getYear() != now.getYear()
                        && (date.isBefore(now) || date.isAfter(now.plusMonths(MONTHS_AHEAD))))
                .isPresent();
    }

    /**
     * A language of your own.
     *
     * @param patterns the pattern of every phrase by its {@link Phrase#key()}
     * @throws IllegalArgumentException when a phrase is missing or a key is unknown
     */
    public static Language of(Locale locale, Map<String, String> patterns, Cues cues) {
        Map<String, String> unknown = new TreeMap<>(patterns);
        Map<Phrase, TextPattern> phrases = new EnumMap<>(Phrase.class);
        List<String> missing = new ArrayList<>();
        for (Phrase phrase : Phrase.values()) {
            Optional.ofNullable(unknown.remove(phrase.key()))
                    .ifPresentOrElse(
                            pattern -> phrases.put(phrase, new TextPattern(pattern, locale)),
                            () -> missing.add(phrase.key()));
        }
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException("a language must have every phrase and no other, but '"
                    + locale.toLanguageTag() + "' lacks " + missing + " and has " + unknown.keySet());
        }
        return new Language(locale, phrases, cues);
    }

    private static Map<String, String> english() {
        Map<String, String> patterns = new HashMap<>();
        for (Phrase phrase : Phrase.values()) {
            patterns.put(phrase.key(), phrase.english());
        }
        return patterns;
    }

    /** The built-in languages by their tags: {@code de}, {@code en}. */
    public static Optional<Language> named(String tag) {
        return Optional.ofNullable(BUILT_IN.get(tag));
    }

    /** The tags of the built-in languages, in order. */
    public static Set<String> tags() {
        return BUILT_IN.keySet();
    }

    /** A copy in which this phrase has another pattern, with no other arguments than {@link Phrase#english()} has. */
    public Language with(Phrase phrase, String pattern) {
        return with(Map.of(phrase, pattern));
    }

    /** A copy in which these phrases have other patterns, with no other arguments than {@link Phrase#english()} has. */
    public Language with(Map<Phrase, String> patterns) {
        if (patterns.isEmpty()) {
            return this;
        }
        Map<Phrase, TextPattern> copy = new EnumMap<>(phrases);
        patterns.forEach((phrase, pattern) -> copy.put(phrase, new TextPattern(pattern, locale)));
        return new Language(locale, copy, cues);
    }

    /** The locale of its dates, numbers and lists. */
    public Locale locale() {
        return locale;
    }

    /** Whether it is a kind of English. */
    public boolean isEnglish() {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage());
    }

    /** Its name in English: {@code German}. */
    public String name() {
        return locale.getDisplayLanguage(Locale.ENGLISH);
    }

    /** By which words claims and questions are known. */
    public Cues cues() {
        return cues;
    }

    /** The pattern of a phrase. */
    public String pattern(Phrase phrase) {
        return template(phrase).pattern();
    }

    /**
     * A phrase in words.
     *
     * @param namesAndValues name, value, name, value …
     */
    public String text(Phrase phrase, Object... namesAndValues) {
        return template(phrase).fill(namesAndValues, speaking);
    }

    /** How a value sounds: dates, times, durations, numbers, truth, and what is {@link Speakable}; anything else as text. */
    public String spoken(Object value) {
        return ValueWords.of(value, this);
    }

    /** A name without its article, in languages in which names of slots have one: {@code Tag} of {@code der Tag}. */
    public String bare(String name) {
        return NounForm.BARE.of(name, locale);
    }

    /** An amount of money as ICU says it, for example {@code 49,90 Euro}; whole amounts without decimals. */
    public String money(BigDecimal value, Currency currency) {
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        return NumberFormatter.withLocale(locale)
                .unit(com.ibm.icu.util.Currency.fromJavaCurrency(currency))
                .unitWidth(UnitWidth.FULL_NAME)
                .precision(whole ? Precision.integer() : Precision.fixedFraction(value.scale()))
                .grouping(GroupingStrategy.OFF)
                .format(value)
                .toString();
    }

    /** Whether a phrase still has the pattern of English. */
    boolean keeps(Phrase phrase) {
        return pattern(phrase).equals(phrase.english());
    }

    private TextPattern template(Phrase phrase) {
        return Optional.ofNullable(phrases.get(phrase)).orElseThrow();
    }

    /** For example {@code 2 PM, 2:30 PM or 4 PM}. */
    public String either(List<String> options) {
        return isEnglish() ? list(options, " or ") : list(options, Type.OR);
    }

    /** For example {@code the date and the time}. */
    public String all(List<String> parts) {
        return isEnglish() ? list(parts, " and ") : list(parts, Type.AND);
    }

    /** English of telephone calls has no comma before the last. */
    private static String list(List<String> parts, String last) {
        int size = parts.size();
        return size < 2
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, size - 1)) + last + parts.get(size - 1);
    }

    private String list(List<String> parts, Type type) {
        return ListFormatter.getInstance(locale, type, Width.WIDE).format(parts);
    }

    /** Which patterns are broken or have arguments that the engine does not give, each as a rule with its value. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        phrases.forEach((phrase, template) ->
                problem(phrase, template).ifPresent(problem -> problems.add("phrase " + phrase + " " + problem)));
        return List.copyOf(problems);
    }

    private static Optional<String> problem(Phrase phrase, TextPattern template) {
        Set<String> known = ENGLISH.template(phrase).arguments();
        return template.problem()
                .or(() -> misfit(phrase, template.pattern()))
                .or(() -> known.containsAll(template.arguments())
                        ? Optional.empty()
                        : Optional.of(TextPattern.noneBut(known) + ", but is '" + template.pattern() + "'"));
    }

    /** What the engine could not work with. */
    private static Optional<String> misfit(Phrase phrase, String pattern) {
        int words = pattern.strip().split(" ").length;
        return switch (phrase) {
            case ALPHABET, SIGNS -> {
                int needed = phrase.english().split(" ").length;
                yield words == needed
                        ? Optional.empty()
                        : Optional.of("must be " + needed + " words with a space between two, but has " + words);
            }
            case CORRECTION ->
                pattern.isBlank()
                        ? Optional.of("must have words, by which a correction is known, but is blank")
                        : Optional.empty();
            default -> pattern.isBlank() ? Optional.of("must have words to be said, but is blank") : Optional.empty();
        };
    }

    /** Two languages are alike when they have the same tag and the same patterns. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Language language && description.equals(language.description);
    }

    @Override
    public int hashCode() {
        return description.hashCode();
    }

    /** Its tag and all its patterns. */
    @Override
    public String toString() {
        return description;
    }
}
