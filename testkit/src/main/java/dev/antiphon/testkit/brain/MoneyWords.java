package dev.antiphon.testkit.brain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds amounts of money: "$20", "20 US dollars", "forty nine euros and ninety cents", "five pounds fifty", "zwanzig Franken". */
final class MoneyWords {
    private static final List<String> DOLLARS = List.of("USD", "CAD", "AUD", "NZD");
    private static final Map<String, List<String>> CODES = Map.ofEntries(
            Map.entry("$", DOLLARS),
            Map.entry("dollar", DOLLARS),
            Map.entry("buck", DOLLARS),
            Map.entry("€", List.of("EUR")),
            Map.entry("euro", List.of("EUR")),
            Map.entry("£", List.of("GBP")),
            Map.entry("pound", List.of("GBP")),
            Map.entry("pfund", List.of("GBP")),
            Map.entry("quid", List.of("GBP")),
            Map.entry("franc", List.of("CHF")),
            Map.entry("franken", List.of("CHF")),
            Map.entry("yen", List.of("JPY")),
            Map.entry("cent", List.of("EUR", "USD", "CAD", "AUD", "NZD")));
    /** Beginnings of words before a unit that tell which of several currencies of one name is meant. */
    private static final Map<String, String> COUNTRIES = Map.of(
            "u", "USD", "am", "USD", "ca", "CAD", "ka", "CAD", "au", "AUD", "ne", "NZD", "sw", "CHF", "sc", "CHF", "br",
            "GBP");

    private static final String CODE = "(?:EUR|USD|GBP|CHF|CAD|AUD|NZD|JPY)";
    private static final String SIGN = "(?:(?<sw>US|CA|AU|NZ) ?)?(?:[$€£]|\\b" + CODE + "\\b)";
    private static final String COUNTRY =
            "(?:(?<w>US|U\\.\\s?S\\.?|American|Canadian|Australian|New\\s+Zealand|Swiss|British|amerikanische|kanadische|australische|neuseeländische|Schweizer|britische)[\\s-]+)?";
    private static final String UNIT = "(?:[$€£]|euros?|dollars?|bucks?|pounds?|pfund|quid|francs?|franken|yen|" + CODE
            + ")(?!\\p{L})(?:\\s+sterling\\b)?";
    private static final Pattern AMOUNT = Pattern.compile(
            "(?<s>" + SIGN + ")\\s*(?<n>\\d[\\d,]*(?:\\.\\d+)?)|(?<q>" + NumberWords.PHRASE + ")\\s*" + COUNTRY
                    + "(?<u>" + UNIT + ")(?:,?\\s+(?:and\\s+)?(?<q2>" + NumberWords.PHRASE
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
                    + currency(matcher.group("s"), matcher.group("sw"), accepted);
        }
        if (matcher.group("c") != null) {
            String code = currency("cent", null, accepted);
            return plain(number(matcher.group("c")).movePointLeft(2)) + (code.equals("cent") ? "" : " " + code);
        }
        BigDecimal amount = number(matcher.group("q"));
        String more = matcher.group("q2");
        BigDecimal sum = more == null ? amount : amount.add(number(more).movePointLeft(2));
        return plain(sum) + " " + currency(matcher.group("u"), matcher.group("w"), accepted);
    }

    private static String currency(String word, @Nullable String country, List<String> accepted) {
        String name =
                word.toLowerCase(Locale.ROOT).replaceFirst("\\s+sterling$", "").replaceFirst("(?<=.)s$", "");
        List<String> codes = CODES.getOrDefault(name, List.of(word.toUpperCase(Locale.ROOT)));
        if (country != null) {
            String start = country.toLowerCase(Locale.ROOT).replaceFirst("^(u|..).*", "$1");
            return COUNTRIES.getOrDefault(start, codes.getFirst());
        }
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
