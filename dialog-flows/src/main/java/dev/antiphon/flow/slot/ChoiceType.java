package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.say.Speakable;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One of a few options. Read by id, spoken form or synonym; else by the one option whose words occur in what was said, or
 * that was said in part; up to three that were said in part are unsure. What is excluded ("not small", "anything but large") is not
 * meant: of two options the other one is asked back, of more the caller hears the choices. At most 300 characters are read, and at
 * most eight options listed aloud.
 *
 * @param valueType the Java type of the options
 * @param options at least one
 */
public record ChoiceType<T>(Class<T> valueType, List<Option<T>> options) implements SlotType<T> {
    private static final Pattern SIGN_AT_THE_END = Pattern.compile("(?<=[\\p{L}\\p{N}])[+-](?=\\s|$)");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private static final int FEWEST_LETTERS = 3;
    private static final int MOST_CANDIDATES = 3;
    private static final int MOST_LISTED = 8;

    public ChoiceType {
        options = List.copyOf(options);
        if (options.isEmpty()) {
            throw new IllegalArgumentException("a choice needs at least 1 option, but has none");
        }
    }

    @Override
    public Reading<T> read(String said, ZonedDateTime now) {
        Optional<T> written = options.stream()
                .filter(option -> option.id().equals(said))
                .map(Option::value)
                .findFirst();
        if (written.isPresent()) {
            return new Reading.Understood<>(written.get());
        }
        String words = plain(said);
        List<Option<T>> exact = named(Set.of(words));
        Mentions mentions = exact.isEmpty() ? mentions(said) : new Mentions(Set.of(words), Set.of());
        List<Option<T>> found = named(mentions.wanted());
        if (found.isEmpty() && !mentions.excluded().isEmpty()) {
            return allBut(named(mentions.excluded()));
        }
        List<Option<T>> meant = found.isEmpty() && words.length() >= FEWEST_LETTERS ? partlyNamed(words) : found;
        if (meant.size() == 1) {
            return new Reading.Understood<>(meant.getFirst().value());
        }
        return found.isEmpty() && meant.size() > 1 && meant.size() <= MOST_CANDIDATES
                ? Reading.of(meant.stream().map(Option::value).toList(), otherwise())
                : otherwise();
    }

    /** The one option that the caller did not exclude is asked back, together with the others; of more, the caller chooses. */
    private Reading<T> allBut(List<Option<T>> excluded) {
        List<Option<T>> left =
                options.stream().filter(option -> !excluded.contains(option)).toList();
        boolean isOneLeft = left.size() == 1 && options.size() <= MOST_CANDIDATES;
        return isOneLeft
                ? Reading.of(
                        Stream.concat(left.stream(), excluded.stream())
                                .map(Option::value)
                                .toList(),
                        otherwise())
                : new Reading.Unclear<>(hint(), false);
    }

    private Mentions mentions(String said) {
        Set<String> names = options.stream().flatMap(ChoiceType::names).collect(Collectors.toSet());
        return Mentions.of(signed(said), names);
    }

    private List<Option<T>> named(Set<String> names) {
        return options.stream()
                .filter(option -> names(option).anyMatch(names::contains))
                .toList();
    }

    private Reading.Unclear<T> otherwise() {
        return new Reading.Unclear<>(hint(), true);
    }

    /** Options of which a part was said: "Smith" for "Doctor Smith". */
    private List<Option<T>> partlyNamed(String words) {
        return options.stream()
                .filter(option -> names(option).anyMatch(name -> (" " + name + " ").contains(" " + words + " ")))
                .toList();
    }

    /** Words that stand for more than one option, so that neither could ever be read by them. */
    public Set<String> ambiguousWords() {
        Set<String> seen = new HashSet<>();
        return options.stream()
                .flatMap(option -> names(option).distinct())
                .filter(name -> !seen.add(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String normal(T value) {
        return option(value).id();
    }

    @Override
    public String spoken(T value, Language language) {
        return words(option(value), language);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string");
        ArrayNode ids = property.putArray("enum");
        ObjectNode synonyms = property.objectNode();
        for (Option<T> option : options) {
            ids.add(option.id());
            ArrayNode words = synonyms.putArray(option.id());
            Stream.concat(Stream.of(option.spoken()), option.synonyms().stream())
                    .distinct()
                    .forEach(words::add);
        }
        property.set("x-synonyms", synonyms);
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.CHOICE_SHORT);
    }

    @Override
    public Line hint() {
        return Line.of(Phrase.CHOICES, "options", (Speakable) this::listed);
    }

    /** Whether a question names every option in some of its words, so that listing them would say them twice. */
    public boolean areNamedIn(String question) {
        String words = " " + plain(question) + " ";
        return options.size() <= MOST_LISTED
                && options.stream()
                        .allMatch(option -> names(option).anyMatch(name -> words.contains(" " + name + " ")));
    }

    private String listed(Language language) {
        List<String> words = options.stream()
                .limit(MOST_LISTED)
                .map(option -> words(option, language))
                .collect(Collectors.toList());
        if (options.size() > MOST_LISTED) {
            words.add(language.text(Phrase.OTHER_CHOICES, "count", options.size() - MOST_LISTED));
        }
        return language.either(words);
    }

    /** Words that the author gave to the option win over those that its value has. */
    private static String words(Option<?> option, Language language) {
        return option.spoken().equals(Spoken.of(option.value())) ? language.spoken(option.value()) : option.spoken();
    }

    private Option<T> option(T value) {
        return options.stream()
                .filter(option -> option.value().equals(value))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'" + value + "' must be one of " + listed(Language.ENGLISH)));
    }

    private static Stream<String> names(Option<?> option) {
        return Stream.concat(Stream.of(option.id(), option.spoken()), option.synonyms().stream())
                .map(ChoiceType::plain)
                .filter(name -> !name.isEmpty());
    }

    private static String plain(String words) {
        return NO_WORD.matcher(signed(words)).replaceAll(" ").strip();
    }

    private static String signed(String words) {
        return SIGN_AT_THE_END
                .matcher(Heard.lower(words))
                .replaceAll(sign -> sign.group().equals("+") ? " plus" : " minus");
    }
}
