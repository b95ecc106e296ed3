package dev.antiphon.estimate;

/** Where the figures of finished calls come from: a file, or a store. */
@FunctionalInterface
public interface KpiSource {

    /**
     * Reads them; may block.
     *
     * @throws RuntimeException when there are none, with a message for people
     */
    CallKpis kpis();
}
