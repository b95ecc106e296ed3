package dev.antiphon.testkit.brain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds amounts of money: "$20", "forty nine euros and ninety cents", "five pounds fifty". */
final class MoneyWords {
    private static final Map<String, List<String>> CODES = Map.of(
            "$", List.of("USD", "CAD", "AUD", "NZD"),
            "dollar", List.of("USD", "CAD", "AUD", "NZD"),
            "buck", List.of("USD", "CAD", "AUD", "NZD"),
            "€", List.of("EUR"),
            "euro", List.of("EUR"),
            "£", List.of("GBP"),
            "pound", List.of("GBP"),
            "quid", List.of("GBP"),
            "franc", List.of("CHF"),
            "cent", List.of("EUR", "USD", "CAD", "AUD", "NZD"));
    private static final String SIGN = "[$€£]";
    private static final String UNIT =
            "(?:[$€£]|euros?|dollars?|bucks?|pounds?|quid|francs?|EUR|USD|GBP|CHF|CAD|AUD)(?!\\p{L})";
    private static final Pattern AMOUNT = Pattern.compile(
            "(?<s>" + SIGN + ")\\s*(?<n>\\d[\\d,]*(?:\\.\\d+)?)|(?<q>" + NumberWords.PHRASE + ")\\s*(?<u>" + UNIT
                    + ")(?:,?\\s+(?:and\\s+)?(?<q2>" + NumberWords.PHRASE
                    + ")\\s*(?:cents?|pence|p\\b|(?=$|[.,!?])))?|(?<c>" + NumberWords.PHRASE + ")\\s*cents?\\b",
            Pattern.CASE_INSENSITIVE);

    private MoneyWords() {}

    /**
     * All amounts, in order, as a number and a code, for example {@code 49.90 EUR}; where several accepted currencies fit the words,
     * as a number and the caller's own word.
     */
    static List<Found<String>> findAll(Words words, List<String> accepted) {
        List<Found<String>> found = new ArrayList<>();
        Matcher matcher = AMOUNT.matcher(words.text());
        while (matcher.find()) {
            found.add(new Found<>(amount(matcher, accepted), matcher.start(), matcher.end()));
        }
        return found;
    }

    /** A number without a currency; the only accepted one is meant. */
    static String bare(double number, List<String> accepted) {
        return plain(BigDecimal.valueOf(number)) + (accepted.size() == 1 ? " " + accepted.getFirst() : "");
    }

    private static String amount(Matcher matcher, List<String> accepted) {
        if (matcher.group("s") != null) {
            return plain(new BigDecimal(matcher.group("n").replace(",", ""))) + " "
                    + currency(matcher.group("s"), accepted);
        }
        if (matcher.group("c") != null) {
            String code = currency("cent", accepted);
            return plain(number(matcher.group("c")).movePointLeft(2)) + (code.equals("cent") ? "" : " " + code);
        }
        BigDecimal amount = number(matcher.group("q"));
        String more = matcher.group("q2");
        BigDecimal sum = more == null ? amount : amount.add(number(more).movePointLeft(2));
        return plain(sum) + " " + currency(matcher.group("u"), accepted);
    }

    private static String currency(String word, List<String> accepted) {
        String name = word.toLowerCase(Locale.ROOT).replaceFirst("(?<=.)s$", "");
        List<String> codes = CODES.getOrDefault(name, List.of(word.toUpperCase(Locale.ROOT)));
        List<String> meant = codes.stream().filter(accepted::contains).toList();
        return meant.size() > 1 ? word : meant.isEmpty() ? codes.getFirst() : meant.getFirst();
    }

    private static BigDecimal number(String words) {
        return NumberWords.findAll(Words.of(words)).stream()
                .map(found -> BigDecimal.valueOf(found.value()))
                .findFirst()
                .orElse(BigDecimal.ZERO);
    }

    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return (stripped.scale() <= 0 ? stripped.setScale(0) : stripped.setScale(Math.max(2, stripped.scale())))
                .toPlainString();
    }
}
