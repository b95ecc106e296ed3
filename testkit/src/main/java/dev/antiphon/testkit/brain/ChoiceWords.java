package dev.antiphon.testkit.brain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds the values of an enumeration: by the value itself, its readable form ({@code TEETH_CLEANING} as "teeth cleaning"), a
 * synonym, a related form of a single word ("vaccinated"), or with one slip of typing in a long word.
 */
final class ChoiceWords {
    private static final Pattern ENDING = Pattern.compile("(?:ations?|ated|ates?|ions?|ings?|ed|es|e|s)$");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]");
    private static final int LONGEST_PHRASE = 5;
    private static final int SHORTEST_STEM = 4;
    private static final int SHORTEST_WITH_SLIP = 6;

    private final Map<String, String> valueByForm = new LinkedHashMap<>();

    /** @param synonyms other words for a value, by value */
    ChoiceWords(List<String> values, Map<String, List<String>> synonyms) {
        for (String value : values) {
            valueByForm.putIfAbsent(squashed(value), value);
        }
        synonyms.forEach((value, words) -> words.forEach(word -> valueByForm.putIfAbsent(squashed(word), value)));
    }

    /** All values in the words, longest phrases first taken, in order. */
    List<Found<String>> findAll(Words words) {
        List<Found<String>> all = new ArrayList<>();
        List<Words.Token> tokens = words.tokens();
        for (Closeness closeness : Closeness.values()) {
            for (int length = LONGEST_PHRASE; length >= 1; length--) {
                for (int i = 0; i + length <= tokens.size(); i++) {
                    Found<String> place = new Found<>(
                            "",
                            tokens.get(i).start(),
                            tokens.get(i + length - 1).end());
                    boolean broken =
                            words.text().substring(place.start(), place.end()).indexOf(Words.BLANK) >= 0;
                    if (!broken && all.stream().noneMatch(place::overlaps)) {
                        match(phrase(tokens, i, length), length, closeness).stream()
                                .map(value -> new Found<>(value, place.start(), place.end()))
                                .forEach(all::add);
                    }
                }
            }
        }
        all.sort(Comparator.comparingInt(Found::start));
        return all;
    }

    private enum Closeness {
        EXACT,
        RELATED,
        SLIP
    }

    private static String phrase(List<Words.Token> tokens, int from, int length) {
        StringBuilder squashed = new StringBuilder();
        tokens.subList(from, from + length).forEach(token -> squashed.append(squashed(token.word())));
        return squashed.toString();
    }

    private List<String> match(String phrase, int length, Closeness closeness) {
        for (Map.Entry<String, String> form : valueByForm.entrySet()) {
            boolean matches = switch (closeness) {
                case EXACT -> form.getKey().equals(phrase) || (form.getKey() + "s").equals(phrase);
                case RELATED -> length == 1 && related(form.getKey(), phrase);
                case SLIP ->
                    form.getKey().length() >= SHORTEST_WITH_SLIP
                            && phrase.length() >= SHORTEST_WITH_SLIP
                            && oneSlip(form.getKey(), phrase);
            };
            if (matches) {
                return List.of(form.getValue());
            }
        }
        return List.of();
    }

    private static boolean related(String form, String word) {
        String stem = stem(form);
        return stem.length() >= SHORTEST_STEM && stem.equals(stem(word));
    }

    private static String stem(String word) {
        return ENDING.matcher(word).replaceFirst("");
    }

    /** Whether one letter was added, left out, replaced, or swapped with its neighbour. */
    private static boolean oneSlip(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 1) {
            return false;
        }
        int start = 0;
        int shorter = Math.min(a.length(), b.length());
        while (start < shorter && a.charAt(start) == b.charAt(start)) {
            start++;
        }
        String restA = a.substring(start);
        String restB = b.substring(start);
        return tail(restA, 1).equals(tail(restB, 1))
                || restA.equals(tail(restB, 1))
                || tail(restA, 1).equals(restB)
                || restA.length() >= 2
                        && restB.length() >= 2
                        && restA.charAt(0) == restB.charAt(1)
                        && restA.charAt(1) == restB.charAt(0)
                        && tail(restA, 2).equals(tail(restB, 2));
    }

    private static String tail(String text, int from) {
        return text.substring(Math.min(from, text.length()));
    }

    private static String squashed(String text) {
        return NO_LETTER.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
