package dev.antiphon.server.cli;

import java.io.PrintWriter;

/** Says how far something is: on a terminal one line that changes, elsewhere one line for each tenth. */
final class ProgressLine {
    private static final int LINES = 10;

    private final PrintWriter err;
    private final boolean terminal;
    private boolean shown;

    ProgressLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** So many of so many parts are done. */
    void show(int done, int total, String text) {
        shown = true;
        if (terminal) {
            err.print("\r" + text);
        } else if (done == total || done % Math.max(1, total / LINES) == 0) {
            err.println(text);
        }
        err.flush();
    }

    /** Ends the line. */
    void end() {
        if (terminal && shown) {
            err.println();
            err.flush();
        }
    }
}
