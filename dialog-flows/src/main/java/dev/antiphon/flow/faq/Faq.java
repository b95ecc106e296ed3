package dev.antiphon.flow.faq;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Approved answers and the index that finds them. Immutable and thread-safe; the index lives in memory. */
public final class Faq {
    /** A model chooses among so many. */
    private static final int CHOICES = 3;

    private final List<FaqEntry> entries;
    private final FaqIndex index;
    private final double threshold;
    private final Optional<Clarity> clarity;

    private Faq(List<FaqEntry> entries, FaqIndex index, double threshold, Optional<Clarity> clarity) {
        this.entries = entries;
        this.index = index;
        this.threshold = threshold;
        this.clarity = clarity;
    }

    /** From which score, and how far before the second entry, an entry is the answer without further ado. */
    private record Clarity(double score, double margin) {
        static final Clarity DEFAULT = new Clarity(FaqIndex.CLEAR_SCORE, FaqIndex.CLEAR_MARGIN);

        boolean holds(Hit first, double second) {
            return first.score() >= score && first.score() - second >= margin;
        }
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
        Set<String> headings = new HashSet<>();
        entries.stream()
                .map(entry -> entry.questions().getFirst())
                .filter(question -> !headings.add(heading(question)))
                .findFirst()
                .ifPresent(twice -> {
                    throw new IllegalArgumentException(
                            "entries of an FAQ need headings of their own, but '" + twice + "' stands twice");
                });
        return new Faq(
                List.copyOf(entries), new FaqIndex(entries), FaqIndex.DEFAULT_THRESHOLD, Optional.of(Clarity.DEFAULT));
    }

    /** A heading without what does not tell it from others: case, spaces, signs. */
    static String heading(String question) {
        String plain = question.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
        return plain.isEmpty() ? question.strip() : plain;
    }

    private static Faq parse(String name, String text) {
        try {
            boolean yaml = name.toLowerCase(Locale.ROOT).matches(".*\\.ya?ml");
            return yaml ? parseYaml(text) : parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the FAQ file '" + name + "': " + e.getMessage(), e);
        }
    }

    /**
     * An FAQ from a file: YAML when its name ends in {@code .yaml} or {@code .yml}, else Markdown. In Markdown a heading
     * of any level is a question, list items right below it are other ways of asking, the text after them is the answer,
     * and a line {@code Source: …} names the source. In YAML it is a list of entries with the keys {@code question} or
     * {@code questions} (a text or a list, the first one is the heading), {@code answer} and, if wanted, {@code source}.
     *
     * @throws IllegalArgumentException when an entry breaks a rule, with file and line
     */
    public static Faq from(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the FAQ file " + file + " must be readable, but is not", e);
        }
    }

    /**
     * An FAQ from a Markdown or YAML file that is packed with the application, see {@link #from}.
     *
     * @param near a class in the package of the file
     */
    public static Faq fromResource(Class<?> near, String fileName) {
        try (InputStream in = near.getResourceAsStream(fileName)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "the FAQ file '" + fileName + "' must be packed beside " + near.getName() + ", but is not");
            }
            return parse(fileName, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the FAQ file '" + fileName + "' must be readable, but is not", e);
        }
    }

    /** An FAQ from Markdown text, see {@link #from}. */
    public static Faq parse(String markdown) {
        return of(FaqMarkdown.parse(markdown));
    }

    /** An FAQ from YAML text, see {@link #from}. */
    public static Faq parseYaml(String yaml) {
        return of(FaqYaml.parse(yaml));
    }

    /** A copy that answers by itself only from this score on, 0 to 1, default 0.18; higher says "none of these" more often. */
    public Faq withThreshold(double score) {
        return new Faq(entries, index, share("threshold", score), clarity);
    }

    /**
     * A copy that leaves more or fewer questions to the model, see {@link #find}.
     *
     * @param score from which an entry may be clear, 0 to 1; default 0.3
     * @param margin by which it must be ahead of the second one, 0 to 1; default 0.08
     */
    public Faq withClarity(double score, double margin) {
        Clarity next = new Clarity(share("score", score), share("margin", margin));
        return new Faq(entries, index, threshold, Optional.of(next));
    }

    /** A copy that leaves nothing to the model: the best entry from the threshold on, or none. */
    public Faq withoutChoice() {
        return new Faq(entries, index, threshold, Optional.empty());
    }

    private static double share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("the " + name + " must be between 0 and 1, but was " + value);
        }
        return value;
    }

    /** Whether a model is asked where the best entry is not clear. */
    public boolean leavesTheChoice() {
        return clarity.isPresent();
    }

    /** A hash of its entries. */
    public String fingerprint() {
        return index.fingerprint();
    }

    /** From when on it answers by itself, in words. */
    public String rule() {
        String alone = "from " + threshold + " on";
        return clarity.map(rule -> alone + ", by itself from " + rule.score() + " on and " + rule.margin() + " ahead")
                .orElse(alone);
    }

    /** What there is for a question: one answer, several of which a model chooses one or none, or nothing. */
    public Finding find(String question) {
        if (clarity.isEmpty()) {
            return answer(question).<Finding>map(Finding.Clear::new).orElseGet(Finding.None::new);
        }
        List<Hit> hits = best(question, CHOICES);
        if (hits.isEmpty() || hits.getFirst().score() < FaqIndex.FLOOR) {
            return new Finding.None();
        }
        Hit first = hits.getFirst();
        double second = hits.size() > 1 ? hits.get(1).score() : 0;
        boolean clear = first.score() >= threshold
                && clarity.filter(rule -> rule.holds(first, second)).isPresent();
        return clear ? new Finding.Clear(first.entry()) : new Finding.Unclear(hits);
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

    /** The entry whose first question this is. */
    public Optional<FaqEntry> entry(String firstQuestion) {
        return entries.stream()
                .filter(entry -> entry.questions().getFirst().equals(firstQuestion))
                .findFirst();
    }

    /** The entries. */
    public List<FaqEntry> entries() {
        return entries;
    }

    /** What {@link #find} found. */
    public sealed interface Finding {
        /** This is the answer. */
        record Clear(FaqEntry entry) implements Finding {}

        /** Any of these may be the answer, or none: 1 to 3, best first. */
        record Unclear(List<Hit> hits) implements Finding {
            public Unclear {
                hits = List.copyOf(hits);
            }
        }

        /** Nothing is like the question. */
        record None() implements Finding {}
    }

    /**
     * An entry that was found.
     *
     * @param score how sure it is, 0 to 1: how alike the nearest question is and how clearly the entry stands out
     */
    public record Hit(FaqEntry entry, double score) {}
}
