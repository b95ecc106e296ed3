package dev.antiphon.benchmarks;

import java.io.PrintWriter;

/** What a command has measured. */
public interface Report {
    /** As one JSON object. */
    String json();

    /** As a table for people. */
    void print(PrintWriter out);
}
