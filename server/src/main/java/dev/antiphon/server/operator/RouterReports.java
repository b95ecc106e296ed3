package dev.antiphon.server.operator;

import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.TierReport;
import dev.antiphon.tier.TierRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /**
     * What it knows now. Fails when it does not answer within 3 s.
     *
     * @param flows can be forced besides those that it knows
     * @param stored what was decided, latest first: also before this process began, and whatever this router has forgotten
     */
    CompletionStage<RouterView> report(List<String> flows, List<RouterDecision> stored) {
        return AskPattern.<TierRouter.Command, TierReport>ask(
                        router, TierRouter.Report::new, PATIENCE, system.scheduler())
                .thenApply(report -> view(report, flows, stored));
    }

    private record Decided(String flow, String tier, RouterDecision.Kind kind, long atMillis) {
        static Decided of(RouterDecision decision) {
            return new Decided(
                    decision.flow(),
                    decision.tier(),
                    decision.kind(),
                    decision.at().toEpochMilli());
        }
    }

    /** A store may keep times less exactly. */
    private static List<RouterDecision> latestFirst(List<RouterDecision> known, List<RouterDecision> stored) {
        Set<Decided> here = known.stream().map(Decided::of).collect(Collectors.toSet());
        return Stream.concat(
                        known.reversed().stream(), stored.stream().filter(each -> !here.contains(Decided.of(each))))
                .sorted(Comparator.comparing(RouterDecision::at).reversed())
                .toList();
    }

    private RouterView view(TierReport report, List<String> flows, List<RouterDecision> stored) {
        List<RouterDecision> decisions = latestFirst(report.decisions(), stored);
        return new RouterView(
                ladder.tiers().stream().map(Tier::name).toList(),
                new ArrayList<>(names(report, flows)),
                new TreeMap<>(report.pins()),
                report.flows().stream()
                        .filter(TierReport.FlowReport::paused)
                        .map(TierReport.FlowReport::flow)
                        .toList(),
                report.moves(),
                report.flows().stream()
                        .flatMap(flow -> flow.tiers().stream().map(tier -> row(flow, tier, decisions)))
                        .toList(),
                decisions);
    }

    private static RouterView.Row row(
            TierReport.FlowReport flow, TierReport.TierState tier, List<RouterDecision> decisions) {
        return new RouterView.Row(
                flow.flow(),
                tier.tier(),
                Rate.of(tier.tally().completed(), tier.tally().finished()),
                tier.tally().cost().usd().doubleValue(),
                flow.tiers().getLast().equals(tier)
                        ? Optional.empty()
                        : Optional.of(RouterView.Evidence.of(
                                tier.state(),
                                tier.evidence(),
                                Optional.of(flow.policy().threshold()),
                                tier.healthy(),
                                decisions.stream()
                                        .filter(each -> each.flow().equals(flow.flow())
                                                && each.tier().equals(tier.tier()))
                                        .toList(),
                                tier.history().stream()
                                        .map(point -> new RouterView.Point(point.at(), point.evidence(), point.state()))
                                        .toList())));
    }

    /** Names of these flows and of those that it knows, in the order of the alphabet. Fails when it does not answer within 3 s. */
    CompletionStage<SortedSet<String>> known(Set<String> others) {
        return AskPattern.<TierRouter.Command, TierReport>ask(
                        router, TierRouter.Report::new, PATIENCE, system.scheduler())
                .thenApply(report -> names(report, others));
    }

    private static SortedSet<String> names(TierReport report, Collection<String> others) {
        SortedSet<String> names = new TreeSet<>(others);
        report.flows().forEach(flow -> names.add(flow.flow()));
        names.addAll(report.pins().keySet());
        return names;
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
