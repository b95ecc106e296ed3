package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.say.Speakable;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * An amount of money: {@code 49.90 EUR}, {@code $1,250}, {@code five pounds fifty}, {@code forty-nine euros and ninety cents}. Unsure
 * when the currency is not said and several are accepted, and for "forty-nine ninety" (49.90 or 4990). At most 300 characters are
 * read.
 *
 * @param currencies that are accepted, at least one
 * @param min the least allowed amount, included
 * @param max the most allowed amount, included; below 10^12
 */
public record MoneyType(List<Currency> currencies, BigDecimal min, BigDecimal max) implements SlotType<Amount> {
    private static final Pattern US = Pattern.compile("\\bu\\.\\s?s\\.");
    private static final BigDecimal LIMIT = new BigDecimal(1_000_000_000_000L);

    public MoneyType {
        currencies = List.copyOf(currencies);
        if (currencies.isEmpty()) {
            throw new IllegalArgumentException("an amount of money needs at least 1 currency, but has none");
        }
        if (min.compareTo(max) > 0
                || min.abs().compareTo(LIMIT) >= 0
                || max.abs().compareTo(LIMIT) >= 0) {
            throw new IllegalArgumentException(
                    "min must not exceed max, and both must be below " + LIMIT + ", but were " + min + " and " + max);
        }
    }

    @Override
    public Class<Amount> valueType() {
        return Amount.class;
    }

    @Override
    public Reading<Amount> read(String said, ZonedDateTime now) {
        Optional<AmountWords> words =
                AmountWords.of(Tokens.of(US.matcher(Heard.lower(said)).replaceAll("us")), currencies);
        if (words.isEmpty()) {
            return new Reading.Unclear<>(Line.of(Phrase.MONEY_UNCLEAR), true);
        }
        List<Currency> meant = currencies.stream()
                .filter(currency -> words.get().allows(currency.getCurrencyCode()))
                .toList();
        if (meant.isEmpty()) {
            return new Reading.Unclear<>(Line.of(Phrase.MONEY_CURRENCY, "currencies", accepted()), false);
        }
        if (meant.stream()
                .allMatch(currency ->
                        words.get().amounts(Amount.decimals(currency)).isEmpty())) {
            return new Reading.Unclear<>(Line.of(Phrase.MONEY_UNCLEAR), false);
        }
        List<Amount> amounts = meant.stream()
                .flatMap(currency -> words.get().amounts(Amount.decimals(currency)).stream()
                        .filter(amount -> amount.stripTrailingZeros().scale() <= Amount.decimals(currency))
                        .map(amount -> new Amount(amount, currency)))
                .toList();
        if (amounts.isEmpty()) {
            return new Reading.Unclear<>(
                    Line.of(Phrase.MONEY_DECIMALS, "decimals", Amount.decimals(meant.getFirst())), false);
        }
        List<Amount> possible = amounts.stream()
                .filter(money ->
                        money.value().compareTo(min) >= 0 && money.value().compareTo(max) <= 0)
                .toList();
        return Reading.of(
                possible,
                new Reading.Unclear<>(
                        Line.of(
                                Phrase.MONEY_BOUNDS,
                                "min",
                                min,
                                "max",
                                max,
                                "currencies",
                                accepted(),
                                "heard",
                                amounts.getFirst()),
                        false));
    }

    private Speakable accepted() {
        return language -> language.either(currencies.stream()
                .map(currency -> CurrencyWords.plural(currency, language))
                .toList());
    }

    @Override
    public String normal(Amount value) {
        return value.toString();
    }

    /** Of currencies with one common name the country is told: {@code 20 Canadian dollars}. */
    @Override
    public String spoken(Amount value, Language language) {
        return language.isEnglish() && CurrencyWords.sharesItsName(value.currency(), currencies)
                ? CurrencyWords.spokenInFull(value)
                : value.spoken(language);
    }

    @Override
    public void describe(ObjectNode property) {
        List<String> codes = currencies.stream().map(Currency::getCurrencyCode).toList();
        property.put("type", "string")
                .put("format", "money")
                .put("pattern", "^-?\\d+(\\.\\d+)? (" + String.join("|", codes) + ")$");
        codes.forEach(property.putArray("x-currencies")::add);
        property.putArray("examples").add("49.90 " + codes.getFirst());
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.AMOUNT_SHORT);
    }

    @Override
    public Line hint() {
        Phrase hint = currencies.size() > 1 ? Phrase.MONEY_CURRENCY_HINT : Phrase.MONEY_HINT;
        return Line.of(hint, "min", min, "max", max, "currencies", accepted());
    }
}
