package dev.antiphon.server.handover;

import dev.antiphon.handover.Handover;
import dev.antiphon.handover.HandoverDesk;
import dev.antiphon.handover.HandoverDetail;
import dev.antiphon.handover.HandoverPacket;
import dev.antiphon.handover.HandoverResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Which desk is asked for which target of a dialog. Immutable; names are compared without regard to case.
 *
 * <pre>{@code HandoverTargets.none().with("front desk", webhook).withOthers(new HandoverQueue())}</pre>
 */
public final class HandoverTargets implements HandoverDesk {
    private final Map<String, Target> named;
    private final Optional<Target> others;
    private final Duration deadline;

    /** Who is asked, and what they may see besides. */
    private record Target(HandoverDesk desk, Set<HandoverDetail> details) {}

    private HandoverTargets(Map<String, Target> named, Optional<Target> others, Duration deadline) {
        this.named = Map.copyOf(named);
        this.others = others;
        this.deadline = deadline;
    }

    /** Nobody is asked; who is, has {@link Handover#DEADLINE}. */
    public static HandoverTargets none() {
        return new HandoverTargets(Map.of(), Optional.empty(), Handover.DEADLINE);
    }

    /** A copy that asks this desk for the target of this name. */
    public HandoverTargets with(String name, HandoverDesk desk, Set<HandoverDetail> details) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a target must not be blank");
        }
        Map<String, Target> more = new HashMap<>(named);
        more.put(normal(name), new Target(desk, Set.copyOf(details)));
        return new HandoverTargets(more, others, deadline);
    }

    /** A copy that asks this desk for all targets without one of their own. */
    public HandoverTargets withOthers(HandoverDesk desk, Set<HandoverDetail> details) {
        return new HandoverTargets(named, Optional.of(new Target(desk, Set.copyOf(details))), deadline);
    }

    /** A copy in which callers are held on the line for so long. */
    public HandoverTargets within(Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("the deadline of a handover must be positive, but was " + time);
        }
        return new HandoverTargets(named, others, time);
    }

    /** How long callers are held on the line. */
    public Duration deadline() {
        return deadline;
    }

    /** The queue that people at the page see, if a target leads to one. */
    public Optional<HandoverQueue> queue() {
        return desks().stream()
                .filter(HandoverQueue.class::isInstance)
                .map(HandoverQueue.class::cast)
                .findFirst();
    }

    private Set<HandoverDesk> desks() {
        Set<HandoverDesk> desks = new LinkedHashSet<>();
        Stream.concat(named.values().stream(), others.stream()).forEach(target -> desks.add(target.desk()));
        return desks;
    }

    private static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private Optional<Target> target(String name) {
        return Optional.ofNullable(named.get(normal(name)))
                .or(() -> others)
                .filter(target -> target.desk().takes(name));
    }

    @Override
    public boolean takes(String target) {
        return target(target).isPresent();
    }

    @Override
    public Set<HandoverDetail> details(String target) {
        return target(target).map(Target::details).orElse(Set.of());
    }

    @Override
    public CompletionStage<HandoverResult> ask(HandoverPacket packet) {
        return target(packet.target())
                .map(target -> target.desk().ask(packet))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        new HandoverResult.Failed("there is no desk for this target")));
    }

    /** Told to every desk: a key that it does not know means nothing to it. */
    @Override
    public void withdraw(String key) {
        desks().forEach(desk -> desk.withdraw(key));
    }
}
