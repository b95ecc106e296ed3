package dev.antiphon.testkit.brain;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the last thing the agent said asks for; it decides what bare answers mean.
 *
 * @param properties the names of the properties that were asked for, possibly none
 * @param given the names of properties that have had a value, the latest last
 * @param change whether it was asked what is to be changed
 */
record Expectation(Set<String> properties, List<String> given, boolean change) {
    /** Nothing was asked and nothing is known. */
    static final Expectation NONE = new Expectation(Set.of(), List.of(), false);

    private static final Pattern WHAT_TO_CHANGE = Pattern.compile(
            "\\bwhat (?:would you like to change|do you want to change|should i change|shall i change)\\b"
                    + "|\\bwas (?:möchten|wollen) sie ändern\\b|\\bwhat möchten sie move\\b");

    private static final Pattern SENTENCE = Pattern.compile("(?<=[.?!])\\s+");

    private static final Pattern PROMPT = Pattern.compile("answer to: (.+)$");

    Expectation {
        properties = Set.copyOf(properties);
        given = List.copyOf(given);
    }

    static Expectation of(String agentWords, List<Property> properties) {
        String question = question(agentWords).toLowerCase(Locale.ROOT);
        List<Property> asked = properties.stream()
                .filter(property -> asksFor(question, property))
                .toList();
        List<Property> inItsWords = properties.stream()
                .filter(property -> repeatsPrompt(question, property))
                .toList();
        // A question in the words of one property asks for no other of its kind.
        return new Expectation(
                asked.stream()
                        .filter(property -> inItsWords.contains(property)
                                || !meansOther(question, property, properties)
                                        && inItsWords.stream()
                                                .noneMatch(other -> other.kind().isLike(property.kind())))
                        .map(Property::name)
                        .collect(Collectors.toSet()),
                List.of(),
                false);
    }

    /** An offer of times asks for a time, an offer of days for a day. */
    Expectation orOffered(Offer offer, List<Property> slots, LocalDate today) {
        Set<String> asked = new LinkedHashSet<>(properties);
        for (Property slot : slots) {
            if (offer.of(slot.kind(), today)) {
                asked.add(slot.name());
            }
        }
        return new Expectation(asked, given, change);
    }

    /** "Four, not three" answers the reading back of a time: a bare number at its confirmation is a time. */
    Expectation orConfirmed(Scene scene, List<Property> slots) {
        Set<String> asked = new LinkedHashSet<>(properties);
        if (scene.confirmationOpen()
                && !TimeWords.findAll(Words.of(scene.agentWords())).isEmpty()) {
            slots.stream()
                    .filter(slot ->
                            slot.kind() == PropertyKind.TIME && scene.known().containsKey(slot.name()))
                    .forEach(slot -> asked.add(slot.name()));
        }
        return new Expectation(asked, given, change);
    }

    /** "My contract" answers "What would you like to change?" where one text has been given, and only one. */
    Expectation orToChange(String agentWords, List<Property> slots, Set<String> known) {
        List<Property> texts = slots.stream()
                .filter(slot -> slot.kind() == PropertyKind.TEXT && known.contains(slot.name()))
                .toList();
        boolean asks = WHAT_TO_CHANGE
                .matcher(question(agentWords).toLowerCase(Locale.ROOT))
                .find();
        if (!asks || texts.size() != 1) {
            return this;
        }
        Set<String> asked = new LinkedHashSet<>(properties);
        asked.add(texts.getFirst().name());
        return new Expectation(asked, given, true);
    }

    /** Whether words only name what is to be changed, where that was asked: no text for it. */
    boolean isWhatToChange(Words words, List<Property> slots) {
        return change
                && (TextWords.namesWhatToChange(words, slots)
                        || slots.stream().anyMatch(slot -> asksFor(words.lower().strip(), slot)));
    }

    /** The same, where these properties have had values, the latest last. */
    Expectation knowing(Collection<String> names) {
        return new Expectation(properties, List.copyOf(names), change);
    }

    /** Properties of one kind: first those that were asked for, then open ones in order, then those that were given, the latest first. */
    List<Property> byUrgency(List<Property> alike) {
        return alike.stream()
                .sorted(Comparator.comparing((Property property) -> !asksFor(property))
                        .thenComparing(property -> -recency(property)))
                .toList();
    }

    /** How lately it was given; more than of any other when it is open. */
    private int recency(Property property) {
        int place = given.lastIndexOf(property.name());
        return place < 0 ? given.size() : place;
    }

    boolean asksFor(Property property) {
        return properties.contains(property.name());
    }

    /** Whether a moment is asked for, and no day or time for itself. */
    boolean asksForAlone(Property moment, List<Property> all) {
        return asksFor(moment)
                && all.stream()
                        .filter(other -> other.kind() == PropertyKind.DATE || other.kind() == PropertyKind.TIME)
                        .noneMatch(this::asksFor);
    }

    /** The last question in the words, or all of them when there is none. */
    static String question(String agentWords) {
        String[] sentences = SENTENCE.split(agentWords.strip());
        for (int i = sentences.length - 1; i >= 0; i--) {
            if (sentences[i].endsWith("?")) {
                return sentences[i];
            }
        }
        return agentWords;
    }

    private static boolean asksFor(String question, Property property) {
        if (repeatsPrompt(question, property)) {
            return true;
        }
        String usual = switch (property.kind()) {
            case DATE ->
                "which day|what day|what date|which date|day suits|day would|day works|the day|a day|the date|a date|when would|when do|what day";
            case TIME ->
                "what time|which time|the time|a time|time suits|time would|time works|o'clock|when on|time of day|what hour";
            case DATE_TIME -> "when|what time|which day|what day";
            case PHONE -> "phone|telephone|mobile|reach you|call you back|contact number|your number|cell";
            case EMAIL -> "e-?mail";
            case PERSON_NAME -> "name|who am i|who is (?:this|calling|speaking|it for)|whom";
            case DURATION -> "how long|how much time|duration|length";
            case MONEY -> "how much|what amount|which amount|the amount|price|budget|deposit";
            case DIGITS, IDENTIFIER -> "code|digits";
            case POSTAL_ADDRESS -> "(?<!mail )address|where do you live";
            case WHOLE_NUMBER, NUMBER -> "how many|how much|number of";
            case CHOICE, FLAG, TOKEN, TEXT -> "";
        };
        if (property.kind() == PropertyKind.PERSON_NAME
                && !property.name().toLowerCase(Locale.ROOT).contains("name")) {
            usual = "name of the " + Pattern.quote(property.readable()) + "|" + usual;
        }
        if (!usual.isEmpty()
                && Pattern.compile("\\b(?:" + usual + ")").matcher(question).find()) {
            return !"how many|how much|number of".equals(usual) || countsThis(question, property);
        }
        if (!longestName(question, property).isEmpty()) {
            return true;
        }
        return property.kind() == PropertyKind.CHOICE
                && new ChoiceWords(property.values(), property.synonyms())
                                .findAll(Words.of(question)).stream()
                                        .map(Found::value)
                                        .distinct()
                                        .count()
                        >= 2;
    }

    /** The longest name of a property that the question has; empty when it has none. */
    private static String longestName(String question, Property property) {
        return property.names().stream()
                .filter(name -> Pattern.compile("\\b" + Pattern.quote(name) + "s?\\b", Pattern.UNICODE_CHARACTER_CLASS)
                        .matcher(question)
                        .find())
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    /** Whether the question has a name of another property of the kind that says more: "the old code", and not "the code". */
    private static boolean meansOther(String question, Property property, List<Property> all) {
        String own = longestName(question, property);
        return all.stream()
                .filter(other -> other.kind().isLike(property.kind()))
                .map(other -> longestName(question, other))
                .anyMatch(name -> name.length() > own.length() && name.contains(own));
    }

    /** A description may carry the question that asks for its value: "The day, the answer to: Which day suits you?". */
    private static boolean repeatsPrompt(String question, Property property) {
        Matcher prompt = PROMPT.matcher(property.description());
        return prompt.find() && question.contains(question(prompt.group(1)).toLowerCase(Locale.ROOT));
    }

    /** "How many" asks for this number when it names it, or names nothing that could be told apart. */
    private static boolean countsThis(String question, Property property) {
        for (String word :
                (property.readable() + " " + property.description().toLowerCase(Locale.ROOT)).split("\\W+")) {
            if (word.length() > 3 && question.contains(word.substring(0, Math.min(word.length(), 5)))) {
                return true;
            }
        }
        return property.required();
    }
}
