package dev.antiphon.server.operator;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The controls of one server: its gateway, its router and its experiments. Thread-safe. */
public final class ServerControls implements OperatorControls {

    private final Consumer<Boolean> drain;
    private final RouterReports router;
    private final ExperimentReports experiments;
    private final Supplier<Set<String>> flows;
    private final Executor slow;

    /**
     * Controls.
     *
     * @param drain told true to refuse new calls, false to answer them again
     * @param flows what calls are about, besides the flows that the router knows; only these can be forced, released, paused
     * @param slow runs what takes long
     */
    public ServerControls(
            Consumer<Boolean> drain,
            RouterReports router,
            ExperimentReports experiments,
            Supplier<Set<String>> flows,
            Executor slow) {
        this.flows = flows;
        this.drain = drain;
        this.router = router;
        this.experiments = experiments;
        this.slow = slow;
    }

    @Override
    public Set<String> offered() {
        return Set.of(
                "force-tier",
                "release-tier",
                "pause-router",
                "resume-router",
                "drain",
                "resume",
                "start-experiment",
                "ramp-experiment",
                "weigh-experiment",
                "pause-experiment",
                "stop-experiment");
    }

    @Override
    public CompletionStage<ControlAnswer> order(Control control, String who, String why) {
        return switch (control) {
            case Control.OfRouter order -> ofRouter(order);
            case Control.Drain ignored -> drain(true, "New calls are refused; those under way go on.");
            case Control.Resume ignored -> drain(false, "New calls are answered.");
            case Control.OfExperiment order ->
                CompletableFuture.supplyAsync(() -> experiments.order(order, "console " + who, why), slow);
        };
    }

    /** A flow that no call is about would make rows and meters for nothing. */
    private CompletionStage<ControlAnswer> ofRouter(Control.OfRouter order) {
        return CompletableFuture.supplyAsync(flows::get, slow)
                .thenCompose(router::known)
                .thenCompose(known -> known.contains(order.flow())
                        ? routed(order)
                        : done(ControlAnswer.refused("There is no flow '" + order.flow() + "': "
                                + (known.isEmpty() ? "none is known yet." : "it must be one of " + known + "."))));
    }

    private CompletionStage<ControlAnswer> routed(Control.OfRouter order) {
        return switch (order) {
            case Control.ForceTier force ->
                router.force(force.flow(), force.tier())
                        .thenApply(answer -> answer.done()
                                ? ControlAnswer.done(answer.message() + experiments.besideForced(force.flow()))
                                : answer);
            case Control.ReleaseTier release -> done(router.release(release.flow()));
            case Control.PauseRouter pause -> done(router.pause(pause.flow(), true));
            case Control.ResumeRouter resume -> done(router.pause(resume.flow(), false));
        };
    }

    private CompletionStage<ControlAnswer> drain(boolean on, String message) {
        drain.accept(on);
        return done(ControlAnswer.done(message));
    }

    private static CompletionStage<ControlAnswer> done(ControlAnswer answer) {
        return CompletableFuture.completedStage(answer);
    }
}
