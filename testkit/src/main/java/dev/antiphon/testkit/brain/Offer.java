package dev.antiphon.testkit.brain;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the agent offered to choose from.
 *
 * @param options the plain values of each option, in the order in which they were offered; empty when nothing is on offer
 */
record Offer(List<List<String>> options) {
    static final Offer NONE = new Offer(List.of());

    private static final Pattern SENTENCE = Pattern.compile("(?<=[.?!])\\s+");
    private static final Pattern EXAMPLE = Pattern.compile(
            "\\b(?:for example|you can say|such as|i heard|verstanden habe|taken|not (?:available|free|possible)|unavailable)\\b(?!.*\\b(?:how about|i have)\\b)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ALTERNATIVE = Pattern.compile("\\bor(?: at| on)?\\s*$", Pattern.CASE_INSENSITIVE);
    private static final Pattern PROPOSAL = Pattern.compile(
            "\\b(?:how about|what about|would|could you do|i have|i could offer)(?: at| on)?\\s*$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern HALF_OF_DAY = Pattern.compile(
            "(?:\\W|\\b(?:uh|um|well|it's|that's|i mean|make it|in|at|the|that|this|please|rather)\\b)*+"
                    + "\\b(?:(?<early>morning|a\\.?\\s?m\\b)|afternoon|evening|night|p\\.?\\s?m\\b)(?:\\W|\\b(?:one|please|of course)\\b)*+",
            Pattern.CASE_INSENSITIVE);

    Offer {
        options = options.stream().map(List::copyOf).toList();
    }

    /** The options that an answer lists as facts, else those that its words name. */
    static Offer of(ToolAnswer answer, String say, LocalDate today) {
        List<List<String>> listed = answer.listedOptions();
        return listed.isEmpty() ? spoken(say, today) : new Offer(listed);
    }

    /**
     * Times, or else days, that words offer: joined by "or" ("10:30, 11:00 or 14:00"), or proposed alone ("how about 10:30?").
     * Examples ("you can say three PM"), opening hours and what was heard ("but I heard 8 AM or 8 PM") offer nothing.
     */
    static Offer spoken(String say, LocalDate today) {
        StringBuilder kept = new StringBuilder();
        for (String sentence : SENTENCE.split(say)) {
            kept.append(EXAMPLE.matcher(sentence).find() ? "" : sentence + " ");
        }
        Words words = Words.of(kept.toString());
        List<Found<LocalDate>> days = DateWords.findAll(words, today);
        for (Found<LocalDate> day : days) {
            words = words.without(day);
        }
        List<Found<LocalTime>> times = TimeWords.findAllWhenAsked(words);
        return times.isEmpty() ? offered(days, kept.toString()) : offered(times, kept.toString());
    }

    private static <T> Offer offered(List<Found<T>> found, String text) {
        boolean joined = found.size() > 1
                && ALTERNATIVE
                        .matcher(text.substring(0, found.getLast().start()))
                        .find();
        List<Found<T>> proposed = found.stream()
                .filter(each ->
                        PROPOSAL.matcher(text.substring(0, each.start())).find())
                .toList();
        return joined ? new Offer(distinct(found)) : proposed.size() == 1 ? new Offer(distinct(proposed)) : NONE;
    }

    private static <T> List<List<String>> distinct(List<Found<T>> found) {
        List<List<String>> options = new ArrayList<>();
        for (Found<T> each : found) {
            List<String> option = List.of(each.value().toString());
            if (!options.contains(option)) {
                options.add(option);
            }
        }
        return options;
    }

    /** Whether the options hold values of this kind. */
    boolean of(PropertyKind kind, LocalDate today) {
        Words all = Words.of(
                String.join(" ; ", options.stream().flatMap(List::stream).toList()));
        return kind == PropertyKind.TIME && !TimeWords.findAll(all).isEmpty()
                || kind == PropertyKind.DATE && !DateWords.findAll(all, today).isEmpty();
    }

    boolean open() {
        return !options.isEmpty();
    }

    /** Whether any option has this value. */
    boolean holds(JsonNode value, LocalDate today) {
        return options.stream().anyMatch(option -> has(option, value.asString(), today));
    }

    /** The only option that has one of these values, 1-based. */
    OptionalInt naming(Iterable<JsonNode> values, LocalDate today) {
        List<Integer> matching = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            for (JsonNode value : values) {
                if (has(options.get(i), value.asString(), today)) {
                    matching.add(i + 1);
                    break;
                }
            }
        }
        return matching.size() == 1 ? OptionalInt.of(matching.getFirst()) : OptionalInt.empty();
    }

    /** "In the evening", where only one option is in that half of the day, 1-based. */
    OptionalInt inHalf(String said) {
        Matcher half = HALF_OF_DAY.matcher(said);
        if (!half.matches()) {
            return OptionalInt.empty();
        }
        boolean early = half.group("early") != null;
        List<Integer> matching = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            List<Found<LocalTime>> times = TimeWords.findAll(Words.of(String.join(" ; ", options.get(i))));
            if (times.size() == 1 && times.getFirst().value().isBefore(LocalTime.NOON) == early) {
                matching.add(i + 1);
            }
        }
        return matching.size() == 1 ? OptionalInt.of(matching.getFirst()) : OptionalInt.empty();
    }

    private static boolean has(List<String> option, String value, LocalDate today) {
        for (String each : option) {
            if (each.equalsIgnoreCase(value) || means(each, value, today)) {
                return true;
            }
        }
        return false;
    }

    private static boolean means(String option, String value, LocalDate today) {
        Words words = Words.of(option);
        return TimeWords.findAll(words).stream()
                        .map(Found::value)
                        .map(LocalTime::toString)
                        .anyMatch(value::equals)
                || DateWords.findAll(words, today).stream()
                        .map(Found::value)
                        .map(LocalDate::toString)
                        .anyMatch(value::equals);
    }
}
