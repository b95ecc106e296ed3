package dev.antiphon.flow;

import com.ibm.icu.text.RuleBasedNumberFormat;
import dev.antiphon.flow.FlowState.Confirmation;
import dev.antiphon.flow.FlowState.Purpose;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether the agent has really said the values that a yes is to. It may reword them, so that what counts is each number, as digits or as
 * a word, and one word of what has no numbers.
 */
final class ReadBack {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+");
    private static final int MOST_DIGITS_OF_A_WORD = 4;

    private ReadBack() {}

    /** Whether the text holds every value that the open question holds. */
    static boolean isTold(Turn turn, Confirmation open, String text) {
        if (open.purpose() != Purpose.VALUES) {
            return true;
        }
        String question = Repair.letters(open.question());
        String said = Repair.letters(text);
        Set<String> words = words(text);
        return turn.task().readBackValues(turn.state.slots()).entrySet().stream()
                .flatMap(value -> value.getValue().map(normal -> turn.spokenAs(value.getKey(), normal)).stream())
                .filter(spoken -> !Repair.letters(spoken).isEmpty() && question.contains(Repair.letters(spoken)))
                .allMatch(spoken -> said.contains(Repair.letters(spoken)) || holds(turn, words, spoken));
    }

    /** Whether words that are about to be said hold this value, in whatever form. */
    static boolean tells(Turn turn, String text, String spoken) {
        String letters = Repair.letters(spoken);
        return letters.isEmpty() || Repair.letters(text).contains(letters) || holds(turn, words(text), spoken);
    }

    /** Whether the text has exactly these words, one after the other. */
    static boolean hasWords(String text, String spoken) {
        List<String> all = inOrder(text);
        List<String> wanted = inOrder(spoken);
        return Collections.indexOfSubList(all, wanted) >= 0;
    }

    private static boolean holds(Turn turn, Set<String> words, String spoken) {
        List<String> numbers =
                NUMBER.matcher(spoken).results().map(MatchResult::group).toList();
        return numbers.isEmpty()
                ? words(spoken).stream().anyMatch(words::contains)
                : numbers.stream().allMatch(number -> isIn(turn, words, number));
    }

    private static boolean isIn(Turn turn, Set<String> words, String number) {
        boolean asDigits = words.stream()
                .anyMatch(word -> NUMBER.matcher(word).results().anyMatch(run -> sameNumber(run.group(), number)));
        return asDigits || inWords(turn.language().locale(), number).anyMatch(words::containsAll);
    }

    private static boolean sameNumber(String one, String other) {
        return one.equals(other) || one.replaceFirst("^0+(?=.)", "").equals(other.replaceFirst("^0+(?=.)", ""));
    }

    /** The number and its ordinal, as words. */
    private static Stream<Set<String>> inWords(Locale locale, String number) {
        if (number.length() > MOST_DIGITS_OF_A_WORD) {
            return Stream.empty();
        }
        RuleBasedNumberFormat spellOut = new RuleBasedNumberFormat(locale, RuleBasedNumberFormat.SPELLOUT);
        long value = Long.parseLong(number);
        Optional<String> ordinal = Stream.of(spellOut.getRuleSetNames())
                .filter(name -> name.startsWith("%spellout-ordinal"))
                .findFirst();
        return Stream.concat(
                Stream.of(words(spellOut.format(value))),
                ordinal.map(rules -> words(spellOut.format(value, rules))).stream());
    }

    private static Set<String> words(String text) {
        return Set.copyOf(inOrder(text));
    }

    private static List<String> inOrder(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
