package dev.antiphon.server.operator;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The controls of one server: its gateway and its router. Thread-safe. */
public final class ServerControls implements OperatorControls {
    private static final String NO_EXPERIMENTS = "This server has no experiments that could be changed.";

    private final Consumer<Boolean> drain;
    private final RouterReports router;

    /**
     * Controls.
     *
     * @param drain told true to refuse new calls, false to answer them again
     */
    public ServerControls(Consumer<Boolean> drain, RouterReports router) {
        this.drain = drain;
        this.router = router;
    }

    @Override
    public Set<String> offered() {
        return Set.of("force-tier", "release-tier", "pause-router", "resume-router", "drain", "resume");
    }

    @Override
    public CompletionStage<ControlAnswer> order(Control control) {
        return switch (control) {
            case Control.ForceTier force -> router.force(force.flow(), force.tier());
            case Control.ReleaseTier release -> done(router.release(release.flow()));
            case Control.Drain ignored -> drain(true, "New calls are refused; those under way go on.");
            case Control.Resume ignored -> drain(false, "New calls are answered.");
            case Control.PauseRouter pause -> done(router.pause(pause.flow(), true));
            case Control.ResumeRouter resume -> done(router.pause(resume.flow(), false));
            case Control.PauseExperiment ignored -> done(ControlAnswer.refused(NO_EXPERIMENTS));
            case Control.ResumeExperiment ignored -> done(ControlAnswer.refused(NO_EXPERIMENTS));
            case Control.StopExperiment ignored -> done(ControlAnswer.refused(NO_EXPERIMENTS));
            case Control.Weights ignored -> done(ControlAnswer.refused(NO_EXPERIMENTS));
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
