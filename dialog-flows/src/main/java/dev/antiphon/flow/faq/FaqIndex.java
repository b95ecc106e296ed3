package dev.antiphon.flow.faq;

import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;

/**
 * Finds entries in two steps. The nearest entries come first: those with the question most alike by stemmed words and by
 * character pieces, which forgive endings, spelling and compounds and see which words follow each other. Then the
 * questions of these entries are weighed against each other by kernel ridge regression (Saunders, Gammerman and Vovk,
 * 1998): questions that say the same count together once, and what all candidates share ("my card") counts for none.
 * An entry gets the weights of its questions. A score is the mean of that and of how alike the nearest question is, 0
 * for a question that has nothing in common with any entry.
 *
 * <p>The constants were chosen on 105 entries with 2,700 queries, over several choices of seed questions and of entries;
 * recall is flat around their values. Immutable and thread-safe.
 */
final class FaqIndex {
    /** The most entries that a search finds. */
    static final int CANDIDATES = 16;

    /** Below this an entry is not said to be the answer: 3 % of the right first entries are, three seed questions each. */
    static final double DEFAULT_THRESHOLD = 0.18;

    /**
     * From this score and this far before the second an entry is clear: with three seed questions each, 45 % (clinc) and
     * 53 % (banking) of the questions with an answer are, and 4.7 and 4.1 % of these get a wrong one.
     */
    static final double CLEAR_SCORE = 0.3;

    static final double CLEAR_MARGIN = 0.08;

    /** Below this nothing is offered to a model: not one in a thousand right entries is, three seed questions each. */
    static final double FLOOR = 0.1;

    private static final double WORDS_SHARE = 1 / 3.0;
    /** How much the regression distrusts single questions; 0 believes each of them wholly. */
    private static final double RIDGE = 0.3;

    /** Bounds the work where entries have dozens of questions; the farther ones hardly weigh. */
    private static final int QUESTIONS_PER_CANDIDATE = 8;

    private static final int MAX_QUERY_CHARS = 500;

    private final List<FaqEntry> entries;
    private final String fingerprint;
    /** The entry of each question, and for each entry the place of its first question, and the end. */
    private final int[] entryOf;

    private final int[] starts;
    private final QuestionView words;
    private final QuestionView pieces;

    FaqIndex(List<FaqEntry> entries) {
        this.entries = List.copyOf(entries);
        fingerprint = FaqEntry.fingerprint(this.entries);
        List<String> questions = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        starts = new int[entries.size() + 1];
        for (int i = 0; i < entries.size(); i++) {
            for (String question : entries.get(i).questions()) {
                questions.add(padded(question));
                owners.add(i);
            }
            starts[i + 1] = questions.size();
        }
        entryOf = owners.stream().mapToInt(Integer::intValue).toArray();
        words = new QuestionView(new EnglishAnalyzer(), questions, entryOf);
        pieces = new QuestionView(new Pieces(), questions, entryOf);
    }

    /** A hash of the entries, made once: an FAQ may be large, and every call asks for its version. */
    String fingerprint() {
        return fingerprint;
    }

    /** At most {@code count} entries that share something with the question, best first. */
    List<Faq.Hit> search(String question, int count) {
        String text = padded(question.length() > MAX_QUERY_CHARS ? question.substring(0, MAX_QUERY_CHARS) : question);
        double[] alike = mixed(words.similarities(text), pieces.similarities(text));
        double[] nearest = new double[entries.size()];
        for (int place = 0; place < alike.length; place++) {
            nearest[entryOf[place]] = Math.max(nearest[entryOf[place]], alike[place]);
        }
        double nearestOfAll = Arrays.stream(nearest).max().orElse(0);
        double[] weights = new double[entries.size()];
        List<Integer> candidates = IntStream.range(0, nearest.length)
                .filter(entry -> nearest[entry] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(entry -> -nearest[entry]))
                .limit(CANDIDATES)
                .toList();
        weigh(candidates, alike, weights);
        return candidates.stream()
                .sorted(Comparator.comparingDouble(entry -> -weights[entry]))
                .limit(count)
                .map(entry ->
                        new Faq.Hit(entries.get(entry), Math.clamp((weights[entry] + nearestOfAll) / 2, 0.0, 1.0)))
                .toList();
    }

    /** Adds the weights of each candidate's questions to its place in {@code weights}. */
    private void weigh(List<Integer> candidates, double[] alike, double[] weights) {
        int[] places = candidates.stream()
                .flatMapToInt(entry -> nearestQuestions(entry, alike))
                .toArray();
        double[][] kernel = words.similarities(places);
        double[][] byPieces = pieces.similarities(places);
        double[] target = new double[places.length];
        for (int row = 0; row < places.length; row++) {
            kernel[row] = sharpened(mixed(kernel[row], byPieces[row]));
            kernel[row][row] += RIDGE;
            target[row] = alike[places[row]];
        }
        double[] solved = Cholesky.solve(kernel, sharpened(target));
        for (int row = 0; row < places.length; row++) {
            weights[entryOf[places[row]]] += solved[row];
        }
    }

    private IntStream nearestQuestions(int entry, double[] alike) {
        return IntStream.range(starts[entry], starts[entry + 1])
                .boxed()
                .sorted(Comparator.comparingDouble(place -> -alike[place]))
                .limit(QUESTIONS_PER_CANDIDATE)
                .mapToInt(Integer::intValue);
    }

    private static double[] mixed(double[] byWords, double[] byPieces) {
        double[] mixed = new double[byWords.length];
        Arrays.setAll(mixed, i -> WORDS_SHARE * byWords[i] + (1 - WORDS_SHARE) * byPieces[i]);
        return mixed;
    }

    /** The exponential of similarities, still 0 to 1: one near question counts more than several that are less so. */
    private static double[] sharpened(double[] similarities) {
        return Arrays.stream(similarities)
                .map(similarity -> Math.expm1(similarity) / Math.expm1(1))
                .toArray();
    }

    /** The ends of the text are ends of words. */
    private static String padded(String text) {
        return " " + text + " ";
    }

    /** Pieces of 3 to 5 characters, also across words; anything but letters and digits is one space. */
    private static final class Pieces extends Analyzer {
        private static final Pattern APOSTROPHE = Pattern.compile("['’]");
        private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

        @Override
        protected Reader initReader(String field, Reader text) {
            return new PatternReplaceCharFilter(BETWEEN_WORDS, " ", new PatternReplaceCharFilter(APOSTROPHE, "", text));
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer pieces = new NGramTokenizer(3, 5);
            return new TokenStreamComponents(pieces, new LowerCaseFilter(pieces));
        }
    }
}
