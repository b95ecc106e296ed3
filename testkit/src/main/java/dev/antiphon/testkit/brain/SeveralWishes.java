package dev.antiphon.testkit.brain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The wishes of one utterance: several of one kind, "Friday at ten and another one on Monday at nine", and further tasks, "and someone
 * should call me back". An "and" alone parts nothing: what follows must name another task, or give other values for what was given.
 */
final class SeveralWishes {
    private static final String FURTHER = "(?:(?:also|then|please|maybe|auch|dann|bitte)[\\s,]+)*";
    private static final Pattern JOINED =
            pattern("(?<and>[\\s,;.]+\\b(?:and|plus|as well as|und|sowie)\\b[\\s,]+)|[,;]\\s+|[.!]\\s+(?=\\p{L})");
    private static final String NO_OTHER =
            "(?! (?:time|day|date|hour|moment|minute|option|question|thing|number|name|one of)\\b)";
    private static final Pattern ANOTHER = pattern("^(?:(?:and|plus|und)[\\s,]+)?" + FURTHER
            + "(?:another|one more|an additional|a (?:second|third|fourth|fifth|further|new)|(?:einen?|eine) (?:zweite|dritte|vierte|weitere|neue)[nrs]?|(?:einen?|eine) (?:the )?(?:second|third|fourth))\\b"
            + NO_OTHER);
    private static final Pattern ONE = pattern("^" + FURTHER + "(?:one|an?|einen?|eine)\\b" + NO_OTHER);
    private static final Pattern CORRECTS =
            pattern("\\b(?:no|not|instead|rather|actually|sorry|wait|until|till|between|or)\\b");

    private final List<Property> slots;
    private final LocalDate today;
    private final String phoneRegion;
    private final BiPredicate<String, String> otherTask;

    /** @param otherTask whether the second words want a task of another flow than the first, which come before them */
    SeveralWishes(List<Property> slots, LocalDate today, String phoneRegion, BiPredicate<String, String> otherTask) {
        this.slots = slots;
        this.today = today;
        this.phoneRegion = phoneRegion;
        this.otherTask = otherTask;
    }

    /** Whether the words are about a further one: "another one on Monday", "and a third at nine". */
    static boolean isAnother(String said) {
        return ANOTHER.matcher(said.strip()).find();
    }

    /** The parts of an utterance in order, one for each wish. */
    List<String> of(String said) {
        List<String> parts = new ArrayList<>();
        Matcher joined = JOINED.matcher(said);
        int from = 0;
        List<int[]> places = new ArrayList<>();
        while (joined.find()) {
            places.add(new int[] {joined.start(), joined.end(), joined.group("and") == null ? 0 : 1});
        }
        for (int i = 0; i < places.size(); i++) {
            int[] place = places.get(i);
            int next = i + 1 < places.size() ? places.get(i + 1)[0] : said.length();
            String before = said.substring(from, place[0]);
            String rest = said.substring(place[1]);
            String piece = said.substring(place[1], next);
            if (beginsAnew(before, piece, rest, place[2] == 1)) {
                parts.add(before.strip());
                from = place[1];
            }
        }
        parts.add(said.substring(from).strip());
        return parts.stream().filter(part -> !part.isEmpty()).toList();
    }

    private boolean beginsAnew(String before, String piece, String rest, boolean and) {
        if (before.isBlank()) {
            return false;
        }
        if (and && otherTask.test(before, piece)) {
            return true;
        }
        if (ANOTHER.matcher(rest).find() || and && ONE.matcher(rest).find()) {
            return differing(before, rest) > 0;
        }
        return and
                && !CORRECTS.matcher(piece).find()
                && differing(before, piece) > 1
                && slots.stream()
                                .filter(slot -> slot.kind() == PropertyKind.DATE)
                                .count()
                        == 1;
    }

    /** Whether the values differ from those that are known in what tells wishes apart, and the words correct nothing. */
    static boolean differ(
            String said, Map<String, JsonNode> values, Map<String, JsonNode> known, List<Property> slots) {
        return !CORRECTS.matcher(said).find()
                && slots.stream()
                        .filter(slot -> tellsApart(slot.kind()) && known.containsKey(slot.name()))
                        .anyMatch(slot -> Optional.ofNullable(values.get(slot.name()))
                                .filter(value -> !value.equals(known.get(slot.name())))
                                .isPresent());
    }

    /** How many properties have a value in both, and not the same. */
    private long differing(String before, String after) {
        Map<String, JsonNode> first = read(before);
        Map<String, JsonNode> second = read(after);
        return slots.stream()
                .filter(slot -> tellsApart(slot.kind()))
                .map(Property::name)
                .filter(name -> Optional.ofNullable(first.get(name))
                        .filter(value -> second.containsKey(name) && !value.equals(second.get(name)))
                        .isPresent())
                .count();
    }

    private Map<String, JsonNode> read(String words) {
        return new SlotReader(
                        Phrases.withoutPronouns(Words.of(words), false), slots, Expectation.NONE, today, phoneRegion)
                .read();
    }

    /** Numbers do not: "for two adults and one child". */
    private static boolean tellsApart(PropertyKind kind) {
        return switch (kind) {
            case DATE, TIME, DATE_TIME, CHOICE, PERSON_NAME, IDENTIFIER -> true;
            case PHONE, EMAIL, DURATION, MONEY, DIGITS, POSTAL_ADDRESS, WHOLE_NUMBER, NUMBER, FLAG, TOKEN, TEXT ->
                false;
        };
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
