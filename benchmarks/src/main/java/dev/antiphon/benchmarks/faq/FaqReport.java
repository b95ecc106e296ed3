package dev.antiphon.benchmarks.faq;

import dev.antiphon.benchmarks.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What {@code bench faq} found: a row for every set, number of seed questions and index. */
record FaqReport(Path file, List<Row> rows) implements Report {

    FaqReport {
        rows = List.copyOf(rows);
    }

    /**
     * One measurement.
     *
     * @param seeds seed questions of each entry; its title comes in addition
     * @param index {@code antiphon} or {@code bm25}
     * @param strangers queries that no entry answers
     */
    record Row(String set, int entries, int queries, int strangers, int seeds, String index, FaqMeasure measure) {}

    /** Measures every set with 1, 3 and 5 seed questions an entry, as far as there are so many. */
    static FaqReport measure(Path file, List<FaqSet> sets, IntConsumer progress) {
        List<Row> rows = new ArrayList<>();
        for (FaqSet set : sets) {
            for (int seeds : List.of(1, 3, 5)) {
                if (seeds <= set.seeds()) {
                    rows.add(row(set, seeds, "bm25", FaqMeasure.of(set, () -> new PlainBm25(set, seeds))));
                    rows.add(row(set, seeds, "antiphon", FaqMeasure.of(set, () -> FaqSearch.antiphon(set, seeds))));
                    progress.accept(rows.size());
                }
            }
        }
        return new FaqReport(file, rows);
    }

    private static Row row(FaqSet set, int seeds, String index, FaqMeasure measure) {
        int strangers = (int)
                set.queries().stream().filter(query -> query.entry().isEmpty()).count();
        return new Row(
                set.name(), set.entries().size(), set.queries().size() - strangers, strangers, seeds, index, measure);
    }

    @Override
    public void print(PrintWriter out) {
        out.printf(Locale.ROOT, "%s; k seed questions an entry and its title, no model%n%n", file);
        out.printf(
                Locale.ROOT,
                "%-10s %7s %7s %7s  %s  %-8s %8s %8s %6s %7s %6s %6s %6s %9s %10s %7s%n",
                "set",
                "entries",
                "queries",
                "foreign",
                "k",
                "index",
                "recall@1",
                "recall@3",
                "rej@5",
                "at once",
                "right",
                "wrong",
                "none",
                "build, ms",
                "median, ms",
                "99 %");
        for (Row row : rows) {
            FaqMeasure measure = row.measure();
            out.printf(
                    Locale.ROOT,
                    "%-10s %7d %7d %7d  %d  %-8s %8.1f %8.1f %6s %7s %6s %6s %6s %9.1f %10.2f %7.2f%n",
                    row.set(),
                    row.entries(),
                    row.queries(),
                    row.strangers(),
                    row.seeds(),
                    row.index(),
                    100 * measure.recallAt1(),
                    100 * measure.recallAt3(),
                    row.strangers() == 0 ? "-" : percent(measure.rejectedAt5()),
                    measure.choices().map(choices -> percent(choices.atOnce())).orElse("-"),
                    measure.choices().map(choices -> percent(choices.right())).orElse("-"),
                    measure.choices().map(choices -> percent(choices.wrong())).orElse("-"),
                    measure.choices()
                            .filter(choices -> row.strangers() > 0)
                            .map(choices -> percent(choices.refused()))
                            .orElse("-"),
                    millis(measure.build()),
                    millis(measure.typical()),
                    millis(measure.slow()));
        }
        out.printf(
                Locale.ROOT,
                "%nAll shares in %%. rej@5: share of the foreign queries, which no entry answers, below the score that 5 %% of%n"
                        + "the others are below. at once: queries with an answer that a flow answers without leaving three%n"
                        + "entries to the model. right, wrong: answered rightly and wrongly, and none: foreign queries that%n"
                        + "get no answer, if the model chose without fault, which is the most that can be had. Times of%n"
                        + "building and of a search: processor time of the calling thread; the first rows are slower,%n"
                        + "because the process has just begun.%n");
        out.flush();
    }

    @Override
    public String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("file", file.toString());
        var results = root.putArray("results");
        for (Row row : rows) {
            FaqMeasure measure = row.measure();
            ObjectNode node = results.addObject()
                    .put("set", row.set())
                    .put("entries", row.entries())
                    .put("queries", row.queries())
                    .put("foreign_queries", row.strangers())
                    .put("seeds", row.seeds())
                    .put("index", row.index())
                    .put("recall_at_1", measure.recallAt1())
                    .put("recall_at_3", measure.recallAt3());
            if (row.strangers() > 0) {
                node.put("rejected_at_5", measure.rejectedAt5());
            }
            measure.choices().ifPresent(choices -> {
                node.put("answered_at_once", choices.atOnce())
                        .put("right_with_choice", choices.right())
                        .put("wrong_with_choice", choices.wrong());
                if (row.strangers() > 0) {
                    node.put("refused_with_choice", choices.refused());
                }
            });
            node.put("build_ms", millis(measure.build()))
                    .put("search_ms_p50", millis(measure.typical()))
                    .put("search_ms_p99", millis(measure.slow()));
        }
        return JsonMapper.shared().writeValueAsString(root);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
