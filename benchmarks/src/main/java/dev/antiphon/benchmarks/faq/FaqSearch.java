package dev.antiphon.benchmarks.faq;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.faq.FaqEntry;
import java.util.List;
import java.util.Optional;

/** Finds entries for a question. */
interface FaqSearch {

    /** At most {@code count} entries, best first. */
    List<Found> best(String question, int count);

    /**
     * An entry that was found.
     *
     * @param score how sure the search is; higher is surer, comparable between questions
     */
    record Found(String id, double score) {}

    /** The index of the flows. */
    static FaqSearch antiphon(FaqSet set, int seeds) {
        Faq faq = Faq.of(set.entries().stream()
                .map(entry -> new FaqEntry(entry.seeds(seeds), entry.id(), Optional.empty()))
                .toList());
        return (question, count) -> faq.best(question, count).stream()
                .map(hit -> new Found(hit.entry().answer(), hit.score()))
                .toList();
    }
}
