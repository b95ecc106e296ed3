package dev.antiphon.benchmarks.faq;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How well a search finds the entries of a set. Times are the calling thread's processor time, so that other work on the
 * machine does not count.
 *
 * @param recallAt1 share of the questions with an answer whose entry came first, 0 to 1
 * @param recallAt3 … came among the first three
 * @param rejectedAt5 share of the questions without an answer whose best score is below a threshold that 5 % of those
 *     with an answer are below; NaN where all questions have an answer
 * @param choices what the flows' rule makes of it with a model that chooses without fault; empty for a search without it
 * @param build the time to build the index
 * @param typical the median time of a search for three entries
 * @param slow the time that 99 % of them stay below
 */
record FaqMeasure(
        double recallAt1,
        double recallAt3,
        double rejectedAt5,
        Optional<FaqChoices> choices,
        Duration build,
        Duration typical,
        Duration slow) {
    private static final double LOST = 0.05;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    /** Builds a search and asks it every query of the set. */
    static FaqMeasure of(FaqSet set, Supplier<FaqSearch> building) {
        long begun = CLOCK.getCurrentThreadCpuTime();
        FaqSearch search = building.get();
        Duration build = Duration.ofNanos(CLOCK.getCurrentThreadCpuTime() - begun);
        List<Double> answerable = new ArrayList<>();
        List<Double> strangers = new ArrayList<>();
        List<Duration> took = new ArrayList<>();
        int first = 0;
        int firstThree = 0;
        for (FaqSet.Query query : set.queries()) {
            long asked = CLOCK.getCurrentThreadCpuTime();
            List<FaqSearch.Found> found = search.best(query.text(), 3);
            took.add(Duration.ofNanos(CLOCK.getCurrentThreadCpuTime() - asked));
            (query.entry().isPresent() ? answerable : strangers)
                    .add(found.isEmpty() ? 0.0 : found.getFirst().score());
            List<String> ids = found.stream().map(FaqSearch.Found::id).toList();
            int place = query.entry().map(ids::indexOf).orElse(-1);
            first += place == 0 ? 1 : 0;
            firstThree += place >= 0 ? 1 : 0;
        }
        Collections.sort(took);
        return new FaqMeasure(
                first / (double) answerable.size(),
                firstThree / (double) answerable.size(),
                rejected(answerable, strangers),
                FaqChoices.of(set, search),
                build,
                took.get(took.size() / 2),
                took.get(took.size() * 99 / 100));
    }

    private static double rejected(List<Double> answerable, List<Double> strangers) {
        double threshold = answerable.stream().sorted().toList().get((int) (LOST * answerable.size()));
        return strangers.stream().filter(score -> score < threshold).count() / (double) strangers.size();
    }
}
