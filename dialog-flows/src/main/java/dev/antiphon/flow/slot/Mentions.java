package dev.antiphon.flow.slot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Which names occur in what was said, and which of them the caller excludes: "not small", "anything but large", "groß lieber nicht".
 * A negation that is part of a name, as in "without breakfast", excludes nothing. "No" right before a name ("no large") may be an
 * answer or a negation, and counts as excluding.
 *
 * @param wanted names that occur and are not excluded
 * @param excluded names that occur as what is not meant
 */
record Mentions(Set<String> wanted, Set<String> excluded) {
    private static final Pattern PIECE = Pattern.compile("[\\p{L}\\p{N}]+|[,.;:!?]");
    private static final String NOT = "~";
    private static final Pattern ALL_BUT = Pattern.compile(
            "\\b(?:(?:any|every)(?: ?(?:thing|one))?|all) (?:but|except(?: for)?)\\b|\\balle[sn]? (?:außer|bis auf)\\b",
            Pattern.UNICODE_CHARACTER_CLASS);
    /** Beside a name, these do not exclude it. */
    private static final Pattern IDIOM = Pattern.compile(
            "\\b(?:why not|not? (?:a )?(?:problem|doubt|worries)|(?:do not|don t|dont|wouldn t) (?:mind|care|know)|nothing but"
                    + "|not only|not sure|no idea|isn t it|warum nicht|wieso nicht|kein problem|nicht nur|nicht wahr"
                    + "|weiß (?:ich |es )*nicht|keine ahnung|ohne (?:frage|zweifel))\\b",
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern ANSWER = Pattern.compile("^((?:oh|um|uh|well|ach|äh) )*(?:no )+(?!#)");
    private static final Pattern NEGATION = Pattern.compile(
            "\\b(?:not|never|without|except|neither|nor|excluding|(?:rather|other) than|instead of|cannot|no|\\p{L}+n t|dont"
                    + "|doesnt|isnt|wont|nicht|nein danke|kein(?:e[nmrs]?)?|ohne|außer|weder|niemals|statt|anstatt)\\b",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern END = Pattern.compile(
            "[,.;:!?]|\\b(?:but|instead(?! of)|rather(?! than)|sondern|aber|lieber(?! nicht)|i want|i d like|i would like|make it"
                    + "|give me|i ll take|ich (?:will|möchte|hätte|nehme))\\b",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern BEFORE_THANKS = Pattern.compile(" [,.;:!?](?= (?:no thank|nein danke))");
    private static final Pattern MARK = Pattern.compile("#(\\d+)");

    /** Words that are one name, or names that overlap. */
    private record Span(int from, int to, Set<String> names) {
        boolean isInside(Span other) {
            return from >= other.from && to <= other.to && to - from < other.to - other.from;
        }

        Span and(Span other) {
            Set<String> both = new TreeSet<>(names);
            both.addAll(other.names);
            return new Span(from, Math.max(to, other.to), both);
        }
    }

    /** Names in words: all in lower case, and the names without signs, a space between two words. */
    static Mentions of(String words, Set<String> names) {
        List<String> pieces =
                PIECE.matcher(words).results().map(MatchResult::group).toList();
        List<Span> spans = spans(pieces.stream().filter(Mentions::isWord).toList(), names);
        Mentions mentions = new Mentions(new TreeSet<>(), new TreeSet<>());
        String marked = BEFORE_THANKS.matcher(sketch(pieces, spans)).replaceAll("");
        marked = ANSWER.matcher(marked).replaceFirst("");
        marked = ALL_BUT.matcher(marked).replaceAll(NOT);
        marked = IDIOM.matcher(marked).replaceAll("");
        marked = END.matcher(marked).replaceAll(",");
        for (String clause : NEGATION.matcher(marked).replaceAll(NOT).split(",")) {
            mentions.take(clause, spans);
        }
        mentions.wanted.removeAll(mentions.excluded);
        return mentions;
    }

    /** What follows a negation in its clause is excluded; where nothing follows, what went before it. */
    private void take(String clause, List<Span> spans) {
        int not = clause.indexOf(NOT);
        boolean isLast = not >= 0 && clause.indexOf('#', not) < 0;
        MARK.matcher(clause).results().forEach(mark -> {
            boolean isExcluded = isLast || not >= 0 && mark.start() > not;
            (isExcluded ? excluded : wanted)
                    .addAll(spans.get(Integer.parseInt(mark.group(1))).names());
        });
    }

    /** The pieces with a mark for each span: {@code i don t want #0 , #1}. */
    private static String sketch(List<String> pieces, List<Span> spans) {
        List<String> sketch = new ArrayList<>();
        int word = 0;
        int next = 0;
        for (String piece : pieces) {
            int from = next < spans.size() ? spans.get(next).from() : Integer.MAX_VALUE;
            boolean isCovered = isWord(piece) ? word >= from : word > from;
            if (!isCovered) {
                sketch.add(piece);
            } else if (word == from) {
                sketch.add("#" + next);
            }
            word += isWord(piece) ? 1 : 0;
            next += isCovered && word == spans.get(next).to() ? 1 : 0;
        }
        return String.join(" ", sketch);
    }

    /** The longest names at their places, in order. */
    private static List<Span> spans(List<String> words, Set<String> names) {
        List<Span> found = new ArrayList<>();
        for (String name : names) {
            List<String> parts = List.of(name.split(" "));
            for (int i = 0; i + parts.size() <= words.size(); i++) {
                if (words.subList(i, i + parts.size()).equals(parts)) {
                    found.add(new Span(i, i + parts.size(), Set.of(name)));
                }
            }
        }
        List<Span> spans = new ArrayList<>();
        found.stream()
                .filter(span -> found.stream().noneMatch(span::isInside))
                .sorted(Comparator.comparingInt(Span::from))
                .forEach(span -> {
                    boolean overlaps =
                            !spans.isEmpty() && span.from() < spans.getLast().to();
                    spans.add(overlaps ? spans.removeLast().and(span) : span);
                });
        return spans;
    }

    private static boolean isWord(String piece) {
        return Character.isLetterOrDigit(piece.codePointAt(0));
    }
}
