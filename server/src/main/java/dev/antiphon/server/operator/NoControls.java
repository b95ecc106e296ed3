package dev.antiphon.server.operator;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** No controls: nothing runs that could do what is ordered. Immutable. */
public final class NoControls implements OperatorControls {
    private final String why;

    /**
     * None.
     *
     * @param why one sentence for people
     */
    public NoControls(String why) {
        this.why = why;
    }

    @Override
    public Set<String> offered() {
        return Set.of();
    }

    @Override
    public String missing() {
        return why;
    }

    @Override
    public CompletionStage<ControlAnswer> order(Control control, String who, String reason) {
        return CompletableFuture.completedStage(ControlAnswer.refused(why));
    }
}
