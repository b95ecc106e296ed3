package dev.antiphon.testkit.brain;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the values of properties out of words. Each value is blanked once it is understood, so that no word counts twice.
 * One instance reads one clause.
 */
final class SlotReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern HOUSE_NUMBER = Pattern.compile("\\d.*\\p{L}{2}|\\p{L}{2}.*\\d");
    private static final Pattern TEXT_FILLERS = Pattern.compile(
            "^(?:[\\s,.!\u0001-]|\\b(?:uh|um|well|sure|yes|okay|ok|it's|it is|that's|please|because|to|in|from|the|i'm in|i live in"
                    + "|i live at|i'm at|at|about|regarding|concerning)\\b)++|(?:[\\s,.!?\u0001]|\\b(?:and|now)\\b)++$",
            Pattern.CASE_INSENSITIVE);

    private final HeardValues heard;
    private final LocalDate today;
    private final DigitReader digits;
    /** Everything that was said. */
    private final String said;

    SlotReader(Words words, List<Property> properties, Expectation expectation, LocalDate today, String phoneRegion) {
        this.heard = new HeardValues(words, properties, expectation);
        this.said = words.text();
        this.today = today;
        this.digits = new DigitReader(heard, today, phoneRegion);
    }

    /** Reads everything; the surest first. */
    Map<String, JsonNode> read() {
        return read(false);
    }

    /** Like {@link #read()}, with the likelier half of the day where it is open, to compare it with what is on offer. */
    Map<String, JsonNode> readGuessing() {
        return read(true);
    }

    private Map<String, JsonNode> read(boolean guesses) {
        MomentReader moments = moments(guesses);
        readNamedText();
        readAddress();
        readEmail();
        digits.readCodes();
        readMeasures();
        if (heard.has(PropertyKind.PHONE)) {
            digits.hideNumericDates();
        }
        moments.readDates();
        digits.readLongPhone();
        moments.readTimes(false);
        digits.readSpokenPhone();
        readChoices();
        readNumbers();
        moments.readBareTimes();
        readName();
        readFlags();
        readText();
        return heard.values;
    }

    private MomentReader moments(boolean guesses) {
        return new MomentReader(heard, today, said, guesses);
    }

    /** Days and times that are recognisable without a question for them. */
    static Map<String, JsonNode> explicitMoments(Words words, List<Property> properties, LocalDate today) {
        SlotReader reader = new SlotReader(
                words,
                properties.stream()
                        .map(property ->
                                property.kind() == PropertyKind.DATE_TIME ? property.as(PropertyKind.TIME) : property)
                        .filter(property ->
                                property.kind() == PropertyKind.DATE || property.kind() == PropertyKind.TIME)
                        .toList(),
                Expectation.NONE,
                today,
                "");
        MomentReader moments = reader.moments(true);
        moments.readDates();
        moments.readTimes(false);
        return reader.heard.values;
    }

    /** A day or a time alone, with what is known of the moment: "make it four". */
    Optional<String> completedMoment(Property property, String known) {
        return moments(false).completedMoment(property, known);
    }

    /** The words that no value explained. */
    Words left() {
        return heard.words;
    }

    private void readEmail() {
        heard.target(PropertyKind.EMAIL)
                .ifPresent(property -> EmailWords.find(heard.words)
                        .ifPresent(found -> heard.put(property, JSON.stringNode(found.value()), found)));
    }

    /** An address is what was said when it was asked for and holds a number. */
    private void readAddress() {
        heard.target(PropertyKind.POSTAL_ADDRESS)
                .filter(heard.expectation::asksFor)
                .ifPresent(property -> {
                    String text = plainText();
                    if (HOUSE_NUMBER.matcher(text).find() && !PhoneWords.areNamed(heard.words)) {
                        heard.put(
                                property,
                                JSON.stringNode(text),
                                0,
                                heard.words.text().length());
                    }
                });
    }

    /** Lengths of time and amounts of money; a bare number only when one was asked for. */
    private void readMeasures() {
        for (Property property : heard.of(PropertyKind.DURATION)) {
            heard.assign(List.of(property), DurationWords.findAll(heard.words), JSON::stringNode);
            readBareNumber(property, number -> MoneyWords.bare(number, List.of()));
        }
        for (Property property : heard.of(PropertyKind.MONEY)) {
            heard.assign(List.of(property), MoneyWords.findAll(heard.words, property.currencies()), JSON::stringNode);
            readBareNumber(property, number -> MoneyWords.bare(number, property.currencies()));
        }
    }

    private void readBareNumber(Property property, DoubleFunction<String> writer) {
        List<Found<Double>> numbers = NumberWords.findAll(heard.words);
        if (heard.expectation.asksFor(property) && !heard.values.containsKey(property.name()) && numbers.size() == 1) {
            heard.assign(List.of(property), numbers, number -> JSON.stringNode(writer.apply(number)));
        }
    }

    private void readChoices() {
        for (Property property : heard.of(PropertyKind.CHOICE)) {
            List<Found<String>> found = new ChoiceWords(property.values(), property.synonyms()).findAll(heard.words);
            heard.assign(List.of(property), found, JSON::stringNode);
        }
    }

    private void readNumbers() {
        List<Property> numeric = heard.properties.stream()
                .filter(property ->
                        property.kind() == PropertyKind.WHOLE_NUMBER || property.kind() == PropertyKind.NUMBER)
                .toList();
        for (Property property : numeric) {
            boolean asked = heard.expectation.asksFor(property);
            List<Found<Double>> fitting = NumberWords.findAll(heard.words).stream()
                    .filter(found -> asked || NumberWords.counts(found, heard.words, property, numeric.size() == 1))
                    .toList();
            heard.assign(List.of(property), fitting, number -> number(property, number));
        }
    }

    private static JsonNode number(Property property, double number) {
        return property.kind() == PropertyKind.WHOLE_NUMBER
                ? JSON.numberNode(Math.round(number))
                : JSON.numberNode(number);
    }

    private void readName() {
        heard.target(PropertyKind.PERSON_NAME)
                .ifPresent(property -> NameWords.find(heard.words, heard.expectation.asksFor(property))
                        .ifPresent(found -> heard.put(property, JSON.stringNode(found.value()), found)));
    }

    private void readFlags() {
        for (Property property : heard.of(PropertyKind.FLAG)) {
            if (heard.expectation.asksFor(property)) {
                if (Phrases.negates(heard.words.text())) {
                    heard.values.put(property.name(), JSON.booleanNode(false));
                } else if (Phrases.affirms(heard.words.text())) {
                    heard.values.put(property.name(), JSON.booleanNode(true));
                }
            }
        }
    }

    /** Text that the words name; it may hold what else would be a day or a number. */
    private void readNamedText() {
        List<Property> others = heard.properties.stream()
                .filter(property -> property.kind() != PropertyKind.TEXT)
                .toList();
        for (Property property : heard.of(PropertyKind.TEXT)) {
            TextWords.named(heard.words, property, rest -> isSaidFor(others, rest))
                    .ifPresent(found -> {
                        heard.put(property, JSON.stringNode(found.value()), found);
                        heard.named.add(property.name());
                    });
        }
    }

    private boolean isSaidFor(List<Property> others, Words rest) {
        return heard.of(PropertyKind.TEXT).stream()
                        .anyMatch(text ->
                                TextWords.named(rest, text, none -> false).isPresent())
                || !new SlotReader(rest, others, Expectation.NONE, today, "")
                        .read()
                        .isEmpty();
    }

    private void readText() {
        for (Property property : heard.of(PropertyKind.TEXT)) {
            if (heard.expectation.asksFor(property)
                    && !heard.values.containsKey(property.name())
                    && heard.named.containsAll(heard.values.keySet())
                    && !heard.expectation.isWhatToChange(heard.words, heard.properties)) {
                String text = plainText();
                if (!text.isEmpty()) {
                    heard.put(
                            property,
                            JSON.stringNode(text),
                            0,
                            heard.words.text().length());
                }
            }
        }
    }

    /** What was said, without what only leads in. */
    private String plainText() {
        return TEXT_FILLERS
                .matcher(heard.words.text())
                .replaceAll("")
                .replace(String.valueOf(Words.BLANK), "")
                .strip();
    }
}
