package dev.antiphon.testkit.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Free text that a caller gives by the name of what it is for: "change the topic to my contract", "das Thema ist mein Vertrag". */
final class TextWords {
    private static final String ARTICLE = "(?:(?:my|the|our|das|die|der|den|mein|meine|meinen)\\s+)?+";
    private static final String LEADS_TO =
            "\\s*(?:(?:\\b(?:is|was|should be|should read|would be|will be|ist|lautet|soll sein)\\b|[:=])(?:\\s+(?:now|rather|actually|jetzt))?[\\s,]+)";
    private static final String CHANGE =
            "\\b(?:change|make|set|put|switch|correct|update|move|ändern|ändere|machen|setzen)\\s+(?:(?:sie|bitte|please|can you)\\s+)*";
    private static final String TO = "\\s+(?:(?:please|bitte)\\s+)?+(?:(?:to|into|as|be|auf|in|zu)\\s+)?+";
    private static final Pattern TAIL = pattern(
            "(?:[\\s,.!?\u0001]|\\b(?:instead|please|now|then|thanks|thank you|rather|stattdessen|bitte|jetzt|and|und)\\b)++$");
    private static final Pattern NOT_BUT = pattern("^(?:not|nicht)\\b.+?\\b(?:but|sondern)\\s+");
    private static final Pattern NOT_OTHER = pattern("\\s*,?\\s*\\b(?:and not|not|und nicht|nicht)\\b.*$");
    private static final Pattern GOES_ON = pattern("\\s*,?\\s*\\b(?:and|but|und|aber)\\s+|\\s*[,;]\\s+");
    private static final Pattern NO_TEXT = pattern(
            "(?:(?:all|quite|not|ganz|nicht)\\s+)?"
                    + "(?:fine|right|correct|ok|okay|good|great|perfect|wrong|incorrect|true|the same|richtig|falsch|gut|in ordnung|dasselbe)");
    private static final Pattern NOTHING = pattern(
            "(?:(?:the|my|your|das|die|der)\\s+)?(?:[\\p{L}]+\\s+)?"
                    + "(?:nothing|everything|all of it|anything|something|not sure|don't know|number|name|day|date|time|person|tag|datum|uhrzeit|zeit|name|nummer|nichts|alles|etwas)");

    private TextWords() {}

    /**
     * The text that the words give for the property by its name, with the place of all words that say so.
     *
     * @param holdsValues whether words give a value for anything else; such words behind "and" or a comma end the text
     */
    static Optional<Found<String>> named(Words words, Property property, Predicate<Words> holdsValues) {
        for (String name : property.names()) {
            String named = ARTICLE + Pattern.quote(name);
            Matcher matcher = Pattern.compile(
                            "(?<![\\p{L}\\p{N}])(?:" + CHANGE + named + TO + "|" + named + LEADS_TO + ")(?=\\S)",
                            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(words.text());
            if (matcher.find()) {
                return text(words, matcher.start(), matcher.end(), holdsValues);
            }
        }
        return Optional.empty();
    }

    /** Whether these words say what is to be changed, or nothing, instead of its new text. */
    static boolean namesWhatToChange(Words words, List<Property> properties) {
        String said = TAIL.matcher(words.text()).replaceFirst("").strip();
        return NOTHING.matcher(said).matches()
                || properties.stream()
                        .flatMap(property -> property.names().stream())
                        .anyMatch(name -> pattern(ARTICLE + Pattern.quote(name))
                                .matcher(said)
                                .matches());
    }

    private static Optional<Found<String>> text(Words words, int start, int from, Predicate<Words> holdsValues) {
        int end = end(words, from, holdsValues);
        String text = TAIL.matcher(words.text().substring(from, end)).replaceFirst("");
        String meant = NOT_OTHER
                .matcher(NOT_BUT.matcher(text).replaceFirst(""))
                .replaceFirst("")
                .replace(String.valueOf(Words.BLANK), "")
                .strip();
        return meant.isEmpty() || NO_TEXT.matcher(meant).matches()
                ? Optional.empty()
                : Optional.of(new Found<>(meant, start, end));
    }

    private static int end(Words words, int from, Predicate<Words> holdsValues) {
        Matcher matcher = GOES_ON.matcher(words.text());
        List<Integer> places = new ArrayList<>();
        for (int at = from; matcher.find(at); at = matcher.end()) {
            places.add(matcher.start());
        }
        int whole = words.text().length();
        return places.stream()
                .filter(place -> holdsValues.test(words.only(place, whole)))
                .findFirst()
                .orElse(whole);
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
