package dev.antiphon.server.cli;

import dev.antiphon.flow.say.Plainly;
import dev.antiphon.testkit.caller.CallerScript;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Many calls, some at once.
 *
 * @param atOnce how many, at least 1
 */
record CallBatch(ScriptedCall.Line line, int atOnce, Progress progress) {

    /** Makes {@code count} calls of each script and waits for all. */
    List<CallReport> run(List<CallerScript> scripts, int count) throws InterruptedException {
        Semaphore places = new Semaphore(atOnce);
        List<Callable<CallReport>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            scripts.forEach(script -> calls.add(() -> call(script, places)));
        }
        progress.begin(calls.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CallReport> reports = new ArrayList<>();
            for (Future<CallReport> call : threads.invokeAll(calls)) {
                reports.add(call.get());
            }
            return reports;
        } catch (ExecutionException e) {
            throw CliFailure.failed("a call broke: " + e.getCause(), e);
        } finally {
            progress.end();
        }
    }

    private CallReport call(CallerScript script, Semaphore places) throws InterruptedException {
        places.acquire();
        try {
            CallReport report = new ScriptedCall(line, script, fact -> {}).run();
            progress.done(report);
            return report;
        } finally {
            places.release();
        }
    }

    /** Says how far a batch is. Thread-safe. */
    static final class Progress {
        private final ProgressLine line;
        private int total;
        private int done;
        private int right;

        Progress(PrintWriter err, boolean terminal) {
            this.line = new ProgressLine(err, terminal);
        }

        synchronized void begin(int calls) {
            total = calls;
        }

        synchronized void done(CallReport report) {
            done++;
            right += report.asExpected() ? 1 : 0;
            line.show(done, total, done + " of " + Plainly.count(total, "call") + " over, " + right + " as expected");
        }

        synchronized void end() {
            line.end();
        }
    }
}
