package dev.antiphon.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an author lets the agent say of a success, found out without one: the author's code is tried with two sets of made-up values,
 * and what differs between the two is a gap. Where that does not work, nothing is found.
 */
final class SuccessWording {
    /** Stands for a value. */
    static final String GAP = "{}";

    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{M}\\p{N}'’]+|[^\\s\\p{L}\\p{N}]");
    private static final String INSIDE_VALUES = ",:;-";
    private static final int MOST_TOKENS = 200;

    private SuccessWording() {}

    /** The words with gaps of what the author lets the agent say, if anything, and these. */
    static <R> List<String> of(
            Optional<BiFunction<R, Object, Saying>> words, Class<R> resultType, List<String> others) {
        return Stream.concat(words.stream().flatMap(each -> of(each, resultType).stream()), others.stream())
                .distinct()
                .toList();
    }

    /** The words with gaps: none, one text, or two that depend on the values. */
    private static <R> List<String> of(BiFunction<R, Object, Saying> words, Class<R> resultType) {
        Optional<Saying> one = tried(words, resultType, MadeUp.ONE);
        Optional<Saying> other = tried(words, resultType, MadeUp.OTHER);
        if (one.isEmpty() || other.isEmpty()) {
            return List.of();
        }
        return one.get() instanceof Saying.Template first && other.get() instanceof Saying.Template second
                ? Stream.of(first.template(), second.template()).distinct().toList()
                : common(text(one.get()), text(other.get()));
    }

    private static String text(Saying saying) {
        return switch (saying) {
            case Utterance utterance -> utterance.text();
            case Saying.Template template -> template.template();
        };
    }

    private static <R> Optional<Saying> tried(BiFunction<R, Object, Saying> words, Class<R> resultType, MadeUp values) {
        return SayingTrial.of(words, resultType, values) instanceof SayingTrial.Said said
                ? Optional.of(said.words())
                : Optional.empty();
    }

    /** What both texts have in common, in order. */
    private static List<String> common(String one, String other) {
        List<String> first = tokens(one);
        List<String> second = tokens(other);
        if (first.size() > MOST_TOKENS || second.size() > MOST_TOKENS) {
            return List.of();
        }
        int[][] longest = new int[first.size() + 1][second.size() + 1];
        for (int i = first.size() - 1; i >= 0; i--) {
            for (int j = second.size() - 1; j >= 0; j--) {
                longest[i][j] = first.get(i).equals(second.get(j))
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        List<String> words = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < first.size() && j < second.size()) {
            if (first.get(i).equals(second.get(j))) {
                words.add(first.get(i));
                i++;
                j++;
            } else {
                addGap(words);
                if (longest[i + 1][j] >= longest[i][j + 1]) {
                    i++;
                } else {
                    j++;
                }
            }
        }
        return List.of(String.join(" ", words));
    }

    /** Values may have commas and colons of their own. */
    private static void addGap(List<String> words) {
        int size = words.size();
        boolean inside = size > 1 && words.get(size - 2).equals(GAP) && INSIDE_VALUES.contains(words.getLast());
        if (inside) {
            words.removeLast();
        } else if (words.isEmpty() || !words.getLast().equals(GAP)) {
            words.add(GAP);
        }
    }

    private static List<String> tokens(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }
}
