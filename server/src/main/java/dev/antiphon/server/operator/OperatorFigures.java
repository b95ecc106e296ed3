package dev.antiphon.server.operator;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the console shows, one method for each view. The console's only source: facts in memory, a store, a router's or an
 * experiment's report stand behind it. Thread-safe. Nothing blocks the caller; a stage that fails is shown as an error.
 */
public interface OperatorFigures {

    /** One sentence for people: which calls the figures are about, since when, and where they are kept. */
    String about();

    /** The views that have a source, by their names in addresses; the first one is shown first. Default: all. */
    default List<String> views() {
        return List.of("now", "flows", "latency", "cost", "router", "experiments", "stored", "calls", "audit");
    }

    /** What happens now. */
    CompletionStage<Shown<NowView>> now();

    /** What became of calls, by flow. */
    CompletionStage<Shown<FlowsView>> flows();

    /** Turn latency. */
    CompletionStage<Shown<LatencyView>> latency();

    /** Cost. */
    CompletionStage<Shown<CostView>> cost();

    /** Where new calls begin. */
    CompletionStage<Shown<RouterView>> router();

    /** The experiments. */
    CompletionStage<Shown<ExperimentsView>> experiments();

    /** What a store has of the calls of the last so many days. */
    CompletionStage<Shown<StoredView>> stored(int days);

    /** Calls, latest first: live ones, then the latest that ended. */
    CompletionStage<List<CallLine>> calls();

    /** One call; empty when nothing is known of it. */
    CompletionStage<Optional<CallStory>> call(String id);
}
