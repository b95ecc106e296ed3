package dev.antiphon.flow.slot;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
public record MoneyType(List<Currency> currencies, BigDecimal min, BigDecimal max) implements SlotType<Money> {
    private static final BigDecimal LIMIT = new BigDecimal(1_000_000_000_000L);
    private static final Set<String> FILLERS = Set.of(
            "and", "about", "around", "roughly", "maybe", "it's", "it", "is", "that's", "of", "for", "please", "just", "only", "exactly",
            "the", "um", "uh", ",", ".");

    public MoneyType {
        currencies = List.copyOf(currencies);
        if (currencies.isEmpty()) {
            throw new IllegalArgumentException("an amount of money needs at least 1 currency, but has none");
        }
        if (min.compareTo(max) > 0 || min.abs().compareTo(LIMIT) >= 0 || max.abs().compareTo(LIMIT) >= 0) {
            throw new IllegalArgumentException("min must not exceed max, and both must be below " + LIMIT + ", but were "
                    + min + " and " + max);
        }
    }

    @Override
    public Class<Money> valueType() {
        return Money.class;
    }

    @Override
    public Reading<Money> read(String said, ZonedDateTime now) {
        Optional<Heap> heap = Heap.of(Tokens.of(Heard.lower(said)), currencies);
        if (heap.isEmpty() || heap.get().numbers.isEmpty()) {
            return new Reading.Unclear<>("I couldn't make out the amount.", true);
        }
        List<Currency> meant = currencies.stream()
                .filter(currency -> heap.get().allows(currency.getCurrencyCode()))
                .toList();
        if (meant.isEmpty()) {
            return new Reading.Unclear<>("I can only take " + accepted() + ".", false);
        }
        List<Money> amounts = meant.stream()
                .flatMap(currency -> heap.get().amounts(Money.decimals(currency)).stream()
                        .filter(amount -> amount.stripTrailingZeros().scale() <= Money.decimals(currency))
                        .map(amount -> new Money(amount, currency)))
                .toList();
        if (amounts.isEmpty()) {
            return new Reading.Unclear<>(
                    "I couldn't make out the amount. It can have " + Money.decimals(meant.getFirst())
                            + " digits after the point.",
                    false);
        }
        List<Money> possible = amounts.stream()
                .filter(money -> money.amount().compareTo(min) >= 0 && money.amount().compareTo(max) <= 0)
                .toList();
        return Reading.of(
                possible,
                new Reading.Unclear<>(
                        bounds() + ", but I heard " + amounts.getFirst().spoken() + ".", false));
    }

    /** Amounts and names of currencies as they were said. */
    private static final class Heap {
        private final List<BigDecimal> numbers = new ArrayList<>();
        private final Set<String> codes = new HashSet<>();
        private boolean unitSaid;
        private boolean partsOnly;
        private boolean partsSaid;

        /** Empty when there are other words. */
        static Optional<Heap> of(List<String> tokens, List<Currency> accepted) {
            Heap heap = new Heap();
            int at = 0;
            while (at < tokens.size()) {
                String token = tokens.get(at);
                Set<String> units = CurrencyWords.units(token, accepted);
                Set<String> parts = CurrencyWords.parts(token);
                Optional<NumberWords.Part> number = NumberWords.at(tokens, at);
                at = number.map(NumberWords.Part::next).orElse(at + 1);
                if (number.isPresent()) {
                    heap.numbers.add(number.get().value());
                } else if (!units.isEmpty()) {
                    heap.unitSaid = true;
                    heap.narrow(units);
                } else if (!parts.isEmpty()) {
                    heap.partsSaid = true;
                    heap.partsOnly = heap.numbers.size() == 1 && !heap.unitSaid;
                    heap.narrow(parts);
                } else if (!FILLERS.contains(token)) {
                    return Optional.empty();
                }
            }
            return heap.numbers.size() > 2 ? Optional.empty() : Optional.of(heap);
        }

        private boolean said;

        private void narrow(Set<String> names) {
            if (said) {
                codes.retainAll(names);
            } else {
                codes.addAll(names);
                said = true;
            }
        }

        boolean allows(String code) {
            return !said || codes.contains(code);
        }

        List<BigDecimal> amounts(int decimals) {
            BigDecimal first = numbers.getFirst();
            if (numbers.size() == 1) {
                return List.of(partsOnly ? first.movePointLeft(decimals) : first);
            }
            BigDecimal second = numbers.getLast();
            boolean isPart = isWhole(first) && isWhole(second) && second.signum() > 0 && second.precision() - second.scale() <= decimals;
            if (!isPart) {
                return List.of();
            }
            BigDecimal sum = first.add(second.movePointLeft(decimals));
            boolean clear = unitSaid && first.precision() > 0 && (partsSaid || second.compareTo(BigDecimal.TEN) >= 0);
            boolean joinable = !unitSaid && !partsSaid && second.compareTo(BigDecimal.TEN) >= 0;
            return clear
                    ? List.of(sum)
                    : joinable
                            ? List.of(sum, first.movePointRight(2).add(second))
                            : List.of();
        }

        private static boolean isWhole(BigDecimal number) {
            return number.stripTrailingZeros().scale() <= 0;
        }
    }

    private String accepted() {
        return Spoken.either(currencies.stream().map(CurrencyWords::plural).toList());
    }

    private String bounds() {
        return "It must be between " + min.toPlainString() + " and " + max.toPlainString() + " " + accepted();
    }

    @Override
    public String normal(Money value) {
        return value.toString();
    }

    @Override
    public String spoken(Money value) {
        return value.spoken();
    }

    @Override
    public void describe(ObjectNode property) {
        List<String> codes =
                currencies.stream().map(Currency::getCurrencyCode).toList();
        property.put("type", "string")
                .put("format", "money")
                .put("pattern", "^-?\\d+(\\.\\d+)? (" + String.join("|", codes) + ")$");
        codes.forEach(property.putArray("x-currencies")::add);
        property.putArray("examples").add("49.90 " + codes.getFirst());
    }

    @Override
    public String shortQuestion(String label) {
        return "So, how much?";
    }

    @Override
    public String hint() {
        return Stream.of(bounds() + ".", "Please say the amount with its currency.")
                .limit(currencies.size() > 1 ? 2 : 1)
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }
}
