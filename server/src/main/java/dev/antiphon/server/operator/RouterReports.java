package dev.antiphon.server.operator;

import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.TierReport;
import dev.antiphon.tier.TierRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
        report.flows().forEach(flow -> names.add(flow.flow()));
        names.addAll(report.pins().keySet());
        List<RouterDecision> latestFirst = new ArrayList<>(report.decisions());
        Collections.reverse(latestFirst);
        return new RouterView(
                ladder.tiers().stream().map(Tier::name).toList(),
                new ArrayList<>(names),
                new TreeMap<>(report.pins()),
                report.flows().stream()
                        .filter(TierReport.FlowReport::paused)
                        .map(TierReport.FlowReport::flow)
                        .toList(),
                report.moves(),
                report.flows().stream()
                        .flatMap(flow -> flow.tiers().stream().map(tier -> row(flow, tier)))
                        .toList(),
                latestFirst);
    }

    private static RouterView.Row row(TierReport.FlowReport flow, TierReport.TierState tier) {
        return new RouterView.Row(
                flow.flow(),
                tier.tier(),
                Rate.of(tier.tally().completed(), tier.tally().finished()),
                tier.tally().cost().usd().doubleValue(),
                flow.tiers().getLast().equals(tier)
                        ? Optional.empty()
                        : Optional.of(new RouterView.Evidence(
                                tier.state(),
                                tier.evidence(),
                                Optional.of(flow.policy().threshold()),
                                tier.healthy(),
                                tier.history().stream()
                                        .map(point -> new RouterView.Point(point.at(), point.evidence(), point.state()))
                                        .toList())));
    }

    /** New calls of the flow begin on this tier. */
    CompletionStage<ControlAnswer> force(String flow, String tier) {
        return AskPattern.<TierRouter.Command, TierRouter.PinAnswer>ask(
                        router, replyTo -> new TierRouter.Pin(flow, tier, replyTo), PATIENCE, system.scheduler())
                .thenApply(RouterReports::told);
    }

    private static ControlAnswer told(TierRouter.PinAnswer answer) {
        return switch (answer) {
            case TierRouter.PinAnswer.Pinned pinned ->
                ControlAnswer.done("New calls of " + pinned.flow() + " begin on "
                        + pinned.tier().name() + ".");
            case TierRouter.PinAnswer.NoSuchTier none ->
                ControlAnswer.refused("There is no tier '" + none.tier() + "' for " + none.flow()
                        + ": it must be one of " + none.known() + ".");
            case TierRouter.PinAnswer.TooManyFlows many ->
                ControlAnswer.refused(
                        "The router knows as many flows as it can, and " + many.flow() + " is none of them.");
        };
    }

    /** Nothing of the flow moves up any more, or it does again. */
    ControlAnswer pause(String flow, boolean on) {
        router.tell(on ? new TierRouter.Pause(flow) : new TierRouter.Resume(flow));
        return ControlAnswer.done(
                on ? "New calls of " + flow + " do not move up." : "New calls of " + flow + " may move up again.");
    }

    /** New calls of the flow begin where the router says. */
    ControlAnswer release(String flow) {
        router.tell(new TierRouter.Unpin(flow));
        return ControlAnswer.done("The router says again where new calls of " + flow + " begin.");
    }
}
