package dev.antiphon.benchmarks.router;

import java.util.ArrayList;
import java.util.List;

/** Collects figures of one section. Not thread-safe. */
final class Comparison {
    private final String section;
    private final int publishedRuns;
    private final List<Compared> figures = new ArrayList<>();

    /**
     * Nothing yet.
     *
     * @param publishedRuns how many runs stand behind the published figures
     */
    Comparison(String section, int publishedRuns) {
        this.section = section;
        this.publishedRuns = publishedRuns;
    }

    /** One figure, from so many runs of ours. */
    void add(String name, String published, Estimate ours, int runs) {
        figures.add(
                new Compared(section, name, published, ours.error() * Math.sqrt((double) runs / publishedRuns), ours));
    }

    List<Compared> figures() {
        return List.copyOf(figures);
    }
}
