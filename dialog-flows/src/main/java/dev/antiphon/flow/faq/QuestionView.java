package dev.antiphon.flow.faq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * One way of looking at questions: the terms that an analyzer sees in them, and how alike two questions are by these.
 *
 * <p>Alike is the cosine of their terms' weights, 0 to 1. A term weighs {@code (1 + ln tf) · √idf}: the root, so that a
 * term that two questions share counts its idf once, as in BM25. The idf is that of the entries, not of the questions:
 * a word in all questions of one entry is its best mark and must not count as common. {@link EverydayPhrases} count as
 * entries there. Terms that no entry has lengthen a query, so that a question about something else is like nothing
 * here. Immutable and thread-safe.
 */
final class QuestionView {
    private final Analyzer analyzer;
    private final Map<String, Integer> vocabulary = new HashMap<>();
    private final double[] roots;
    private final double unknownRoot;
    private final List<Vector> questions;
    private final List<Postings> postings;

    /** A view of questions; {@code entryOf} has the entry of each, from 0. */
    QuestionView(Analyzer analyzer, List<String> texts, int[] entryOf) {
        this.analyzer = analyzer;
        List<Map<String, Integer>> counts = texts.stream().map(this::count).toList();
        List<Set<Integer>> entriesOf = new ArrayList<>();
        for (int question = 0; question < counts.size(); question++) {
            note(counts.get(question).keySet(), entryOf[question], entriesOf);
        }
        int entries = (int) Arrays.stream(entryOf).distinct().count();
        for (String phrase : EverydayPhrases.all()) {
            entries++;
            note(count(phrase).keySet(), -entries, entriesOf);
        }
        double counted = entries;
        roots = entriesOf.stream()
                .mapToDouble(of -> Math.sqrt(Math.log(1 + counted / of.size())))
                .toArray();
        unknownRoot = Math.sqrt(Math.log(1 + counted));
        questions = counts.stream().map(this::vector).toList();
        postings = postings();
    }

    private void note(Set<String> terms, int entry, List<Set<Integer>> entriesOf) {
        for (String term : terms) {
            int id = vocabulary.computeIfAbsent(term, added -> vocabulary.size());
            if (id == entriesOf.size()) {
                entriesOf.add(new HashSet<>());
            }
            entriesOf.get(id).add(entry);
        }
    }

    /** How alike a text is to every question, by the question's place. */
    double[] similarities(String text) {
        double[] similarities = new double[questions.size()];
        Vector query = vector(count(text));
        for (int i = 0; i < query.terms.length; i++) {
            postings.get(query.terms[i]).add(query.weights[i], similarities);
        }
        return similarities;
    }

    /** How alike these questions are to each other, in their order. */
    double[][] similarities(int[] places) {
        double[][] similarities = new double[places.length][places.length];
        float[] spread = new float[roots.length];
        for (int row = 0; row < places.length; row++) {
            Vector vector = questions.get(places[row]);
            vector.spread(spread);
            for (int column = 0; column <= row; column++) {
                double similarity = questions.get(places[column]).dot(spread);
                similarities[row][column] = similarity;
                similarities[column][row] = similarity;
            }
            vector.clear(spread);
        }
        return similarities;
    }

    private Map<String, Integer> count(String text) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        try (TokenStream tokens = analyzer.tokenStream("question", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                counts.merge(term.toString(), 1, Integer::sum);
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory must be readable, but is not", e);
        }
        return counts;
    }

    private Vector vector(Map<String, Integer> counts) {
        int[] terms = new int[counts.size()];
        float[] weights = new float[counts.size()];
        int known = 0;
        double squares = 0;
        for (Map.Entry<String, Integer> counted : counts.entrySet()) {
            int id = vocabulary.getOrDefault(counted.getKey(), -1);
            double weight = (1 + Math.log(counted.getValue())) * (id < 0 ? unknownRoot : roots[id]);
            squares += weight * weight;
            if (id >= 0) {
                terms[known] = id;
                weights[known] = (float) weight;
                known++;
            }
        }
        for (int i = 0; i < known; i++) {
            weights[i] /= (float) Math.sqrt(squares);
        }
        return new Vector(Arrays.copyOf(terms, known), Arrays.copyOf(weights, known));
    }

    private List<Postings> postings() {
        int[] sizes = new int[roots.length];
        questions.forEach(question -> {
            for (int term : question.terms) {
                sizes[term]++;
            }
        });
        List<Postings> lists = Arrays.stream(sizes).mapToObj(Postings::new).toList();
        for (int place = 0; place < questions.size(); place++) {
            Vector question = questions.get(place);
            for (int i = 0; i < question.terms.length; i++) {
                lists.get(question.terms[i]).put(place, question.weights[i]);
            }
        }
        return lists;
    }

    /** The known terms of a text and their weights; the length of the whole text's weights is 1. */
    private static final class Vector {
        private final int[] terms;
        private final float[] weights;

        Vector(int[] terms, float[] weights) {
            this.terms = terms;
            this.weights = weights;
        }

        void spread(float[] byTerm) {
            for (int i = 0; i < terms.length; i++) {
                byTerm[terms[i]] = weights[i];
            }
        }

        void clear(float[] byTerm) {
            for (int term : terms) {
                byTerm[term] = 0;
            }
        }

        double dot(float[] byTerm) {
            double sum = 0;
            for (int i = 0; i < terms.length; i++) {
                sum += weights[i] * byTerm[terms[i]];
            }
            return sum;
        }
    }

    /** The questions with a term, and its weight in each. */
    private static final class Postings {
        private final int[] places;
        private final float[] weights;
        private int size;

        Postings(int capacity) {
            places = new int[capacity];
            weights = new float[capacity];
        }

        void put(int place, float weight) {
            places[size] = place;
            weights[size] = weight;
            size++;
        }

        void add(float weight, double[] byPlace) {
            for (int i = 0; i < size; i++) {
                byPlace[places[i]] += weight * weights[i];
            }
        }
    }
}
