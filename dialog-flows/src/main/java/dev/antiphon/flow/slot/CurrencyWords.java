package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The words for common currencies. Others are known by code and by the name that the JDK has for them. */
final class CurrencyWords {
    private static final List<Names> NAMES = List.of(
            new Names("EUR", "euro", "euros", "cent", "cents", "€"),
            new Names("USD", "dollar", "dollars", "cent", "cents", "$", "buck", "bucks"),
            new Names("GBP", "pound", "pounds", "penny", "pence", "£", "quid", "p", "pfund"),
            new Names("CHF", "franc", "francs", "rappen", "rappen", "fr", "sfr", "franken"),
            new Names("CAD", "dollar", "dollars", "cent", "cents", "$", "bucks"),
            new Names("AUD", "dollar", "dollars", "cent", "cents", "$", "bucks"),
            new Names("NZD", "dollar", "dollars", "cent", "cents", "$", "bucks"),
            new Names("SGD", "dollar", "dollars", "cent", "cents", "$"),
            new Names("HKD", "dollar", "dollars", "cent", "cents", "$"),
            new Names("JPY", "yen", "yen", "", "", "¥"),
            new Names("CNY", "yuan", "yuan", "fen", "fen", "¥", "rmb", "renminbi"),
            new Names("INR", "rupee", "rupees", "paisa", "paise", "₹"),
            new Names("SEK", "krona", "kronor", "öre", "öre", "kr"),
            new Names("NOK", "krone", "kroner", "øre", "øre", "kr"),
            new Names("DKK", "krone", "kroner", "øre", "øre", "kr"),
            new Names("PLN", "zloty", "zlotys", "grosz", "groszy", "zł", "zloties"),
            new Names("MXN", "peso", "pesos", "centavo", "centavos", "$"),
            new Names("BRL", "real", "reais", "centavo", "centavos", "$"));

    /** Words in front of a unit that tell which of several currencies is meant. */
    private static final Map<String, String> QUALIFIERS = Map.ofEntries(
            Map.entry("us", "USD"),
            Map.entry("amerikanische", "USD"),
            Map.entry("kanadische", "CAD"),
            Map.entry("australische", "AUD"),
            Map.entry("schweizer", "CHF"),
            Map.entry("zealand", "NZD"),
            Map.entry("singapore", "SGD"),
            Map.entry("kong", "HKD"),
            Map.entry("brazilian", "BRL"),
            Map.entry("american", "USD"),
            Map.entry("canadian", "CAD"),
            Map.entry("australian", "AUD"),
            Map.entry("swiss", "CHF"),
            Map.entry("british", "GBP"),
            Map.entry("sterling", "GBP"),
            Map.entry("swedish", "SEK"),
            Map.entry("norwegian", "NOK"),
            Map.entry("danish", "DKK"),
            Map.entry("mexican", "MXN"),
            Map.entry("indian", "INR"),
            Map.entry("japanese", "JPY"));

    /** Currencies whose common name is enough in a list of several. */
    private static final Set<String> TOLD_BY_UNIT = Set.of("EUR", "GBP", "JPY", "CNY", "PLN");

    private CurrencyWords() {}

    private record Names(String code, String unit, String units, String part, String parts, Set<String> others) {
        Names(String code, String unit, String units, String part, String parts, String... others) {
            this(code, unit, units, part, parts, Set.of(others));
        }

        boolean isUnit(String token) {
            return token.equals(unit) || token.equals(units) || others.contains(token) && !token.equals("p");
        }

        boolean isPart(String token) {
            return !token.isEmpty()
                    && (token.equals(part) || token.equals(parts) || token.equals("p") && others.contains("p"));
        }
    }

    /** Codes of the currencies that a token may stand for; empty when it names none. */
    static Set<String> units(String token, List<Currency> accepted) {
        if (QUALIFIERS.containsKey(token)) {
            return Set.of(QUALIFIERS.getOrDefault(token, ""));
        }
        Set<String> codes = NAMES.stream()
                .filter(names -> names.isUnit(token))
                .map(Names::code)
                .collect(Collectors.toSet());
        accepted.stream()
                .filter(currency -> currency.getCurrencyCode().equalsIgnoreCase(token)
                        || currency.getDisplayName(Locale.ENGLISH).equalsIgnoreCase(token))
                .forEach(currency -> codes.add(currency.getCurrencyCode()));
        if (codes.isEmpty() && token.length() == 3 && isCode(token)) {
            codes.add(token.toUpperCase(Locale.ROOT));
        }
        return codes;
    }

    /** Codes of the currencies whose smallest unit a token may stand for. */
    static Set<String> parts(String token) {
        return NAMES.stream()
                .filter(names -> names.isPart(token))
                .map(Names::code)
                .collect(Collectors.toSet());
    }

    private static boolean isCode(String token) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(currency -> currency.getCurrencyCode().equalsIgnoreCase(token));
    }

    /** A currency in words, for example {@code euros}, {@code US dollars}. */
    static String plural(Currency currency, Language language) {
        if (!language.isEnglish()) {
            return currency.getDisplayName(language.locale());
        }
        return Optional.of(currency)
                .filter(each -> TOLD_BY_UNIT.contains(each.getCurrencyCode()))
                .flatMap(CurrencyWords::names)
                .map(Names::units)
                .orElseGet(() -> inFull(currency, "other"));
    }

    /** Its name in English with its country, for one of it or for {@code other} numbers: {@code Canadian dollars}. */
    private static String inFull(Currency currency, String count) {
        return com.ibm.icu.util.Currency.fromJavaCurrency(currency)
                .getName(Locale.ENGLISH, com.ibm.icu.util.Currency.PLURAL_LONG_NAME, count, new boolean[1]);
    }

    private static Optional<Names> names(Currency currency) {
        return NAMES.stream()
                .filter(names -> names.code().equals(currency.getCurrencyCode()))
                .findFirst();
    }

    /** Whether the common English name of this currency is that of another one, too. */
    static boolean sharesItsName(Currency currency, List<Currency> accepted) {
        return names(currency).stream()
                .anyMatch(names -> accepted.stream()
                        .filter(other -> !other.equals(currency))
                        .flatMap(other -> names(other).stream())
                        .anyMatch(other -> other.units().equals(names.units())));
    }

    /** In English, with the country of the currency: {@code 20 Canadian dollars and 50 cents}. */
    static String spokenInFull(Amount money) {
        Names full = new Names(
                money.currency().getCurrencyCode(),
                inFull(money.currency(), "one"),
                inFull(money.currency(), "other"),
                names(money.currency()).map(Names::part).orElse(""),
                names(money.currency()).map(Names::parts).orElse(""));
        return spoken(money.value(), full, true);
    }

    /** In English. */
    static String spoken(Amount money) {
        return names(money.currency())
                .map(names -> spoken(money.value(), names, false))
                .orElseGet(() ->
                        money.value().toPlainString() + " " + money.currency().getDisplayName(Locale.ENGLISH));
    }

    private static String spoken(BigDecimal amount, Names names, boolean withUnit) {
        BigDecimal[] split = amount.abs().divideAndRemainder(BigDecimal.ONE);
        long parts = split[1].unscaledValue().longValue();
        String sign = amount.signum() < 0 ? "minus " : "";
        String units = split[0].toBigInteger() + " "
                + (split[0].compareTo(BigDecimal.ONE) == 0 ? names.unit() : names.units());
        if (parts == 0) {
            return sign + units;
        }
        String rest = parts + " " + (parts == 1 ? names.part() : names.parts());
        return sign + (split[0].signum() == 0 && !withUnit ? rest : units + " and " + rest);
    }
}
