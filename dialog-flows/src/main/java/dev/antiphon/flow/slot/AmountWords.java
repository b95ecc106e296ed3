package dev.antiphon.flow.slot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One or two numbers and the names of currencies among words, as they were said. */
final class AmountWords {
    private static final Set<String> FILLERS = Set.of(
            ("and about around roughly maybe it's it is that's of for please just only exactly the um uh new hong , .")
                    .split(" "));

    private static final Set<String> ONE = Set.of("a", "an");

    private final List<BigDecimal> numbers = new ArrayList<>();
    private final Set<String> codes = new HashSet<>();
    private boolean currencySaid;
    private boolean unitSaid;
    private boolean partsSaid;
    private boolean partsOnly;

    private AmountWords() {}

    /** Empty when there is no number, when there are more than two, or when there are other words. */
    static Optional<AmountWords> of(List<String> tokens, List<Currency> accepted) {
        AmountWords words = new AmountWords();
        int at = 0;
        while (at < tokens.size()) {
            boolean one = ONE.contains(tokens.get(at))
                    && !CurrencyWords.units(Tokens.at(tokens, at + 1), accepted).isEmpty();
            Optional<NumberWords.Part> number =
                    one ? Optional.of(new NumberWords.Part(BigDecimal.ONE, at + 1)) : NumberWords.at(tokens, at);
            if (number.isPresent()) {
                words.numbers.add(number.get().value());
            } else if (!words.takeName(tokens.get(at), accepted)) {
                return Optional.empty();
            }
            at = number.map(NumberWords.Part::next).orElse(at + 1);
        }
        return words.numbers.isEmpty() || words.numbers.size() > 2 ? Optional.empty() : Optional.of(words);
    }

    private boolean takeName(String token, List<Currency> accepted) {
        Set<String> units = CurrencyWords.units(token, accepted);
        Set<String> parts = CurrencyWords.parts(token);
        if (!units.isEmpty()) {
            unitSaid = true;
            narrow(units);
        } else if (!parts.isEmpty()) {
            partsSaid = true;
            partsOnly = numbers.size() == 1 && !unitSaid;
            narrow(parts);
        }
        return !units.isEmpty() || !parts.isEmpty() || FILLERS.contains(token);
    }

    private void narrow(Set<String> names) {
        if (currencySaid) {
            codes.retainAll(names);
        } else {
            codes.addAll(names);
            currencySaid = true;
        }
    }

    /** Whether the words may speak of this currency. */
    boolean allows(String code) {
        return !currencySaid || codes.contains(code);
    }

    /** What the numbers may mean in a currency with so many decimals, the likeliest first. */
    List<BigDecimal> amounts(int decimals) {
        BigDecimal first = numbers.getFirst();
        if (numbers.size() == 1) {
            return List.of(partsOnly ? first.movePointLeft(decimals) : first);
        }
        BigDecimal second = numbers.getLast();
        if (!isWhole(first) || !isWhole(second) || second.signum() <= 0 || digits(second) > decimals) {
            return List.of();
        }
        BigDecimal sum = first.add(second.movePointLeft(decimals));
        boolean twoDigits = second.compareTo(BigDecimal.TEN) >= 0;
        if (unitSaid && (partsSaid || twoDigits)) {
            return List.of(sum);
        }
        boolean joinable = !unitSaid && !partsSaid && twoDigits;
        return joinable ? List.of(sum, first.movePointRight(2).add(second)) : List.of();
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    private static int digits(BigDecimal number) {
        return number.precision() - number.scale();
    }
}
