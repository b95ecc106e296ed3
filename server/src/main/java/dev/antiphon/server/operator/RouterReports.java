package dev.antiphon.server.operator;

import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.tier.TierReport;
import dev.antiphon.tier.TierRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Asks the {@link TierRouter} of this node what it knows, and tells it what an operator wants. Thread-safe; never blocks. */
public final class RouterReports {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String NO_DETECTOR =
            "No change detector reports here, so there is no evidence and no state to show: new calls begin on the lowest"
                    + " tier unless an operator forces another.";

    private final ActorRef<TierRouter.Command> router;
    private final TierLadder ladder;
    private final ActorSystem<?> system;

    /** Of this router, whose flows use this ladder. */
    public RouterReports(ActorRef<TierRouter.Command> router, TierLadder ladder, ActorSystem<?> system) {
        this.router = router;
        this.ladder = ladder;
        this.system = system;
    }

    /** What it knows now; {@code flows} can be forced besides those that it knows. Fails when it does not answer within 3 s. */
    CompletionStage<RouterView> report(List<String> flows) {
        return AskPattern.<TierRouter.Command, TierReport>ask(
                        router, TierRouter.Report::new, PATIENCE, system.scheduler())
                .thenApply(report -> view(report, flows));
    }

    private RouterView view(TierReport report, List<String> flows) {
        TreeSet<String> names = new TreeSet<>(flows);
        report.rows().forEach(row -> names.add(row.flow()));
        names.addAll(report.pins().keySet());
        return new RouterView(
                ladder.tiers().stream().map(Tier::name).toList(),
                new ArrayList<>(names),
                new TreeMap<>(report.pins()),
                report.moves(),
                report.rows().stream().map(RouterReports::row).toList(),
                List.of(),
                Optional.of(NO_DETECTOR));
    }

    private static RouterView.Row row(TierReport.Row row) {
        return new RouterView.Row(
                row.flow(),
                row.tier(),
                Rate.of(row.tally().completed(), row.tally().finished()),
                row.tally().cost().usd().doubleValue(),
                Optional.empty());
    }

    /** New calls of the flow begin on this tier. */
    CompletionStage<ControlAnswer> force(String flow, String tier) {
        return AskPattern.<TierRouter.Command, TierRouter.PinAnswer>ask(
                        router,
                        replyTo -> new TierRouter.Pin(flow, tier, replyTo),
                        PATIENCE,
                        system.scheduler())
                .thenApply(RouterReports::told);
    }

    private static ControlAnswer told(TierRouter.PinAnswer answer) {
        return switch (answer) {
            case TierRouter.PinAnswer.Pinned pinned ->
                ControlAnswer.done("New calls of " + pinned.flow() + " begin on "
                        + pinned.tier().name() + ".");
            case TierRouter.PinAnswer.NoSuchTier none ->
                ControlAnswer.refused("There is no tier '" + none.tier() + "' for " + none.flow() + ": it must be one of "
                        + none.known() + ".");
        };
    }

    /** New calls of the flow begin where the router says. */
    ControlAnswer release(String flow) {
        router.tell(new TierRouter.Unpin(flow));
        return ControlAnswer.done("The router says again where new calls of " + flow + " begin.");
    }
}
