package dev.antiphon.flow.slot;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A whole number that is put together word by word: "two hundred and five thousand", "a dozen", "1,250". */
final class WholeNumberWords {
    static final List<String> UNITS = List.of(
            ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
                            + " seventeen eighteen nineteen")
                    .split(" "));
    static final Map<String, BigDecimal> SCALES = Map.of(
            "thousand", new BigDecimal(1_000),
            "k", new BigDecimal(1_000),
            "million", new BigDecimal(1_000_000),
            "billion", new BigDecimal(1_000_000_000));
    private static final List<String> TENS =
            List.of("twenty thirty forty fifty sixty seventy eighty ninety".split(" "));
    private static final Set<String> ARTICLES = Set.of("a", "an");
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final BigDecimal DOZEN = new BigDecimal(12);

    private final List<String> tokens;
    private final int from;
    private int at;
    private BigDecimal total = BigDecimal.ZERO;
    private BigDecimal group = BigDecimal.ZERO;
    private Optional<BigDecimal> lastScale = Optional.empty();

    /** What is added to the group must be less. */
    private int room = 1_000;

    private WholeNumberWords(List<String> tokens, int from) {
        this.tokens = tokens;
        this.from = from;
        this.at = from;
    }

    /** The longest number that begins at a place. */
    static Optional<NumberWords.Part> at(List<String> tokens, int from) {
        WholeNumberWords number = new WholeNumberWords(tokens, from);
        return number.couple().or(number::read);
    }

    private Optional<NumberWords.Part> couple() {
        int noun = isArticle() ? from + 1 : from;
        int behind = Tokens.at(tokens, noun + 1).equals("of") ? noun + 2 : noun + 1;
        return Tokens.at(tokens, noun).equals("couple")
                ? Optional.of(new NumberWords.Part(new BigDecimal(2), behind))
                : Optional.empty();
    }

    private Optional<NumberWords.Part> read() {
        int first = from;
        if (isArticle() && isScale(Tokens.at(tokens, from + 1))) {
            group = BigDecimal.ONE;
            room = 0;
            first++;
            at++;
        }
        while (takes(Tokens.at(tokens, at))) {
            at++;
        }
        return at > first ? Optional.of(new NumberWords.Part(total.add(group), at)) : Optional.empty();
    }

    private boolean isArticle() {
        return ARTICLES.contains(Tokens.at(tokens, from));
    }

    private static boolean isScale(String token) {
        return SCALES.containsKey(token) || token.equals("hundred") || token.equals("dozen");
    }

    /** Whether a word goes on with the number; then it is part of it. */
    private boolean takes(String token) {
        return takesSmall(small(token)) || takesFigure(token) || takesScale(token) || goesOnAfter(token);
    }

    private boolean takesSmall(int value) {
        boolean fits = value > 0 && value < room || value == 0 && at == from;
        if (fits) {
            group = group.add(new BigDecimal(value));
            room = value >= 20 ? 10 : 0;
        }
        return fits;
    }

    private boolean takesFigure(String token) {
        Optional<BigDecimal> figure = at == from ? NumberWords.figure(token) : Optional.empty();
        figure.ifPresent(value -> {
            group = value;
            room = 0;
        });
        return figure.isPresent();
    }

    private boolean takesScale(String token) {
        if (group.signum() <= 0) {
            return false;
        }
        if (token.equals("hundred") && group.compareTo(HUNDRED) < 0) {
            group = group.multiply(HUNDRED);
            room = 100;
            return true;
        }
        if (token.equals("dozen")) {
            group = group.multiply(DOZEN);
            room = 0;
            return true;
        }
        Optional<BigDecimal> scale = Optional.ofNullable(SCALES.get(token))
                .filter(next -> lastScale.map(last -> next.compareTo(last) < 0).orElse(true));
        scale.ifPresent(factor -> {
            total = total.add(group.multiply(factor));
            group = BigDecimal.ZERO;
            lastScale = scale;
            room = 1_000;
        });
        return scale.isPresent();
    }

    /** "Two hundred and five": more must follow. */
    private boolean goesOnAfter(String token) {
        boolean goesOn = token.equals("and") && room >= 100 && at > from && small(Tokens.at(tokens, at + 1)) > 0;
        room = goesOn ? 100 : room;
        return goesOn;
    }

    private static int small(String token) {
        int unit = UNITS.indexOf(token);
        int ten = TENS.indexOf(token);
        return unit >= 0 || ten < 0 ? unit : 20 + 10 * ten;
    }
}
