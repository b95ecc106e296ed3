package dev.antiphon.benchmarks.faq;

import dev.antiphon.benchmarks.faq.FaqSearch.Decision;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the rule of the flows makes of a set, with a model that chooses without fault: an upper bound. All are shares, 0 to 1.
 *
 * @param atOnce of the questions with an answer: answered at once, rightly or wrongly
 * @param right of the questions with an answer: the right one is given
 * @param wrong of the questions with an answer: a wrong one is given, at once
 * @param refused of the questions without an answer: none is given; NaN where all questions have an answer
 */
record FaqChoices(double atOnce, double right, double wrong, double refused) {

    /** Empty for a search that has no such rule. */
    static Optional<FaqChoices> of(FaqSet set, FaqSearch search) {
        List<Decided> decided = set.queries().stream()
                .flatMap(query -> search.decide(query.text()).map(made -> new Decided(query, made)).stream())
                .toList();
        if (decided.isEmpty()) {
            return Optional.empty();
        }
        List<Decided> answerable = decided.stream()
                .filter(each -> each.query().entry().isPresent())
                .toList();
        List<Decided> strangers =
                decided.stream().filter(each -> each.query().entry().isEmpty()).toList();
        return Optional.of(new FaqChoices(
                share(answerable, Decided::atOnce),
                share(answerable, Decided::right),
                share(answerable, each -> each.atOnce() && !each.right()),
                share(strangers, each -> !each.atOnce())));
    }

    private static double share(List<Decided> all, Predicate<Decided> wanted) {
        return all.stream().filter(wanted).count() / (double) all.size();
    }

    /** A question and what is done with it. */
    private record Decided(FaqSet.Query query, Decision decision) {
        boolean atOnce() {
            return decision instanceof Decision.AtOnce;
        }

        boolean right() {
            return query.entry().isPresent()
                    && switch (decision) {
                        case Decision.AtOnce given ->
                            given.id().equals(query.entry().get());
                        case Decision.Choice choice ->
                            choice.ids().contains(query.entry().get());
                        case Decision.Nothing nothing -> false;
                    };
        }
    }
}
