package dev.antiphon.flow.faq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * BM25 over stemmed words and over character pieces of 3 to 5 letters, one document a question. Both scores are divided
 * by what a document of exactly the query's words could reach, and mixed; an entry scores its best question plus a
 * part of its second best. So scores compare across queries, which a threshold needs.
 */
final class FaqIndex {
    /** Below this an entry is not said to be the answer. */
    static final double DEFAULT_THRESHOLD = 0.28;

    private static final String WORDS = "words";
    private static final String PIECES = "pieces";
    private static final String ENTRY = "entry";
    private static final double SECOND_QUESTION = 0.4;
    private static final double WORDS_SHARE = 0.6;
    private static final int MAX_QUERY_CHARS = 500;

    private final List<FaqEntry> entries;
    private final Analyzer analyzer;
    private final IndexSearcher searcher;

    FaqIndex(List<FaqEntry> entries) {
        this.entries = List.copyOf(entries);
        this.analyzer = new PerFieldAnalyzerWrapper(new EnglishAnalyzer(), Map.of(PIECES, new Pieces()));
        try {
            ByteBuffersDirectory directory = new ByteBuffersDirectory();
            try (IndexWriter writer =
                    new IndexWriter(directory, new IndexWriterConfig(analyzer).setSimilarity(new BM25Similarity()))) {
                for (int i = 0; i < entries.size(); i++) {
                    for (String question : entries.get(i).questions()) {
                        writer.addDocument(document(i, question));
                    }
                }
            }
            searcher = new IndexSearcher(DirectoryReader.open(directory));
            searcher.setSimilarity(new BM25Similarity());
        } catch (IOException e) {
            throw new UncheckedIOException("an index in memory must be writable, but is not", e);
        }
    }

    private static Document document(int entry, String question) {
        Document document = new Document();
        document.add(new StoredField(ENTRY, entry));
        document.add(new TextField(WORDS, question, Field.Store.NO));
        document.add(new TextField(PIECES, question, Field.Store.NO));
        return document;
    }

    List<Faq.Hit> search(String question, int count) {
        String text = question.length() > MAX_QUERY_CHARS ? question.substring(0, MAX_QUERY_CHARS) : question;
        try {
            Map<Integer, Double> byDocument = new HashMap<>();
            score(WORDS, text).forEach((doc, score) -> byDocument.merge(doc, score * WORDS_SHARE, Double::sum));
            score(PIECES, text).forEach((doc, score) -> byDocument.merge(doc, score * (1 - WORDS_SHARE), Double::sum));
            return byEntry(byDocument).entrySet().stream()
                    .map(scored -> new Faq.Hit(entries.get(scored.getKey()), Math.min(1, scored.getValue())))
                    .sorted(Comparator.comparingDouble(Faq.Hit::score).reversed())
                    .limit(count)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("an index in memory must be readable, but is not", e);
        }
    }

    private Map<Integer, Double> byEntry(Map<Integer, Double> byDocument) throws IOException {
        StoredFields stored = searcher.storedFields();
        Map<Integer, double[]> bestTwo = new HashMap<>();
        for (Map.Entry<Integer, Double> scored : byDocument.entrySet()) {
            int entry = Integer.parseInt(stored.document(scored.getKey()).get(ENTRY));
            double[] best = bestTwo.computeIfAbsent(entry, e -> new double[2]);
            double score = scored.getValue();
            if (score > best[0]) {
                best[1] = best[0];
                best[0] = score;
            } else {
                best[1] = Math.max(best[1], score);
            }
        }
        Map<Integer, Double> scores = new HashMap<>();
        bestTwo.forEach((entry, best) -> scores.put(entry, best[0] + SECOND_QUESTION * best[1]));
        return scores;
    }

    /** BM25 scores by document, as a share of what the query's terms could give at most. */
    private Map<Integer, Double> score(String field, String text) throws IOException {
        Set<String> terms = terms(field, text);
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        double ideal = 0;
        int documents = searcher.getIndexReader().numDocs();
        for (String term : terms) {
            int frequency = searcher.getIndexReader().docFreq(new Term(field, term));
            // BM25 of a term that occurs once in a document of average length is its idf divided by 1 + k1.
            ideal += Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5)) / 2.2;
            query.add(new TermQuery(new Term(field, term)), BooleanClause.Occur.SHOULD);
        }
        Map<Integer, Double> scores = new HashMap<>();
        if (!terms.isEmpty()) {
            for (ScoreDoc hit : searcher.search(query.build(), documents).scoreDocs) {
                scores.put(hit.doc, Math.min(1, hit.score / ideal));
            }
        }
        return scores;
    }

    private Set<String> terms(String field, String text) throws IOException {
        Set<String> terms = new LinkedHashSet<>();
        try (TokenStream tokens = analyzer.tokenStream(field, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                terms.add(term.toString());
            }
            tokens.end();
        }
        return terms;
    }

    /** Pieces of 3 to 5 letters of each word, its ends marked. */
    private static final class Pieces extends Analyzer {
        private static final Pattern WORD = Pattern.compile("^(.*)$");

        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new StandardTokenizer();
            TokenStream marked = new PatternReplaceFilter(new LowerCaseFilter(words), WORD, "_$1_", false);
            return new TokenStreamComponents(words, new NGramTokenFilter(marked, 3, 5, true));
        }
    }
}
