package dev.antiphon.samples.month;

import java.io.PrintWriter;

/** Says how far the month is, a line for each twentieth. */
final class Steps {
    private static final int LINES = 20;

    private final PrintWriter err;
    private final int total;

    Steps(PrintWriter err, int total) {
        this.err = err;
        this.total = total;
    }

    void done(int calls) {
        if (calls == total || calls % Math.max(1, total / LINES) == 0) {
            err.println(calls + " of " + total + " calls over");
            err.flush();
        }
    }
}
