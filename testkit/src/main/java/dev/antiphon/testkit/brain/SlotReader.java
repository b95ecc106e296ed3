package dev.antiphon.testkit.brain;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final DateTimeFormatter HOUR_AND_MINUTE = DateTimeFormatter.ofPattern("HH:mm");
    private static final int LONG_PHONE = 9;
    private static final Pattern HOUSE_NUMBER = Pattern.compile("\\d.*\\p{L}{2}|\\p{L}{2}.*\\d");
    private static final Pattern HAS_LETTER = Pattern.compile("\\p{L}");
    private static final Pattern CORRECTS =
            Pattern.compile("\\b(?:instead|make (?:it|that)|rather|change|move)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT_FILLERS = Pattern.compile(
            "^(?:[\\s,.!\u0001-]|\\b(?:uh|um|well|sure|yes|okay|ok|it's|it is|that's|please|because|to|in|from|the|i'm in|i live in"
                    + "|i live at|i'm at|at|about|regarding|concerning)\\b)++|(?:[\\s,.!?\u0001]|\\b(?:and|now)\\b)++$",
            Pattern.CASE_INSENSITIVE);

    private final List<Property> properties;
    private final Expectation expectation;
    private final LocalDate today;
    private final String phoneRegion;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    /** Names of the properties that the words name themselves. */
    private final Set<String> named = new HashSet<>();

    /** Everything that was said. */
    private final String said;
    /** Whether the likelier half of the day is given where it is open, to compare it with what is on offer. */
    private boolean guesses;

    private Words words;

    SlotReader(Words words, List<Property> properties, Expectation expectation, LocalDate today, String phoneRegion) {
        this.words = words;
        this.said = words.text();
        this.properties = properties;
        this.expectation = expectation;
        this.today = today;
        this.phoneRegion = phoneRegion;
    }

    /** Reads everything; the surest first. */
    Map<String, JsonNode> read() {
        readAddress();
        readEmail();
        readCodes();
        readMeasures();
        if (has(PropertyKind.PHONE)) {
            hideNumericDates();
        }
        readDates();
        readLongPhone();
        readTimes(false);
        readSpokenPhone();
        readChoices();
        readNumbers();
        readBareTimes();
        readName();
        readFlags();
        readText();
        return values;
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
        reader.guesses = true;
        reader.readDates();
        reader.readTimes(false);
        return reader.values;
    }

    /** Like {@link #read()}, with the likelier half of the day where it is open, to compare it with what is on offer. */
    Map<String, JsonNode> readGuessing() {
        guesses = true;
        return read();
    }

    /** The words that no value explained. */
    Words left() {
        return words;
    }

    private void readEmail() {
        target(PropertyKind.EMAIL)
                .ifPresent(property -> EmailWords.find(words)
                        .ifPresent(found -> put(property, JSON.stringNode(found.value()), found)));
    }

    /** An address is what was said when it was asked for and holds a number. */
    private void readAddress() {
        target(PropertyKind.POSTAL_ADDRESS).filter(expectation::asksFor).ifPresent(property -> {
            String text = plainText();
            if (HOUSE_NUMBER.matcher(text).find() && !PhoneWords.areNamed(words)) {
                put(property, JSON.stringNode(text), 0, words.text().length());
            }
        });
    }

    /** A code that the words name, then one that was asked for, then any other; a day or a time is none where one can be given. */
    private void readCodes() {
        List<Property> codes = properties.stream()
                .filter(property -> property.kind().isLike(PropertyKind.IDENTIFIER))
                .toList();
        if (codes.isEmpty()) {
            return;
        }
        List<Naming> namings = Naming.in(words, codes);
        for (int i = 0; i < namings.size(); i++) {
            Naming naming = namings.get(i);
            int end = i + 1 < namings.size()
                    ? namings.get(i + 1).start()
                    : words.text().length();
            code(naming.property(), withoutMoments().only(naming.end(), end), true)
                    .ifPresent(found -> {
                        put(naming.property(), JSON.stringNode(found.value()), naming.start(), found.end());
                        named.add(naming.property().name());
                    });
        }
        for (Property property : expectation.byUrgency(codes)) {
            boolean asked = expectation.asksFor(property);
            if (!values.containsKey(property.name()) && (asked || property.kind() == PropertyKind.IDENTIFIER)) {
                code(property, withoutMoments(), asked)
                        .filter(found -> asked || !isOfPhone(found))
                        .filter(found -> asked
                                || !asksForOtherDigits()
                                || HAS_LETTER.matcher(found.value()).find())
                        .ifPresent(found -> put(property, JSON.stringNode(found.value()), found));
            }
        }
    }

    /** Whether it is a part of digits that are as many as those of a phone number, where one can be given. */
    private boolean isOfPhone(Found<String> found) {
        return has(PropertyKind.PHONE)
                && !HAS_LETTER.matcher(found.value()).find()
                && PhoneWords.spoken(withoutMoments(), false)
                        .filter(found::overlaps)
                        .filter(number -> PhoneWords.areNamed(words)
                                || number.value().length() > found.value().length())
                        .isPresent();
    }

    private static Optional<Found<String>> code(Property property, Words said, boolean asked) {
        return new CodeWords(property.pattern(), property.kind() == PropertyKind.IDENTIFIER).find(said, asked);
    }

    /** Whether digits answer a question for something else than a code. */
    private boolean asksForOtherDigits() {
        return properties.stream().filter(expectation::asksFor).anyMatch(property -> switch (property.kind()) {
            case DATE, TIME, DATE_TIME, PHONE, DURATION, MONEY, WHOLE_NUMBER, NUMBER, POSTAL_ADDRESS -> true;
            case DIGITS, IDENTIFIER, EMAIL, PERSON_NAME, CHOICE, FLAG, TOKEN, TEXT -> false;
        });
    }

    private Words withoutMoments() {
        Words left = words;
        if (has(PropertyKind.DATE) || has(PropertyKind.DATE_TIME)) {
            for (Found<LocalDate> date : DateWords.numericOnly(left, today)) {
                left = left.without(date);
            }
        }
        if (has(PropertyKind.TIME) || has(PropertyKind.DATE_TIME)) {
            for (Found<LocalTime> time : TimeWords.unmistakable(left)) {
                left = left.without(time);
            }
        }
        return left;
    }

    /** Lengths of time and amounts of money; a bare number only when one was asked for. */
    private void readMeasures() {
        for (Property property : of(PropertyKind.DURATION)) {
            assign(List.of(property), DurationWords.findAll(words), JSON::stringNode);
            readBareNumber(property, number -> MoneyWords.bare(number, List.of()));
        }
        for (Property property : of(PropertyKind.MONEY)) {
            assign(List.of(property), MoneyWords.findAll(words, property.currencies()), JSON::stringNode);
            readBareNumber(property, number -> MoneyWords.bare(number, property.currencies()));
        }
    }

    private void readBareNumber(Property property, DoubleFunction<String> writer) {
        List<Found<Double>> numbers = NumberWords.findAll(words);
        if (expectation.asksFor(property) && !values.containsKey(property.name()) && numbers.size() == 1) {
            assign(List.of(property), numbers, number -> JSON.stringNode(writer.apply(number)));
        }
    }

    /** Written phone numbers are read between numeric dates, which look like them. */
    private void hideNumericDates() {
        Words hidden = words;
        for (Found<LocalDate> date : DateWords.numericOnly(words, today)) {
            hidden = hidden.without(date);
        }
        for (Found<LocalTime> time : TimeWords.apartFromDigits(hidden)) {
            hidden = hidden.without(time);
        }
        Words searched = hidden;
        target(PropertyKind.PHONE)
                .ifPresent(property -> PhoneWords.written(searched, phoneRegion)
                        .ifPresent(found -> put(property, JSON.stringNode(found.value()), found)));
    }

    private void readDates() {
        List<Property> dates = of(PropertyKind.DATE);
        boolean momentAsked = of(PropertyKind.DATE_TIME).stream()
                .anyMatch(property -> expectation.asksForAlone(property, properties));
        if (dates.isEmpty() || momentAsked) {
            readDateTime();
        } else {
            List<Found<LocalDate>> found = DateWords.findAll(words, today);
            assign(
                    dates,
                    dates.size() > 1 ? DateWords.inOrder(found, words) : found,
                    date -> JSON.stringNode(date.toString()));
            if (found.isEmpty()) {
                assign(dates, spans(meant(dates)), JSON::stringNode);
            }
        }
    }

    private void readDateTime() {
        target(PropertyKind.DATE_TIME).ifPresent(property -> {
            MomentWords moment = moment(words, property, true);
            Optional<Found<String>> span =
                    moment.date().isPresent() ? Optional.empty() : Found.meant(spans(property), words.text());
            moment.whole()
                    .or(() -> span.map(Found::value)
                            .map(days -> moment.time()
                                    .map(clock -> days + " at " + clock.said())
                                    .orElse(days)))
                    .ifPresent(said -> {
                        values.put(property.name(), JSON.stringNode(said));
                        words = span.isPresent() ? moment.left().without(span.get()) : moment.left();
                    });
        });
    }

    /** Whether the half of the day stays open is the property's choice. */
    private MomentWords moment(Words said, Property property, boolean asked) {
        MomentWords moment = MomentWords.of(said, today, asked);
        return property.takesBareHours() && !guesses ? moment : moment.guessed();
    }

    /** A day or a time alone, with what is known of the moment: "make it four". */
    Optional<String> completedMoment(Property property, String known) {
        return moment(words, property, expectation.asksFor(property)).completedBy(known);
    }

    /** Several days of which the caller names none, as they were said; none when something else was asked for. */
    private List<Found<String>> spans(Property property) {
        boolean wanted = expectation.asksFor(property)
                || properties.stream().noneMatch(expectation::asksFor)
                || CORRECTS.matcher(words.text()).find();
        return property.takesSpans() && !guesses && wanted ? DateWords.spans(words) : List.of();
    }

    /** Bare hours, too, where they are wanted; a model passes on what was said and leaves the half of the day open. */
    private void readTimes(boolean bare) {
        List<Property> times = of(PropertyKind.TIME);
        if (times.isEmpty()) {
            return;
        }
        boolean open = !guesses && times.stream().allMatch(Property::takesBareHours);
        Words searched = times.size() == 1 ? TimeWords.withoutRanges(words) : words;
        assign(
                times,
                TimeWords.clocks(searched, said, bare),
                clock -> JSON.stringNode(open ? clock.said() : clock.time().format(HOUR_AND_MINUTE)));
    }

    private void readBareTimes() {
        boolean known = of(PropertyKind.TIME).stream().anyMatch(property -> values.containsKey(property.name()));
        boolean asked = of(PropertyKind.TIME).stream().anyMatch(expectation::asksFor);
        boolean besideDate = of(PropertyKind.DATE).stream().anyMatch(property -> values.containsKey(property.name()))
                && !has(PropertyKind.WHOLE_NUMBER)
                && !has(PropertyKind.NUMBER);
        if (!known && (asked || besideDate || CORRECTS.matcher(words.text()).find())) {
            readTimes(true);
        }
    }

    /** Digits that are too many for a time, which "two oh two" alone would be. */
    private void readLongPhone() {
        target(PropertyKind.PHONE)
                .filter(property -> !values.containsKey(property.name()))
                .ifPresent(property -> {
                    Words left = words;
                    for (Found<LocalTime> time : TimeWords.unmistakable(left)) {
                        left = left.without(time);
                    }
                    PhoneWords.spoken(left, false)
                            .filter(found -> found.value().length() >= LONG_PHONE)
                            .ifPresent(found -> put(property, JSON.stringNode(found.value()), found));
                });
    }

    private void readSpokenPhone() {
        target(PropertyKind.PHONE)
                .filter(property -> !values.containsKey(property.name()))
                .ifPresent(property -> PhoneWords.spoken(
                                words, expectation.asksFor(property) || PhoneWords.areNamed(words))
                        .ifPresent(found -> put(property, JSON.stringNode(found.value()), found)));
    }

    private void readChoices() {
        for (Property property : of(PropertyKind.CHOICE)) {
            List<Found<String>> found = new ChoiceWords(property.values(), property.synonyms()).findAll(words);
            assign(List.of(property), found, JSON::stringNode);
        }
    }

    private void readNumbers() {
        List<Property> numeric = properties.stream()
                .filter(property ->
                        property.kind() == PropertyKind.WHOLE_NUMBER || property.kind() == PropertyKind.NUMBER)
                .toList();
        for (Property property : numeric) {
            boolean asked = expectation.asksFor(property);
            List<Found<Double>> fitting = NumberWords.findAll(words).stream()
                    .filter(found -> asked || NumberWords.counts(found, words, property, numeric.size() == 1))
                    .toList();
            assign(List.of(property), fitting, number -> number(property, number));
        }
    }

    private static JsonNode number(Property property, double number) {
        return property.kind() == PropertyKind.WHOLE_NUMBER
                ? JSON.numberNode(Math.round(number))
                : JSON.numberNode(number);
    }

    private void readName() {
        target(PropertyKind.PERSON_NAME)
                .ifPresent(property -> NameWords.find(words, expectation.asksFor(property))
                        .ifPresent(found -> put(property, JSON.stringNode(found.value()), found)));
    }

    private void readFlags() {
        for (Property property : of(PropertyKind.FLAG)) {
            if (expectation.asksFor(property)) {
                if (Phrases.negates(words.text())) {
                    values.put(property.name(), JSON.booleanNode(false));
                } else if (Phrases.affirms(words.text())) {
                    values.put(property.name(), JSON.booleanNode(true));
                }
            }
        }
    }

    private void readText() {
        for (Property property : of(PropertyKind.TEXT)) {
            if (expectation.asksFor(property) && named.containsAll(values.keySet())) {
                String text = plainText();
                if (!text.isEmpty()) {
                    put(property, JSON.stringNode(text), 0, words.text().length());
                }
            }
        }
    }

    /** What was said, without what only leads in. */
    private String plainText() {
        return TEXT_FILLERS
                .matcher(words.text())
                .replaceAll("")
                .replace(String.valueOf(Words.BLANK), "")
                .strip();
    }

    private interface Writer<T> {
        JsonNode write(T value);
    }

    /** Gives several values to several properties in order, else the meant one to the asked or first property. */
    private <T> void assign(List<Property> targets, List<Found<T>> found, Writer<T> writer) {
        if (found.isEmpty()) {
            return;
        }
        String text = words.text();
        if (targets.size() > 1 && found.size() > 1) {
            for (int i = 0; i < Math.min(targets.size(), found.size()); i++) {
                values.put(targets.get(i).name(), writer.write(found.get(i).value()));
            }
        } else {
            Property property = meant(targets);
            Found.meant(found, text).ifPresent(meant -> values.put(property.name(), writer.write(meant.value())));
        }
        found.forEach(each -> words = words.without(each));
    }

    private void put(Property property, JsonNode value, Found<?> found) {
        put(property, value, found.start(), found.end());
    }

    private void put(Property property, JsonNode value, int start, int end) {
        values.put(property.name(), value);
        words = words.without(start, end);
    }

    private boolean has(PropertyKind kind) {
        return !of(kind).isEmpty();
    }

    private List<Property> of(PropertyKind kind) {
        List<Property> matching = new ArrayList<>();
        properties.stream().filter(property -> property.kind() == kind).forEach(matching::add);
        return matching;
    }

    private Optional<Property> target(PropertyKind kind) {
        List<Property> matching = of(kind);
        return matching.isEmpty() ? Optional.empty() : Optional.of(meant(matching));
    }

    /** Of several of one kind the one that the words name, else the most urgent. */
    private Property meant(List<Property> alike) {
        List<Property> namedOnes = Naming.in(words, alike).stream()
                .map(Naming::property)
                .distinct()
                .toList();
        if (alike.size() > 1 && namedOnes.size() == 1) {
            return namedOnes.getFirst();
        }
        List<Property> urgent = expectation.byUrgency(alike);
        return urgent.stream()
                .filter(property -> expectation.asksFor(property) || !values.containsKey(property.name()))
                .findFirst()
                .orElse(urgent.getFirst());
    }
}
