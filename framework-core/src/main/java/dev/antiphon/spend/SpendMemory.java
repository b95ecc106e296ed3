package dev.antiphon.spend;

/** Where what was spent outlives the process: a file, or a store. Thread-safe. */
public interface SpendMemory {

    /**
     * What was spent so far; asked once, at start, and may block.
     *
     * @throws RuntimeException when it cannot be read, with a message for people: a cap that forgot would be none
     */
    SpendTotals load();

    /** Keeps the totals, which replace all earlier ones. Called with each cost of each call, so it must not block: it writes later. */
    void save(SpendTotals totals);

    /** Waits until what was saved is written. */
    default void flush() {}

    /** Forgets at the end of the process. */
    static SpendMemory none() {
        return new SpendMemory() {
            @Override
            public SpendTotals load() {
                return SpendTotals.NONE;
            }

            @Override
            public void save(SpendTotals totals) {
                // Nothing outlives it.
            }
        };
    }
}
