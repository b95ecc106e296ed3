package dev.antiphon.testkit.brain;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
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
    private static final Pattern EMAIL = Pattern.compile("[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}.-]+\\.\\p{L}{2,}");
    private static final Pattern SPOKEN_EMAIL = Pattern.compile(
            "\\b([\\p{L}\\p{N}_-]+(?:(?: dot |\\.)[\\p{L}\\p{N}_-]+)*) at ([\\p{L}\\p{N}-]+(?:(?: dot |\\.)[\\p{L}\\p{N}-]+)*(?: dot |\\.)\\p{L}{2,})\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CORRECTS =
            Pattern.compile("\\b(?:instead|make (?:it|that)|rather|change|move)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern COUNTED = Pattern.compile(
            "^\\s*(?:people|persons?|guests?|of us|adults?|kids|children|tickets?|seats?|pieces|rooms?|nights?)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern COUNTS =
            Pattern.compile("\\b(?:for|party of|table of|group of|we are|we're)\\s*$", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT_FILLERS = Pattern.compile(
            "^(?:[\\s,.!\u0001-]|\\b(?:uh|um|well|sure|yes|okay|ok|it's|it is|that's|please|because|to|in|from|the|i'm in|i live in)\\b)++|[\\s,.!?\u0001]+$",
            Pattern.CASE_INSENSITIVE);

    private final List<Property> properties;
    private final Expectation expectation;
    private final LocalDate today;
    private final String phoneRegion;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private Words words;

    SlotReader(Words words, List<Property> properties, Expectation expectation, LocalDate today, String phoneRegion) {
        this.words = words;
        this.properties = properties;
        this.expectation = expectation;
        this.today = today;
        this.phoneRegion = phoneRegion;
    }

    /** Reads everything; the surest first. */
    Map<String, JsonNode> read() {
        readEmail();
        if (has(PropertyKind.PHONE)) {
            hideNumericDates();
        }
        readDates();
        readTimes(TimeWords::findAll);
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
                        .filter(property ->
                                property.kind() == PropertyKind.DATE || property.kind() == PropertyKind.TIME)
                        .toList(),
                new Expectation(Set.of()),
                today,
                "");
        reader.readDates();
        reader.readTimes(TimeWords::findAll);
        return reader.values;
    }

    /** The words that no value explained. */
    Words left() {
        return words;
    }

    private void readEmail() {
        Optional<Property> property = target(PropertyKind.EMAIL);
        if (property.isEmpty()) {
            return;
        }
        Matcher written = EMAIL.matcher(words.text());
        Matcher spoken = SPOKEN_EMAIL.matcher(words.text());
        if (written.find()) {
            put(property.get(), JSON.stringNode(written.group()), written.start(), written.end());
        } else if (spoken.find()) {
            String address = (spoken.group(1) + "@" + spoken.group(2)).replaceAll("(?i) dot ", ".");
            put(property.get(), JSON.stringNode(address), spoken.start(), spoken.end());
        }
    }

    /** Written phone numbers are read between numeric dates, which look like them. */
    private void hideNumericDates() {
        Words hidden = words;
        for (Found<LocalDate> date : DateWords.numericOnly(words, today)) {
            hidden = hidden.without(date);
        }
        for (Found<LocalTime> time : TimeWords.findAll(hidden)) {
            hidden = hidden.without(time);
        }
        Words searched = hidden;
        target(PropertyKind.PHONE)
                .ifPresent(property -> PhoneWords.written(searched, phoneRegion)
                        .ifPresent(found -> put(property, JSON.stringNode(found.value()), found)));
    }

    private void readDates() {
        List<Property> dates = of(PropertyKind.DATE);
        List<Found<LocalDate>> found = DateWords.findAll(words, today);
        if (!dates.isEmpty()) {
            assign(dates, dates.size() > 1 ? inOrder(found) : found, date -> JSON.stringNode(date.toString()));
        } else if (has(PropertyKind.DATE_TIME)) {
            readDateTime(found);
        }
    }

    /** "From Friday to Sunday": each day is meant on or after the one before it. */
    private List<Found<LocalDate>> inOrder(List<Found<LocalDate>> found) {
        List<Found<LocalDate>> ordered = new ArrayList<>();
        for (Found<LocalDate> day : found) {
            boolean early =
                    !ordered.isEmpty() && day.value().isBefore(ordered.getLast().value());
            ordered.add(early ? counted(day, ordered.getLast().value()) : day);
        }
        return ordered;
    }

    private Found<LocalDate> counted(Found<LocalDate> day, LocalDate from) {
        Words itself = Words.of(words.text().substring(day.start(), day.end()));
        return DateWords.findAll(itself, from).stream()
                .findFirst()
                .map(later -> new Found<>(later.value(), day.start(), day.end()))
                .orElse(day);
    }

    private void readDateTime(List<Found<LocalDate>> dates) {
        Optional<Found<LocalDate>> date = Found.meant(dates, words.text());
        Words rest = words;
        for (Found<LocalDate> each : dates) {
            rest = rest.without(each);
        }
        List<Found<LocalTime>> times = TimeWords.findAllWhenAsked(rest);
        Optional<Found<LocalTime>> time = Found.meant(times, rest.text());
        if (date.isPresent() && time.isPresent()) {
            LocalDateTime moment = date.get().value().atTime(time.get().value());
            words = rest.without(time.get());
            values.put(
                    target(PropertyKind.DATE_TIME).orElseThrow().name(),
                    JSON.stringNode(moment.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss"))));
        }
    }

    private interface TimeFinder {
        List<Found<LocalTime>> in(Words words);
    }

    private void readTimes(TimeFinder finder) {
        List<Property> times = of(PropertyKind.TIME);
        if (!times.isEmpty()) {
            assign(times, finder.in(words), time -> JSON.stringNode(time.format(HOUR_AND_MINUTE)));
        }
    }

    private void readBareTimes() {
        boolean known = of(PropertyKind.TIME).stream().anyMatch(property -> values.containsKey(property.name()));
        boolean asked = of(PropertyKind.TIME).stream().anyMatch(expectation::asksFor);
        boolean besideDate = of(PropertyKind.DATE).stream().anyMatch(property -> values.containsKey(property.name()))
                && !has(PropertyKind.WHOLE_NUMBER)
                && !has(PropertyKind.NUMBER);
        if (!known && (asked || besideDate || CORRECTS.matcher(words.text()).find())) {
            readTimes(TimeWords::findAllWhenAsked);
        }
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
                    .filter(found -> asked || counts(found, property, numeric.size() == 1))
                    .toList();
            assign(List.of(property), fitting, number -> number(property, number));
        }
    }

    private boolean counts(Found<Double> found, Property property, boolean onlyOne) {
        String after = words.text().substring(found.end());
        String before = words.text().substring(0, found.start());
        if (onlyOne && (COUNTED.matcher(after).find() || COUNTS.matcher(before).find())) {
            return true;
        }
        for (String word :
                (property.readable() + " " + property.description().toLowerCase(Locale.ROOT)).split("\\W+")) {
            if (word.length() > 3
                    && Pattern.compile("^\\s*" + Pattern.quote(word.replaceFirst("s$", "")), Pattern.CASE_INSENSITIVE)
                            .matcher(after)
                            .find()) {
                return true;
            }
        }
        return Pattern.compile(
                        "\\b" + Pattern.quote(property.readable()) + "(?: is| of| to|:)?\\s*$",
                        Pattern.CASE_INSENSITIVE)
                .matcher(before)
                .find();
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
            if (expectation.asksFor(property) && values.isEmpty()) {
                String text =
                        TEXT_FILLERS.matcher(words.text()).replaceAll("").replace(String.valueOf(Words.BLANK), "");
                if (!text.isBlank()) {
                    values.put(property.name(), JSON.stringNode(text.strip()));
                    words = words.without(0, words.text().length());
                }
            }
        }
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
            Property property = targets.stream()
                    .filter(expectation::asksFor)
                    .findFirst()
                    .or(() -> targets.stream()
                            .filter(each -> !values.containsKey(each.name()))
                            .findFirst())
                    .orElse(targets.getFirst());
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
        return matching.stream()
                .filter(expectation::asksFor)
                .findFirst()
                .or(() -> matching.stream().findFirst());
    }
}
