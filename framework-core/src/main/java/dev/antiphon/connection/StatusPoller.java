package dev.antiphon.connection;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.StatusPage;
import dev.antiphon.model.TierLadder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Asks a service again and again which of its models cannot be used, and tells {@link Endpoints}. One for each {@link StatusPage}; in the
 * time of the actor system. An answer that fails or cannot be read changes nothing.
 */
public final class StatusPoller extends AbstractMatchingBehavior<StatusPoller.Command> {
    /** What it can be told. */
    public sealed interface Command {}

    private record Poll() implements Command {}

    private record Answered(Optional<String> body) implements Command {}

    /** Gets a page; completes with its body, or with nothing when there is no good answer, never exceptionally. */
    @FunctionalInterface
    public interface Fetch {
        /** Asks once. */
        CompletionStage<Optional<String>> get(StatusPage page);
    }

    private final TimerScheduler<Command> timers;
    private final StatusPage page;
    private final List<ModelEndpoint> endpoints;
    private final Endpoints health;
    private final Fetch fetch;
    private final Duration interval;

    /** The pages that the places of a ladder name, with the endpoints of which each tells. */
    public static Map<StatusPage, List<ModelEndpoint>> pages(TierLadder ladder) {
        Map<StatusPage, List<ModelEndpoint>> pages = new LinkedHashMap<>();
        for (ModelEndpoint endpoint : ladder.endpoints()) {
            endpoint.status()
                    .ifPresent(page -> pages.computeIfAbsent(page, first -> new ArrayList<>())
                            .add(endpoint));
        }
        return pages;
    }

    /**
     * A poller that asks at once.
     *
     * @param page what it asks
     * @param endpoints whose models the page tells of
     * @param health is told
     * @param interval from an answer to the next question
     */
    public static Behavior<Command> create(
            StatusPage page, List<ModelEndpoint> endpoints, Endpoints health, Fetch fetch, Duration interval) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.getSelf().tell(new Poll());
            return new StatusPoller(context, timers, page, List.copyOf(endpoints), health, fetch, interval);
        }));
    }

    private StatusPoller(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StatusPage page,
            List<ModelEndpoint> endpoints,
            Endpoints health,
            Fetch fetch,
            Duration interval) {
        super(context);
        context.setLoggerName(StatusPoller.class);
        this.timers = timers;
        this.page = page;
        this.endpoints = endpoints;
        this.health = health;
        this.fetch = fetch;
        this.interval = interval;
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Poll ignored -> onPoll();
            case Answered answered -> onAnswered(answered.body());
        }
        return this;
    }

    private void onPoll() {
        getContext()
                .pipeToSelf(
                        fetch.get(page), (body, failure) -> new Answered(failure == null ? body : Optional.empty()));
    }

    private void onAnswered(Optional<String> body) {
        timers.startSingleTimer(new Poll(), interval);
        body.flatMap(page.format()::unavailableIn).ifPresent(this::tell);
    }

    private void tell(Map<String, String> unavailable) {
        for (ModelEndpoint endpoint : endpoints) {
            Optional<String> status = Optional.ofNullable(unavailable.get(endpoint.model()));
            if (health.announced(endpoint, status)) {
                getContext().getLog().warn("{} is {}, says its service", endpoint, status.orElse("available again"));
            }
        }
    }
}
