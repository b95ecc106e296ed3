package dev.antiphon.flow.faq;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Approved answers and the index that finds them. Immutable and thread-safe; the index lives in memory. */
public final class Faq {
    private final List<FaqEntry> entries;
    private final FaqIndex index;
    private final double threshold;

    private Faq(List<FaqEntry> entries, FaqIndex index, double threshold) {
        this.entries = entries;
        this.index = index;
        this.threshold = threshold;
    }

    /** An FAQ of these entries. */
    public static Faq of(FaqEntry... entries) {
        return of(List.of(entries));
    }

    /** An FAQ of these entries. */
    public static Faq of(List<FaqEntry> entries) {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("an FAQ needs at least 1 entry, but has none");
        }
        entries.stream().filter(entry -> entry.answer().isBlank()).findFirst().ifPresent(entry -> {
            throw new IllegalArgumentException(
                    "an FAQ entry needs an answer, but '" + entry.questions().getFirst() + "' has none");
        });
        return new Faq(List.copyOf(entries), new FaqIndex(entries), FaqIndex.DEFAULT_THRESHOLD);
    }

    /**
     * An FAQ from a Markdown file: a heading of any level is a question, list items right below it are other ways of
     * asking, the text after them is the answer, and a line {@code Source: …} names the source.
     */
    public static Faq from(Path markdown) {
        try {
            return parse(Files.readString(markdown));
        } catch (IOException e) {
            throw new UncheckedIOException("the FAQ file " + markdown + " must be readable, but is not", e);
        }
    }

    /**
     * An FAQ from a Markdown file that is packed with the application, see {@link #from}.
     *
     * @param near a class in the package of the file
     */
    public static Faq fromResource(Class<?> near, String fileName) {
        try (InputStream in = near.getResourceAsStream(fileName)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "the FAQ file '" + fileName + "' must be packed beside " + near.getName() + ", but is not");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the FAQ file '" + fileName + "' must be readable, but is not", e);
        }
    }

    /** An FAQ from Markdown text, see {@link #from}. */
    public static Faq parse(String markdown) {
        return of(FaqMarkdown.parse(markdown));
    }

    /** A copy that answers only from this score on, 0 to 1, default 0.18; higher says "none of these" more often. */
    public Faq withThreshold(double score) {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("the threshold must be between 0 and 1, but was " + score);
        }
        return new Faq(entries, index, score);
    }

    /** The entry that answers a question best, or none of them. */
    public Optional<FaqEntry> answer(String question) {
        return best(question, 1).stream()
                .filter(hit -> hit.score() >= threshold)
                .map(Hit::entry)
                .findFirst();
    }

    /**
     * The best entries for a question, best first, whatever their score: at most {@code count} and at most 16, fewer when
     * fewer share anything with the question. A model that is to choose gets the first three, and may say none.
     */
    public List<Hit> best(String question, int count) {
        return index.search(question, count);
    }

    /** The entries. */
    public List<FaqEntry> entries() {
        return entries;
    }

    /**
     * An entry that was found.
     *
     * @param score how sure it is, 0 to 1: how alike the nearest question is and how clearly the entry stands out
     */
    public record Hit(FaqEntry entry, double score) {}
}
