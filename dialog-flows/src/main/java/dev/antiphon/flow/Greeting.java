package dev.antiphon.flow;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first words of a call. */
final class Greeting {
    static final Pattern GAP = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9_]*)}");

    private Greeting() {}

    /** The words for a known caller when all that they name is known, else those for anybody. */
    static String of(Turn turn) {
        return turn.flow.knownGreeting().flatMap(words -> filled(turn, words)).orElse(turn.flow.greeting());
    }

    private static Optional<String> filled(Turn turn, String words) {
        StringBuilder filled = new StringBuilder();
        Matcher gap = GAP.matcher(words);
        while (gap.find()) {
            Optional<String> value = turn.flow.slot(gap.group(1)).flatMap(turn::spoken);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            gap.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(gap.appendTail(filled).toString());
    }
}
