package dev.antiphon.flow;

import dev.antiphon.flow.say.Cues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a sentence says what a flow says of a success, in its own or similar words: all words of one of its sentences that carry
 * meaning, in their order, or in any order where the agent says that it was done ("I've set your alarm"). One such word tells too
 * little: then the whole sentence must be there but for its values.
 */
final class SuccessClaims {
    private static final int MOST_WORDS_OF_A_VALUE = 12;
    private static final int SENTENCE = 3;
    private static final Pattern NEVER = Pattern.compile("(?!)");

    /** One sentence, or a part of it between commas. */
    private record Wording(List<String> words, List<String> content) {
        static Wording of(Cues cues, String text) {
            String open = text.replace(SuccessWording.GAP, " \u0000 ");
            List<String> words = Stream.of(open.toLowerCase(Locale.ROOT)
                            .replace('’', '\'')
                            .replaceAll("[^\\p{L}\\p{N}'\u0000]+", " ")
                            .strip()
                            .split(" "))
                    .toList();
            return new Wording(words, meaning(cues, words));
        }

        /** The sentence with anything in its gaps. */
        Pattern whole() {
            List<String> inner = new ArrayList<>(words);
            while (!inner.isEmpty() && inner.getFirst().equals("\u0000")) {
                inner.removeFirst();
            }
            while (!inner.isEmpty() && inner.getLast().equals("\u0000")) {
                inner.removeLast();
            }
            String expression = inner.stream()
                    .map(word -> word.equals("\u0000")
                            ? "\\S+(?: \\S+){0," + MOST_WORDS_OF_A_VALUE + "}?"
                            : Pattern.quote(word))
                    .collect(Collectors.joining(" "));
            return Pattern.compile("(?<=^| )" + expression + "(?= |$)");
        }

        /** One word and a code, and nothing but courtesy before them: "done X1". */
        Pattern withCode() {
            boolean wordAndValue = words.size() == 2 && words.getLast().equals("\u0000");
            return wordAndValue
                    ? Pattern.compile("^((great|okay|ok|perfect|and|all) )*" + Pattern.quote(words.getFirst())
                            + "( \\S*\\d\\S*| \\p{L})+$")
                    : NEVER;
        }

        boolean isSentence() {
            return words.stream().filter(word -> !word.equals("\u0000")).count() >= SENTENCE;
        }
    }

    private final Cues cues;
    private final List<Wording> wordings;

    /** @param texts success wordings of tasks, with {@code {}} for values */
    SuccessClaims(Cues cues, List<String> texts) {
        this.cues = cues;
        this.wordings = texts.stream()
                .flatMap(text -> cues.sentenceEnd().splitAsStream(text))
                .filter(sentence -> !sentence.strip().endsWith("?"))
                .flatMap(SuccessClaims::parts)
                .map(part -> Wording.of(cues, part))
                .filter(wording -> !wording.content().isEmpty())
                .toList();
    }

    /** The whole, and what stands between commas. */
    static Stream<String> parts(String sentence) {
        return Stream.concat(Stream.of(sentence), Stream.of(sentence.split("[,;:–—]")))
                .distinct();
    }

    /** Whether a clause, in lower case and without signs, is such a claim. */
    boolean isClaim(String clause) {
        List<String> words = List.of(clause.split(" "));
        return wordings.stream()
                .filter(wording -> says(wording, clause, words))
                .anyMatch(wording -> isMeant(wording, clause));
    }

    /** Whether a clause may only repeat such a success: all words that carry meaning are there. */
    boolean mayRepeat(String clause) {
        List<String> words = List.of(clause.split(" "));
        return wordings.stream().anyMatch(wording -> words.containsAll(wording.content()));
    }

    private boolean says(Wording wording, String clause, List<String> words) {
        if (wording.content().size() == 1) {
            return wording.isSentence()
                    ? wording.whole().matcher(clause).find()
                    : meaning(cues, words).equals(wording.content()) && words.size() <= SENTENCE
                            || beginsWith(wording, clause)
                            || wording.withCode().matcher(clause).find();
        }
        return inOrder(wording.content(), words)
                || words.containsAll(wording.content())
                        && cues.accomplished().matcher(clause).find();
    }

    /** "Great, reserved at Kos", but not "Kos, where we reserved at noon". */
    private boolean beginsWith(Wording wording, String clause) {
        Matcher whole = wording.whole().matcher(clause);
        return wording.words().size() >= SENTENCE
                && whole.find()
                && meaning(cues, List.of(clause.substring(0, whole.start()).split(" ")))
                        .isEmpty();
    }

    /** Not denied, wished, asked for or to come, unless the flow's own sentence has that word too. */
    private boolean isMeant(Wording wording, String clause) {
        Set<String> own = new HashSet<>(wording.words());
        Predicate<MatchResult> isOther =
                match -> !own.containsAll(List.of(match.group().split(" ")))
                        && own.stream().noneMatch(word -> word.endsWith(match.group()) && word.contains("'"));
        return Stream.of(cues.hedged(), cues.intended())
                .flatMap(pattern -> pattern.matcher(clause).results())
                .noneMatch(isOther);
    }

    private static boolean inOrder(List<String> wanted, List<String> words) {
        int next = 0;
        for (String word : words) {
            if (next < wanted.size() && wanted.get(next).equals(word)) {
                next++;
            }
        }
        return next == wanted.size();
    }

    private static List<String> meaning(Cues cues, List<String> words) {
        return words.stream()
                .filter(word -> !word.equals("\u0000")
                        && word.chars().anyMatch(Character::isLetter)
                        && !cues.functionWords().contains(word))
                .toList();
    }
}
