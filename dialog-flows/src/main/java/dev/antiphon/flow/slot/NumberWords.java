package dev.antiphon.flow.slot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads numbers below 10^12 in figures and English words, in time linear to their length. */
final class NumberWords {
    private static final Map<String, BigDecimal> FRACTIONS = Map.of(
            "half", new BigDecimal("0.5"),
            "quarter", new BigDecimal("0.25"),
            "quarters", new BigDecimal("0.25"),
            "tenth", new BigDecimal("0.1"),
            "tenths", new BigDecimal("0.1"));
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");
    private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(,\\d{3})++(\\.\\d+)?");
    private static final Pattern GROUPED_BY_DOTS =
            Pattern.compile("\\d{1,3}(\\.\\d{3})++,\\d+|\\d{1,3}(\\.\\d{3}){2,}+");
    private static final Pattern FIGURE = Pattern.compile("\\d++([.,]\\d++)?");
    private static final int MOST_FIGURES = 24;
    private static final BigDecimal LIMIT = new BigDecimal(1_000_000_000_000L);

    private NumberWords() {}

    /**
     * A number among tokens.
     *
     * @param value what it is
     * @param next the place behind it
     */
    record Part(BigDecimal value, int next) {
        private Part plus(Part more) {
            return new Part(value.add(more.value), more.next);
        }

        private Part times(BigDecimal factor, int behind) {
            return new Part(value.multiply(factor), behind);
        }
    }

    /** The number that all of the words are. */
    static Optional<BigDecimal> read(String words) {
        List<String> tokens = Tokens.of(words);
        return at(tokens, 0).filter(part -> part.next() == tokens.size()).map(Part::value);
    }

    /** The numbers among words; empty when there are words that {@code others} does not hold, or signs. */
    static List<BigDecimal> among(String words, Set<String> others) {
        List<String> tokens = Tokens.of(words);
        List<BigDecimal> numbers = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            Optional<Part> part = at(tokens, at);
            if (part.isEmpty() && !others.contains(tokens.get(at))) {
                return List.of();
            }
            part.map(Part::value).ifPresent(numbers::add);
            at = part.map(Part::next).orElse(at + 1);
        }
        return numbers.stream().distinct().toList();
    }

    /** The longest number that begins at a place. */
    static Optional<Part> at(List<String> tokens, int from) {
        String sign = Tokens.at(tokens, from);
        boolean negative = sign.equals("-") || sign.equals("minus") || sign.equals("negative");
        int start = negative ? from + 1 : from;
        return fraction(tokens, start)
                .or(() -> mixed(tokens, start))
                .map(part -> negative ? part.times(BigDecimal.ONE.negate(), part.next()) : part)
                .filter(part -> part.value().abs().compareTo(LIMIT) < 0);
    }

    private static Optional<Part> mixed(List<String> tokens, int from) {
        Optional<Part> whole = WholeNumberWords.at(tokens, from);
        if (whole.isEmpty()) {
            return whole;
        }
        Part number = pointed(tokens, whole.get());
        int behind = number.next();
        boolean and = Tokens.at(tokens, behind).equals("and");
        Part sum = fraction(tokens, and ? behind + 1 : behind)
                .filter(more -> and || isFigure(Tokens.at(tokens, behind)))
                .map(number::plus)
                .orElse(number);
        return Optional.of(scaled(tokens, sum));
    }

    private static Part scaled(List<String> tokens, Part number) {
        BigDecimal scale = WholeNumberWords.SCALES.get(Tokens.at(tokens, number.next()));
        return scale == null ? number : number.times(scale, number.next() + 1);
    }

    private static Part pointed(List<String> tokens, Part whole) {
        if (!Tokens.at(tokens, whole.next()).equals("point")) {
            return whole;
        }
        StringBuilder digits = new StringBuilder();
        int at = whole.next() + 1;
        while (digits.length() < MOST_FIGURES
                && DigitWords.digit(Tokens.at(tokens, at)).isPresent()) {
            digits.append(DigitWords.digit(Tokens.at(tokens, at)).get());
            at++;
        }
        return digits.isEmpty() ? whole : new Part(whole.value().add(new BigDecimal("0." + digits)), at);
    }

    /** "Half", "three quarters of", "1/2"; an article before what is measured belongs to it. */
    private static Optional<Part> fraction(List<String> tokens, int from) {
        String first = Tokens.at(tokens, from);
        if (isFigure(first) && Tokens.at(tokens, from + 1).equals("/")) {
            return divided(first, Tokens.at(tokens, from + 2)).map(value -> new Part(value, from + 3));
        }
        if (first.equals("half")) {
            return Optional.of(new Part(new BigDecimal("0.5"), behindFraction(tokens, from + 1)));
        }
        int count = ARTICLES.contains(first) ? 1 : WholeNumberWords.UNITS.indexOf(first);
        BigDecimal part = FRACTIONS.get(Tokens.at(tokens, from + 1));
        return count < 1 || part == null
                ? Optional.empty()
                : Optional.of(new Part(part.multiply(new BigDecimal(count)), behindFraction(tokens, from + 2)));
    }

    private static int behindFraction(List<String> tokens, int from) {
        int at = Tokens.at(tokens, from).equals("of") ? from + 1 : from;
        return ARTICLES.contains(Tokens.at(tokens, at)) ? at + 1 : at;
    }

    private static Optional<BigDecimal> divided(String count, String parts) {
        return switch (parts) {
            case "2", "4", "5", "8", "10" ->
                figure(count).map(value -> value.divide(new BigDecimal(parts)).stripTrailingZeros());
            default -> Optional.empty();
        };
    }

    private static boolean isFigure(String token) {
        return figure(token).isPresent();
    }

    /** "1,234.50", "1.234,50", "2.5", "2,5"; a comma before three last figures separates thousands. */
    static Optional<BigDecimal> figure(String token) {
        if (token.length() > MOST_FIGURES) {
            return Optional.empty();
        }
        if (GROUPED.matcher(token).matches()) {
            return Optional.of(new BigDecimal(token.replace(",", "")));
        }
        if (GROUPED_BY_DOTS.matcher(token).matches()) {
            return Optional.of(new BigDecimal(token.replace(".", "").replace(',', '.')));
        }
        return FIGURE.matcher(token).matches()
                ? Optional.of(new BigDecimal(token.replace(',', '.')))
                : Optional.empty();
    }
}
