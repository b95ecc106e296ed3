package dev.antiphon.benchmarks.router;

/** Hears how much is done. */
@FunctionalInterface
interface Progress {
    /** So many of so many parts are done. */
    void done(String part, int parts, int of);
}
