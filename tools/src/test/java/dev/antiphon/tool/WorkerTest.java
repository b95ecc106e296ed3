package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.ToolOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkerTest {

    @Test
    void aWorkerReportsWhatItsWorkCameTo() {
        CompletableFuture<Attempt> report = new CompletableFuture<>();
        new Worker("echo", () -> Attempt.at("echo", () -> "hello"), report::complete).start(ToolThreads.virtual());
        assertThat(report.orTimeout(10, TimeUnit.SECONDS).join().outcome()).isEqualTo(new ToolOutcome.Ok("hello"));
    }

    @Test
    void workThatCannotEvenFailIsReportedAsFailed() {
        CompletableFuture<Attempt> report = new CompletableFuture<>();
        new Worker(
                        "dying",
                        () -> {
                            throw new OutOfMemoryError("simulated");
                        },
                        report::complete)
                .start(ToolThreads.virtual());
        assertThat(report.orTimeout(10, TimeUnit.SECONDS).join().outcome()).isInstanceOf(ToolOutcome.Failed.class);
    }

    @Test
    void anInterruptOfTheWorkIsForgottenBeforeTheReport() {
        CompletableFuture<Boolean> interruptedInReport = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        Worker worker = new Worker(
                "deaf",
                () -> {
                    begun.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    return Attempt.died("deaf");
                },
                attempt -> interruptedInReport.complete(Thread.currentThread().isInterrupted()));
        worker.start(ToolThreads.virtual());
        Bench.await(begun);
        worker.interrupt();
        assertThat(interruptedInReport.orTimeout(10, TimeUnit.SECONDS).join()).isFalse();
    }

    @Test
    void aReportIsNeverInterrupted() {
        CompletableFuture<Boolean> interruptedInReport = new CompletableFuture<>();
        CountDownLatch reporting = new CountDownLatch(1);
        CountDownLatch interruptSent = new CountDownLatch(1);
        Worker worker = new Worker("quick", () -> Attempt.died("quick"), attempt -> {
            reporting.countDown();
            Bench.await(interruptSent);
            interruptedInReport.complete(Thread.currentThread().isInterrupted());
        });
        worker.start(ToolThreads.virtual());
        Bench.await(reporting);
        worker.interrupt();
        interruptSent.countDown();
        assertThat(interruptedInReport.orTimeout(10, TimeUnit.SECONDS).join()).isFalse();
    }
}
