package dev.antiphon.flow;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.PatternFile;
import dev.antiphon.flow.say.TextPattern;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Spoken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An author's texts by key in one language: ICU MessageFormat patterns with named arguments, from UTF-8 properties files beside a
 * class. {@code booking.properties} holds English, {@code booking_de.properties} German; what a language lacks is said in English.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * Texts texts = Texts.beside(BookingFlow.class, "booking", Language.GERMAN);
 * date("date").ask(texts.get("date.ask"));
 * f.language(texts.language()).confirm(b -> texts.say("confirm", "date", b.date(), "time", b.time()));
 * }</pre>
 */
public final class Texts {
    private final String name;
    private final Language language;
    private final Map<String, TextPattern> patterns;
    private final Map<String, Set<String>> arguments;
    private final Set<String> untranslated;

    private Texts(
            String name,
            Language language,
            Map<String, TextPattern> patterns,
            Map<String, Set<String>> arguments,
            Set<String> untranslated) {
        this.name = name;
        this.language = language;
        this.patterns = patterns;
        this.arguments = arguments;
        this.untranslated = untranslated;
    }

    /**
     * Reads the texts.
     *
     * @param name of the files, without {@code .properties}
     * @throws IllegalArgumentException with everything that is wrong: no English file, a broken pattern, a key or an argument that
     *     English does not have
     */
    public static Texts beside(Class<?> owner, String name, Language language) {
        Map<String, String> english = PatternFile.read(owner, name + ".properties");
        Map<String, String> own = language.isEnglish()
                ? Map.of()
                : PatternFile.find(owner, name + "_" + language.locale().getLanguage() + ".properties")
                        .orElse(Map.of());
        List<String> problems = new ArrayList<>();
        own.keySet().stream()
                .filter(key -> !english.containsKey(key))
                .sorted()
                .forEach(key -> problems.add("the key '" + key + "' must be in the English file, but is not"));
        Map<String, TextPattern> patterns = new TreeMap<>();
        Map<String, Set<String>> arguments = new TreeMap<>();
        Set<String> untranslated = new TreeSet<>();
        english.forEach((key, words) -> {
            TextPattern inEnglish = new TextPattern(words, Language.ENGLISH.locale());
            TextPattern pattern =
                    own.containsKey(key) ? new TextPattern(own.getOrDefault(key, ""), language.locale()) : inEnglish;
            patterns.put(key, pattern);
            arguments.put(key, inEnglish.arguments());
            if (!own.containsKey(key) && !language.isEnglish()) {
                untranslated.add(key);
            }
            pattern.problem().ifPresent(problem -> problems.add("text '" + key + "' " + problem));
            if (!inEnglish.arguments().containsAll(pattern.arguments())) {
                problems.add("text '" + key + "' " + TextPattern.noneBut(inEnglish.arguments()) + ", but has "
                        + TextPattern.named(pattern.arguments()));
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "the texts '" + name + "' are rejected:\n  - " + String.join("\n  - ", problems));
        }
        return new Texts(name, language, patterns, arguments, untranslated);
    }

    /** Their language, for {@link FlowBuilder#language}. */
    public Language language() {
        return language;
    }

    /** The keys whose words are English because the language has none. */
    public Set<String> untranslated() {
        return Set.copyOf(untranslated);
    }

    /**
     * A text, for questions, labels and greetings.
     *
     * @param namesAndValues name, value, name, value …
     * @throws IllegalArgumentException when there is no such text, or an argument is missing or unknown
     */
    public String get(String key, Object... namesAndValues) {
        TextPattern pattern = pattern(key);
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("text '" + key + "' needs a value for each name, but has "
                    + namesAndValues.length + " names and values");
        }
        Set<String> given = new TreeSet<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.add(namesAndValues[i].toString());
        }
        if (!arguments.getOrDefault(key, Set.of()).equals(given)) {
            throw new IllegalArgumentException(
                    "text '" + key + "' must get values for " + arguments.get(key) + ", but gets them for " + given);
        }
        return pattern.fill(namesAndValues, language::spoken);
    }

    /**
     * A slot with its texts: the label {@code NAME}, the question {@code NAME.ask}, and, where there is one, the question
     * {@code NAME.simpler} for a caller who was not understood, and {@code NAME.propose} with {@code {value}} for what the call has made.
     *
     * @throws IllegalArgumentException when one of the first two is missing
     */
    public <T> Slot<T> asking(Slot<T> slot) {
        Slot<T> asked = slot.called(get(slot.name())).ask(get(slot.name() + ".ask"));
        String simpler = slot.name() + ".simpler";
        String propose = slot.name() + ".propose";
        Slot<T> proposed = patterns.containsKey(propose) ? asked.propose(get(propose, "value", "{}")) : asked;
        return patterns.containsKey(simpler) ? proposed.simpler(get(simpler)) : proposed;
    }

    /**
     * A text that the model may reword.
     *
     * @param namesAndValues name, value, name, value …
     * @throws IllegalArgumentException as {@link #get}
     */
    public Utterance say(String key, Object... namesAndValues) {
        return new Utterance(Spoken.sentence(get(key, namesAndValues)), false);
    }

    /**
     * A text that is spoken exactly.
     *
     * @param namesAndValues name, value, name, value …
     * @throws IllegalArgumentException as {@link #get}
     */
    public Utterance verbatim(String key, Object... namesAndValues) {
        return new Utterance(Spoken.sentence(get(key, namesAndValues)), true);
    }

    private TextPattern pattern(String key) {
        TextPattern pattern = patterns.get(key);
        if (pattern == null) {
            throw new IllegalArgumentException(
                    "a text must be one of " + patterns.keySet() + " of '" + name + "', but is '" + key + "'");
        }
        return pattern;
    }
}
