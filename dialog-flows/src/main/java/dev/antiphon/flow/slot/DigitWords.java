package dev.antiphon.flow.slot;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads strings of digits and letters as callers say them: "double five", "oh", "twenty five", "A as in Alfa", "bravo".
 * "Twenty five" may be 25 or 205: both are readings, as long as there are no more than 64. "One hundred and five" is 105 and nothing else, and so is
 * "one hundred five" where no digit follows. Dashes, dots and other separators are left out.
 */
final class DigitWords {
    private static final Map<String, String> DIGITS = Map.ofEntries(
            Map.entry("zero", "0"),
            Map.entry("oh", "0"),
            Map.entry("o", "0"),
            Map.entry("nought", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("niner", "9"));
    private static final Map<String, String> TEENS = Map.of(
            "ten", "10",
            "eleven", "11",
            "twelve", "12",
            "thirteen", "13",
            "fourteen", "14",
            "fifteen", "15",
            "sixteen", "16",
            "seventeen", "17",
            "eighteen", "18",
            "nineteen", "19");
    private static final Map<String, String> TENS = Map.of(
            "twenty", "2",
            "thirty", "3",
            "forty", "4",
            "fifty", "5",
            "sixty", "6",
            "seventy", "7",
            "eighty", "8",
            "ninety", "9");
    private static final Set<String> SCALES = Set.of("hundred", "thousand");
    private static final Map<String, Integer> TIMES = Map.of("double", 2, "triple", 3, "treble", 3, "quadruple", 4);
    private static final Set<String> SEPARATORS =
            Set.of("dash", "hyphen", "minus", "slash", "dot", "space", "underscore", "pound", "hash", "star");
    private static final Set<String> FILLERS = Set.of(
            "it's", "it", "is", "that's", "my", "the", "number", "code", "pin", "then", "and", "please", "um", "uh");
    /** More readings than this cannot be asked for. */
    static final int MOST_CANDIDATES = 3;

    /** What is said when there are more. */
    private static final int MOST_READINGS = 64;

    private DigitWords() {}

    /** One digit of a word or figure, as text. */
    static Optional<String> digit(String token) {
        return token.matches("\\d") ? Optional.of(token) : Optional.ofNullable(DIGITS.get(token));
    }

    /** What the words may spell, in upper case; the likeliest first; empty when there are other words among them, or more than 64 readings. */
    static List<String> readings(String lower, boolean letters) {
        List<String> tokens = Tokens.of(lower);
        Set<String> readings = new LinkedHashSet<>(List.of(""));
        int at = 0;
        while (at < tokens.size()) {
            Optional<Piece> piece = piece(tokens, at, letters);
            if (piece.isEmpty()) {
                return List.of();
            }
            readings = appended(readings, piece.get().texts());
            if (readings.size() > MOST_READINGS) {
                return List.of();
            }
            at = piece.get().next();
        }
        return readings.stream().filter(text -> !text.isEmpty()).toList();
    }

    private record Piece(List<String> texts, int next) {
        Piece(String text, int next) {
            this(List.of(text), next);
        }
    }

    private static Set<String> appended(Set<String> readings, List<String> texts) {
        Set<String> all = new LinkedHashSet<>();
        for (String text : texts) {
            for (String reading : readings) {
                all.add(reading + text);
            }
        }
        return all;
    }

    private static Optional<Piece> piece(List<String> tokens, int at, boolean letters) {
        String token = tokens.get(at);
        Optional<Piece> number = number(tokens, at);
        if (number.isPresent()) {
            return number;
        }
        Integer times = TIMES.get(token);
        if (times != null) {
            return symbol(tokens, at + 1, letters)
                    .map(piece -> piece.texts().getFirst().length() == 1
                            ? new Piece(piece.texts().getFirst().repeat(times), piece.next())
                            : piece);
        }
        if (TEENS.containsKey(token)) {
            return Optional.of(new Piece(TEENS.getOrDefault(token, ""), at + 1));
        }
        if (TENS.containsKey(token)) {
            return Optional.of(tens(tokens, at));
        }
        return symbol(tokens, at, letters)
                .map(piece -> hundreds(tokens, piece))
                .or(() -> isLeftOut(token) ? Optional.of(new Piece("", at + 1)) : Optional.empty());
    }

    /** A number with hundreds or thousands that is one, since an "and" joins its parts or no digit goes on with it. */
    private static Optional<Piece> number(List<String> tokens, int at) {
        return WholeNumberWords.at(tokens, at)
                .filter(part -> tokens.subList(at, part.next()).stream().anyMatch(SCALES::contains))
                .filter(part ->
                        tokens.subList(at, part.next()).contains("and") || !goesOn(Tokens.at(tokens, part.next())))
                .map(part -> new Piece(part.value().toBigInteger().toString(), part.next()));
    }

    private static boolean goesOn(String token) {
        return DIGITS.containsKey(token)
                || TEENS.containsKey(token)
                || TENS.containsKey(token)
                || TIMES.containsKey(token)
                || SCALES.contains(token)
                || token.matches("\\d.*");
    }

    private static Piece tens(List<String> tokens, int at) {
        String ten = TENS.getOrDefault(tokens.get(at), "");
        String unit = DIGITS.getOrDefault(Tokens.at(tokens, at + 1), "0");
        return unit.equals("0")
                ? new Piece(ten + "0", at + 1)
                : new Piece(List.of(ten + unit, ten + "0" + unit), at + 2);
    }

    private static Piece hundreds(List<String> tokens, Piece digit) {
        return switch (Tokens.at(tokens, digit.next())) {
            case "hundred" -> new Piece(digit.texts().getFirst() + "00", digit.next() + 1);
            case "thousand" -> new Piece(digit.texts().getFirst() + "000", digit.next() + 1);
            default -> digit;
        };
    }

    /** A digit, figures, or a letter with or without its code word. */
    private static Optional<Piece> symbol(List<String> tokens, int at, boolean letters) {
        String token = Tokens.at(tokens, at);
        boolean zero = !letters || !token.equals("o");
        if (zero && DIGITS.containsKey(token)) {
            return Optional.of(new Piece(DIGITS.getOrDefault(token, ""), at + 1));
        }
        if (token.matches("\\d+([.,]\\d+)*")) {
            return Optional.of(new Piece(token.replaceAll("[.,]", ""), at + 1));
        }
        if (!letters || token.isEmpty() || isLeftOut(token)) {
            return Optional.empty();
        }
        return Spelling.letter(tokens, at)
                .map(letter -> new Piece(letter.text(), letter.next()))
                .or(() -> token.matches("[a-z]{1,16}")
                        ? Optional.of(new Piece(token.toUpperCase(Locale.ROOT), at + 1))
                        : Optional.empty());
    }

    private static boolean isLeftOut(String token) {
        return FILLERS.contains(token) || SEPARATORS.contains(token) || token.matches("[-./_,()#*:\"']");
    }
}
