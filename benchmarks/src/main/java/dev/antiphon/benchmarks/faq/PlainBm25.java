package dev.antiphon.benchmarks.faq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * What a search engine does out of the box: Lucene's BM25 and English analysis, one document a question, an entry as
 * good as its best question. The score is divided by the idf of all words asked, so that it compares between questions.
 */
final class PlainBm25 implements FaqSearch {
    private static final String QUESTION = "question";

    /** Lucene warns that vectors could be faster, which BM25 does not use. */
    private static final Logger VECTORS =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    static {
        VECTORS.setLevel(Level.SEVERE);
    }

    private final Analyzer analyzer = new EnglishAnalyzer();
    private final List<String> entryOf = new ArrayList<>();
    private final IndexSearcher searcher;

    PlainBm25(FaqSet set, int seeds) {
        try {
            ByteBuffersDirectory directory = new ByteBuffersDirectory();
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
                for (FaqSet.Entry entry : set.entries()) {
                    for (String question : entry.seeds(seeds)) {
                        Document document = new Document();
                        document.add(new TextField(QUESTION, question, Field.Store.NO));
                        writer.addDocument(document);
                        entryOf.add(entry.id());
                    }
                }
            }
            searcher = new IndexSearcher(DirectoryReader.open(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("an index in memory must be writable, but is not", e);
        }
    }

    @Override
    public List<Found> best(String question, int count) {
        try {
            BooleanQuery.Builder query = new BooleanQuery.Builder();
            double idf = 0;
            for (String word : words(question)) {
                Term term = new Term(QUESTION, word);
                int frequency = searcher.getIndexReader().docFreq(term);
                idf += Math.log(1 + (entryOf.size() - frequency + 0.5) / (frequency + 0.5));
                query.add(new TermQuery(term), BooleanClause.Occur.SHOULD);
            }
            Map<String, Double> best = new LinkedHashMap<>();
            for (ScoreDoc hit : searcher.search(query.build(), entryOf.size()).scoreDocs) {
                best.putIfAbsent(entryOf.get(hit.doc), hit.score / idf);
            }
            return best.entrySet().stream()
                    .limit(count)
                    .map(found -> new Found(found.getKey(), found.getValue()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("an index in memory must be readable, but is not", e);
        }
    }

    private Set<String> words(String question) throws IOException {
        Set<String> words = new LinkedHashSet<>();
        try (TokenStream tokens = analyzer.tokenStream(QUESTION, question)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.add(word.toString());
            }
            tokens.end();
        }
        return words;
    }
}
