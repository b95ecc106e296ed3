package dev.antiphon.tier;

import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Where new calls of a flow start: on the lowest tier of its ladder, unless an operator pinned the flow to another. One per
 * node. Counts what became of finished calls, per flow and start tier; the table holds at most {@value #MAX_ROWS} rows, and
 * calls beyond are counted as not counted.
 */
public final class TierRouter extends AbstractMatchingBehavior<TierRouter.Command> {
    static final int MAX_ROWS = 1_000;

    /** What it can be told. */
    public sealed interface Command {}

    /** Asks where a new call of the flow starts. */
    public record StartOn(String flow, ActorRef<Tier> replyTo) implements Command {}

    /** An operator decides where new calls of the flow start. Running calls stay where they are. */
    public record Pin(String flow, String tier, ActorRef<PinAnswer> replyTo) implements Command {}

    /** New calls of the flow start on the lowest tier again. */
    public record Unpin(String flow) implements Command {}

    /** A fact about a call. */
    public record Observe(Observed fact) implements Command {}

    /** Asks what became of finished calls. */
    public record Report(ActorRef<TierReport> replyTo) implements Command {}

    /** The answer to {@link Pin}. */
    public sealed interface PinAnswer {
        /** Done. */
        record Pinned(String flow, Tier tier) implements PinAnswer {}

        /** The flow's ladder has no such tier. */
        record NoSuchTier(String flow, String tier, List<String> known) implements PinAnswer {
            public NoSuchTier {
                known = List.copyOf(known);
            }
        }
    }

    private record Row(String flow, String tier) {}

    private final TierLadder usual;
    private final Map<String, TierLadder> ladders;
    private final Map<String, Tier> pins = new HashMap<>();
    private final Map<Row, TierTally> tallies = new LinkedHashMap<>();
    private long moves;
    private long notCounted;

    /**
     * A router without history.
     *
     * @param usual the ladder of every flow that has none of its own
     * @param ladders flow name to its own ladder
     */
    public static Behavior<Command> create(TierLadder usual, Map<String, TierLadder> ladders) {
        return Behaviors.setup(context -> new TierRouter(context, usual, Map.copyOf(ladders)));
    }

    /** A router without history; all flows share one ladder. */
    public static Behavior<Command> create(TierLadder ladder) {
        return create(ladder, Map.of());
    }

    private TierRouter(ActorContext<Command> context, TierLadder usual, Map<String, TierLadder> ladders) {
        super(context);
        this.usual = usual;
        this.ladders = ladders;
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case StartOn ask -> ask.replyTo().tell(startOf(ask.flow()));
            case Pin pin -> pin.replyTo().tell(onPin(pin));
            case Unpin unpin -> pins.remove(unpin.flow());
            case Observe observe -> onObserved(observe.fact());
            case Report report -> report.replyTo().tell(report());
        }
        return this;
    }

    private Tier startOf(String flow) {
        return pins.getOrDefault(flow, ladderOf(flow).lowest());
    }

    private PinAnswer onPin(Pin pin) {
        TierLadder ladder = ladderOf(pin.flow());
        Optional<Tier> tier = ladder.named(pin.tier());
        if (tier.isEmpty()) {
            return new PinAnswer.NoSuchTier(
                    pin.flow(),
                    pin.tier(),
                    ladder.tiers().stream().map(Tier::name).toList());
        }
        pins.put(pin.flow(), tier.get());
        return new PinAnswer.Pinned(pin.flow(), tier.get());
    }

    private void onObserved(Observed fact) {
        switch (fact) {
            case Observed.Moved moved -> moves++;
            case Observed.Finished finished -> onFinished(finished);
        }
    }

    private void onFinished(Observed.Finished finished) {
        Row row = new Row(finished.flow(), finished.start());
        if (tallies.size() >= MAX_ROWS && !tallies.containsKey(row)) {
            notCounted++;
            return;
        }
        tallies.put(row, tallies.getOrDefault(row, TierTally.EMPTY).plus(finished));
    }

    private TierReport report() {
        List<TierReport.Row> rows = new ArrayList<>();
        tallies.forEach((row, tally) -> rows.add(new TierReport.Row(row.flow(), row.tier(), tally)));
        Map<String, String> pinned = new HashMap<>();
        pins.forEach((flow, tier) -> pinned.put(flow, tier.name()));
        return new TierReport(rows, pinned, moves, notCounted);
    }

    private TierLadder ladderOf(String flow) {
        return ladders.getOrDefault(flow, usual);
    }
}
