package dev.antiphon.session;

import dev.antiphon.connection.Endpoints;
import dev.antiphon.connection.ModelConnection;
import dev.antiphon.connection.ModelLink;
import dev.antiphon.connection.Trouble;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.Tier;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The model connections of one call: the one in use, and the one being made ready to take its place. Confined to one session
 * actor; knows nothing of turns.
 *
 * <p>A connection counts as prepared when the service has confirmed our session configuration. A change to another tier is
 * make-before-break, and so is the renewal of a session that the service will end: the old connection stays in use until
 * {@link #swap}. A lost connection is replaced at once where the tier can be had elsewhere, else with growing pauses, at most
 * {@value #MAX_ATTEMPTS} times in a row.
 */
final class ModelLine {
    static final int MAX_ATTEMPTS = 3;

    /** Events of the service that tell a call nothing that it does not learn from others. */
    static final Set<String> UNHEARD = Set.of(
            "conversation.item.added",
            "conversation.item.done",
            "response.content_part.added",
            "response.content_part.done",
            "response.function_call_arguments.done",
            "response.output_audio_transcript.done",
            "response.output_text.done");

    /** Why a connection is being made. */
    enum Purpose {
        FIRST,
        MOVE,
        RECONNECT,
        /** The service will end the session in use. */
        RENEWAL;

        private boolean isUrgent() {
            return this == FIRST || this == RECONNECT;
        }
    }

    /** What became of an event from a connection. */
    sealed interface Step {
        /** Not of interest any more, or nothing to do. */
        record Nothing() implements Step {}

        /** For the turn machine. */
        record Pass(ServerEvent event) implements Step {}

        /** The connection being made ready has to be told our configuration. */
        record Configure(ActorRef<ModelConnection.Command> connection, ModelLink link, Tier tier) implements Step {}

        /** The connection in use is gone. */
        record Lost(String problem) implements Step {}

        /** The connection being made cannot be made. */
        record NotMade(Purpose purpose, Tier tier, String problem, boolean useless) implements Step {}
    }

    private record Live(ActorRef<ModelConnection.Command> connection, ModelLink link, Optional<Instant> expiresAt) {}

    private record Opening(
            ActorRef<ModelConnection.Command> connection,
            Tier tier,
            Purpose purpose,
            Optional<ModelConnection.Event.Ready> ready,
            boolean prepared) {}

    /** How long before the service ends the session in use another one is made ready, at most. */
    private static final Duration RENEWAL_MARGIN = Duration.ofMinutes(2);

    /** A fifth of a shorter session's life; what has less left is not renewed but lost and made again. */
    private static final int RENEWAL_SHARE = 5;

    private static final Duration SHORTEST_RENEWAL = Duration.ofMillis(500);

    /** No timer waits longer; longer than any session of a service that is known. */
    private static final Duration LONGEST_USE = Duration.ofDays(1);

    /** A service that ends a session in order says so with these. */
    private static final Set<Integer> PLANNED_CLOSES = Set.of(1000, 1001);

    private static final Step NOTHING = new Step.Nothing();

    private final Function<Tier, ActorRef<ModelConnection.Command>> spawn;
    private final Endpoints endpoints;
    private final InstantSource clock;
    /** Where our configuration was rejected: other calls may be welcome there. */
    private final Set<ModelEndpoint> rejectedAt = new HashSet<>();

    private Tier tier;
    private Optional<Live> live = Optional.empty();
    private Optional<Opening> opening = Optional.empty();
    private int attempts;

    ModelLine(
            Tier start,
            Endpoints endpoints,
            InstantSource clock,
            Function<Tier, ActorRef<ModelConnection.Command>> spawn) {
        this.tier = start;
        this.endpoints = endpoints;
        this.clock = clock;
        this.spawn = spawn;
    }

    /** The tier in use at the place where it is had, or the one tried first. */
    Tier tier() {
        return tier;
    }

    boolean isUp() {
        return live.isPresent();
    }

    boolean isOpening() {
        return opening.isPresent();
    }

    /**
     * After what time another session has to be made ready, because the service will end the one in use. Empty when it tells no
     * end, or one so near that the session is rather lost and made again. An end in the far future, as some servers tell it, is
     * no reason to wait longer than {@link #LONGEST_USE}.
     */
    Optional<Duration> renewalIn() {
        return live.flatMap(Live::expiresAt)
                .map(end -> Duration.between(clock.instant(), end))
                .filter(left -> left.compareTo(SHORTEST_RENEWAL) > 0)
                .map(left -> left.minus(shorter(left.dividedBy(RENEWAL_SHARE), RENEWAL_MARGIN)))
                .map(wait -> shorter(wait, LONGEST_USE));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Whether a prepared connection waits for {@link #swap}; while the old line is up, what is not urgent waits for a boundary, and a
     * move until the call may be changed.
     */
    boolean maySwap(boolean atBoundary, BooleanSupplier mayMove) {
        return opening.filter(o -> o.prepared()
                        && (live.isEmpty()
                                || o.purpose().isUrgent()
                                || atBoundary && (o.purpose() != Purpose.MOVE || mayMove.getAsBoolean())))
                .isPresent();
    }

    /**
     * Starts to make a connection; false, and nothing is done, while another one is being made. A move takes the place of a
     * renewal, since it renews as well.
     */
    boolean open(Tier to, Purpose purpose) {
        if (purpose == Purpose.MOVE) {
            opening.filter(o -> o.purpose() == Purpose.RENEWAL && live.isPresent())
                    .ifPresent(o -> {
                        o.connection().tell(new ModelConnection.Stop());
                        opening = Optional.empty();
                    });
        }
        boolean free = opening.isEmpty();
        if (free) {
            Tier there = endpoints.choose(to, rejectedAt, clock.instant());
            opening = Optional.of(new Opening(spawn.apply(there), there, purpose, Optional.empty(), false));
        }
        return free;
    }

    /** Sends on the connection in use; false when there is none or it did not take the event. */
    boolean send(ClientEvent event) {
        return live.map(l -> l.link().send(event)).orElse(false);
    }

    /** Takes what became of any of the call's connections; what one receives is for {@link #received}. */
    Step on(ModelConnection.Event event) {
        if (isOpening(event.connection())) {
            return onOpening(opening.orElseThrow(), event);
        }
        return isLive(event.connection()) ? onLive(event) : NOTHING;
    }

    /** Takes what the model sent over any of the call's connections. */
    Step received(ActorRef<ModelConnection.Command> connection, ServerEvent event) {
        if (isLive(connection)) {
            return new Step.Pass(event);
        }
        return isOpening(connection) ? onOpeningReceived(opening.orElseThrow(), event) : NOTHING;
    }

    private boolean isLive(ActorRef<ModelConnection.Command> connection) {
        return live.filter(l -> l.connection().equals(connection)).isPresent();
    }

    private boolean isOpening(ActorRef<ModelConnection.Command> connection) {
        return opening.filter(o -> o.connection().equals(connection)).isPresent();
    }

    private Step onLive(ModelConnection.Event event) {
        return switch (event) {
            case ModelConnection.Event.Lost lost -> {
                live = Optional.empty();
                if (!PLANNED_CLOSES.contains(lost.code())) {
                    endpoints.brokeDown(tier.endpoint(), clock.instant());
                }
                yield new Step.Lost("closed with code " + lost.code()
                        + (lost.reason().isBlank() ? "" : " (" + lost.reason() + ")"));
            }
            case ModelConnection.Event.Refused refused -> {
                live = Optional.empty();
                yield new Step.Lost(refused.failure().message());
            }
            case ModelConnection.Event other -> NOTHING;
        };
    }

    private Step onOpening(Opening current, ModelConnection.Event event) {
        return switch (event) {
            case ModelConnection.Event.Ready ready -> {
                opening = Optional.of(new Opening(
                        current.connection(), current.tier(), current.purpose(), Optional.of(ready), false));
                yield new Step.Configure(current.connection(), ready.link(), current.tier());
            }
            case ModelConnection.Event.Refused refused -> {
                endpoints.refused(current.tier().endpoint(), refused.failure(), clock.instant());
                yield notMade(
                        current,
                        refused.failure().message(),
                        Trouble.of(refused.failure()).isLasting());
            }
            case ModelConnection.Event.Lost lost -> {
                endpoints.brokeDown(current.tier().endpoint(), clock.instant());
                yield notMade(current, "closed with code " + lost.code() + " before it was configured", false);
            }
            case ModelConnection.Event other -> NOTHING;
        };
    }

    private Step onOpeningReceived(Opening current, ServerEvent event) {
        return switch (event) {
            case ServerEvent.SessionUpdated ignored -> {
                opening = Optional.of(
                        new Opening(current.connection(), current.tier(), current.purpose(), current.ready(), true));
                yield NOTHING;
            }
            case ServerEvent.ErrorReported error -> current.prepared() ? NOTHING : rejected(current, error);
            case ServerEvent ignored -> NOTHING;
        };
    }

    /** Only what is wrong with our words makes another attempt useless; the service may have trouble of its own. */
    private Step rejected(Opening current, ServerEvent.ErrorReported error) {
        current.connection().tell(new ModelConnection.Stop());
        boolean ours = error.error().type().equals("invalid_request_error");
        if (ours) {
            rejectedAt.add(current.tier().endpoint());
        } else {
            endpoints.useless(current.tier().endpoint(), clock.instant());
        }
        return notMade(
                current,
                "the service rejected the session configuration: "
                        + error.error().message(),
                ours);
    }

    /** The connection's actor has stopped; news only if it did not say so before. */
    Step gone(ActorRef<ModelConnection.Command> connection) {
        String problem = "its connection broke down";
        if (isOpening(connection)) {
            return notMade(opening.orElseThrow(), problem, false);
        }
        if (isLive(connection)) {
            live = Optional.empty();
            return new Step.Lost(problem);
        }
        return NOTHING;
    }

    /** The service had its time to confirm the configuration of this connection. */
    Step overdue(ActorRef<ModelConnection.Command> connection) {
        Optional<Opening> late = opening.filter(o -> o.connection().equals(connection) && !o.prepared());
        late.ifPresent(o -> {
            o.connection().tell(new ModelConnection.Stop());
            endpoints.useless(o.tier().endpoint(), clock.instant());
        });
        return late.map(o -> notMade(o, "the service did not confirm the session configuration", false))
                .orElse(NOTHING);
    }

    private Step notMade(Opening current, String problem, boolean useless) {
        opening = Optional.empty();
        return new Step.NotMade(current.purpose(), current.tier(), problem, useless);
    }

    /** Our configuration is another one now: it may be welcome where the former was not. False when it was rejected nowhere. */
    boolean forgetRejections() {
        boolean rejected = !rejectedAt.isEmpty();
        rejectedAt.clear();
        return rejected;
    }

    /** Whether this tier can be had somewhere right now: every place that has refused is cooling down, so this ends. */
    boolean canBeHad(Tier wanted) {
        return endpoints.hasOpen(wanted, rejectedAt, clock.instant());
    }

    /**
     * The pause before the next attempt, or empty when there were enough: none where another place is well, else up to 0.25 s,
     * 1 s, 4 s.
     */
    Optional<Duration> nextAttemptIn() {
        if (!tier.others().isEmpty() && canBeHad(tier)) {
            return Optional.of(Duration.ZERO);
        }
        attempts++;
        return attempts > MAX_ATTEMPTS
                ? Optional.empty()
                : Optional.of(endpoints.jittered(Duration.ofMillis(250L << (2 * (attempts - 1)))));
    }

    /** Takes the prepared connection into use and stops the one before. */
    void swap() {
        Opening prepared = opening.filter(Opening::prepared)
                .orElseThrow(() -> new IllegalStateException("there is no prepared connection to swap to"));
        opening = Optional.empty();
        live.ifPresent(l -> l.connection().tell(new ModelConnection.Stop()));
        ModelConnection.Event.Ready ready = prepared.ready().orElseThrow();
        Optional<Instant> end = ready.session()
                .expiresAt()
                .or(() -> prepared.tier().endpoint().sessionLimit().map(clock.instant()::plus));
        live = Optional.of(new Live(prepared.connection(), ready.link(), end));
        tier = prepared.tier();
    }

    /** The connection in use has been of use: earlier failures do not count any more. */
    void worked() {
        attempts = 0;
        endpoints.worked(tier.endpoint());
    }

    /** Gives up the connection in use, as if it had been lost: its model does not answer. */
    void giveUp() {
        endpoints.useless(tier.endpoint(), clock.instant());
        drop();
    }

    private void drop() {
        live.ifPresent(l -> l.connection().tell(new ModelConnection.Stop()));
        live = Optional.empty();
    }

    /** Stops everything. */
    void close() {
        drop();
        opening.ifPresent(o -> o.connection().tell(new ModelConnection.Stop()));
        opening = Optional.empty();
    }
}
