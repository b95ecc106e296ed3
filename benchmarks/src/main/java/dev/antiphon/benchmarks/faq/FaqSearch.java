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
     * What a flow would do with a question: answer at once, let a model choose among three entries, or say none. Empty for a
     * search without a rule for that.
     */
    default Optional<Decision> decide(String question) {
        return Optional.empty();
    }

    /** What a flow does with a question. */
    sealed interface Decision {
        /** This entry is answered at once. */
        record AtOnce(String id) implements Decision {}

        /** A model chooses one of these or none. */
        record Choice(List<String> ids) implements Decision {
            public Choice {
                ids = List.copyOf(ids);
            }
        }

        /** No entry is answered. */
        record Nothing() implements Decision {}
    }

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
        return new FaqSearch() {
            @Override
            public List<Found> best(String question, int count) {
                return faq.best(question, count).stream()
                        .map(hit -> new Found(hit.entry().answer(), hit.score()))
                        .toList();
            }

            @Override
            public Optional<Decision> decide(String question) {
                return Optional.of(
                        switch (faq.find(question)) {
                            case Faq.Finding.Clear clear ->
                                new Decision.AtOnce(clear.entry().answer());
                            case Faq.Finding.Unclear unclear ->
                                new Decision.Choice(unclear.hits().stream()
                                        .map(hit -> hit.entry().answer())
                                        .toList());
                            case Faq.Finding.None none -> new Decision.Nothing();
                        });
            }
        };
    }
}
