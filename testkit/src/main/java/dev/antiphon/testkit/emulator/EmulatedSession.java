package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.wire.ClientEventRules;
import dev.antiphon.realtime.wire.Dialect;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One session of the emulated service, without a transport: client frames go in, server frames come out of an
 * {@link EventSink}.
 *
 * <p>Not thread-safe: call it from tasks of its timeline only. The same settings, session number and frames at the same times of a
 * {@link VirtualTimeline} give the same bytes. Speaks the GA dialect (and, with a {@link BetaFace}, the beta) as {@code protocol.md} sections 2 and 5 to 12 describe it; of
 * what is there it leaves out the log probabilities of transcripts; the tools of MCP servers come from {@link McpServers}; server-side prompts, tracing and the speed of speech are
 * kept and shown, and change nothing.
 */
public final class EmulatedSession {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final SessionContext context;
    private final McpListings listings;
    private final Responses responses;
    private final CallerTurns turns;
    private final ItemCommands items;
    private final String id;
    private final Optional<BetaFace> face;
    private final ClientEventRules rules;
    private final boolean mute;
    private Timeline.@Nullable Scheduled expiry;

    private EmulatedSession(String id, SessionContext context, Optional<BetaFace> face) {
        this.id = id;
        this.face = face;
        this.context = context;
        ClientEventRules ofDialect = ClientEventRules.of(face.isPresent() ? Dialect.beta() : Dialect.ga());
        this.rules = context.session().transcribesOnly() ? ofDialect.ofTranscription() : ofDialect;
        this.listings = new McpListings(context);
        this.responses = new Responses(context, listings);
        this.turns = new CallerTurns(context, responses);
        this.items = new ItemCommands(context);
        this.mute = context.faults().first(Fault.NeverAnswer.class).isPresent();
    }

    /**
     * Makes a session; {@link #open} lets it begin.
     *
     * @param number of the session at its emulator; gives it identifiers of its own
     * @param model its name as the client asked for it
     */
    public static EmulatedSession create(
            EmulatorSettings settings,
            Timeline timeline,
            String model,
            long number,
            FaultScript faults,
            EventSink sink) {
        return create(settings, timeline, SessionPlan.realtime(model), number, faults, sink, false);
    }

    /** Makes a session with this configuration, which may be spoken to in the beta dialect. */
    static EmulatedSession create(
            EmulatorSettings settings,
            Timeline timeline,
            SessionPlan plan,
            long number,
            FaultScript faults,
            EventSink receiver,
            boolean beta) {
        SplittableRandom random = new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + number);
        Ids ids = new Ids(random.split());
        String id = ids.session();
        String conversationId = ids.conversation();
        EventSink client = new ObservedSink(receiver, settings.observer(), id);
        Optional<BetaFace> face = beta ? Optional.of(new BetaFace(client, conversationId)) : Optional.empty();
        EventSink sink = face.<EventSink>map(f -> f).orElse(client);
        Duration lifetime = lifetime(settings, faults);
        SessionContext context = new SessionContext(
                settings,
                settings.profile().forModel(plan.model()),
                faults,
                timeline,
                ids,
                new Outbox(ids, sink, faults, timeline),
                plan.begin(id, timeline.now().plus(lifetime)),
                new Conversation(),
                conversationId,
                random.split(),
                random.split());
        return new EmulatedSession(id, context, face);
    }

    private static Duration lifetime(EmulatorSettings settings, FaultScript faults) {
        return faults.first(Fault.ExpireAfter.class)
                .map(Fault.ExpireAfter::lifetime)
                .orElse(settings.sessionLifetime());
    }

    /** The session's id. */
    public String id() {
        return id;
    }

    /** Begins: sends {@code session.created}. */
    public void open() {
        if (mute) {
            return;
        }
        context.out().applyFaults();
        sendSession("session.created");
        listings.ofSession();
        expiry = context.timeline().deadline(lifetime(context.settings(), context.faults()), this::expire);
    }

    /** Tells one who follows a session that has begun how it is configured. */
    void greet(EventSink follower) {
        if (!mute) {
            follower.frame(MAPPER.writeValueAsString(sessionEvent("session.created")));
        }
    }

    /** The call that the session belongs to is over. */
    void hangUp(String why) {
        end();
        context.out().close(1000, why);
    }

    /** Says why the connection is not served, and closes. */
    void reject(ConnectCheck.Rejection rejection) {
        context.out().error(rejection.problem());
        context.out().close(rejection.closeCode(), rejection.closeReason());
    }

    /** The server goes away. */
    void shutDown() {
        end();
        context.out().close(1001, "The emulator is shutting down.");
    }

    private void expire() {
        String message = "Your session hit the maximum duration of %s."
                .formatted(inWords(lifetime(context.settings(), context.faults())));
        context.out().error(ApiError.invalid("session_expired", message));
        end();
        context.out().close(1001, message);
    }

    /** The service's sessions last minutes; only faults make them shorter. */
    private static String inWords(Duration lifetime) {
        long minutes = lifetime.toMinutes();
        if (minutes > 0) {
            return minutes == 1 ? "1 minute" : minutes + " minutes";
        }
        long seconds = lifetime.toSeconds();
        if (seconds > 0) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        return lifetime.toMillis() + " milliseconds";
    }

    /** Nothing is to come any more; a deadline left behind would keep the session in memory until it fell due. */
    private void end() {
        responses.abandon();
        turns.cancelIdle();
        listings.abandon();
        if (expiry != null) {
            expiry.cancel();
        }
    }

    /** The connection is gone; nothing is sent any more. */
    public void disconnected() {
        context.out().markClosed();
        end();
    }

    /** A binary frame arrived, which the protocol does not have. */
    public void receiveBinary() {
        if (!mute) {
            context.out()
                    .error(ApiError.invalid(
                            "invalid_event", "Expected a text WebSocket message; binary frames are not supported."));
        }
    }

    /** A text frame arrived. */
    public void receive(String frame) {
        context.settings().observer().frame(id, FrameObserver.Direction.IN, frame);
        if (mute || context.out().closed()) {
            return;
        }
        try {
            dispatch(frame, MAPPER.readTree(frame));
        } catch (StreamConstraintsException beyondLimits) {
            notJson("The message is nested too deeply or holds too long a number or name: at most "
                    + MAPPER.tokenStreamFactory().streamReadConstraints().getMaxNestingDepth()
                    + " levels are read.");
        } catch (JacksonException notJson) {
            notJson("The message could not be parsed as JSON.");
        }
    }

    private void notJson(String message) {
        context.out().error(ApiError.invalid("invalid_json", message));
    }

    private void dispatch(String frame, JsonNode event) {
        if (event.isMissingNode()) {
            notJson("The message is empty.");
            return;
        }
        Optional<ApiError> problem = rules.broken(event);
        if (problem.isPresent()) {
            context.out().error(problem.get());
            return;
        }
        JsonNode understood = face.map(f -> MAPPER.readTree(f.toSession(frame))).orElse(event);
        handle(understood.path("type").stringValue(), understood, text(understood, "event_id"));
    }

    private void handle(String type, JsonNode event, Optional<String> eventId) {
        switch (type) {
            case "session.update" -> update(event.path("session"), eventId);
            case "input_audio_buffer.append" -> turns.append(event.path("audio").asString(""), eventId);
            case "input_audio_buffer.commit" -> turns.commit(eventId);
            case "input_audio_buffer.clear" -> turns.clear();
            case "conversation.item.create" -> items.create(event, eventId);
            case "conversation.item.retrieve" -> items.retrieve(event, eventId);
            case "conversation.item.truncate" -> items.truncate(event, eventId);
            case "conversation.item.delete" -> items.delete(event, eventId);
            case "response.create" -> responses.create(event.path("response"), eventId);
            case "response.cancel" -> responses.cancel(text(event, "response_id"), eventId);
            default -> throw new IllegalStateException("an event type with a shape but without a handler: " + type);
        }
    }

    private void update(JsonNode update, Optional<String> eventId) {
        Optional<ApiError> problem = context.session().update(update);
        if (problem.isPresent()) {
            context.out().error(problem.get(), eventId);
            return;
        }
        turns.settingsChanged();
        sendSession("session.updated");
        listings.ofSession();
    }

    private void sendSession(String type) {
        context.out().send(sessionEvent(type));
    }

    private ObjectNode sessionEvent(String type) {
        ObjectNode event = context.out().event(type);
        event.set("session", context.session().snapshot());
        return event;
    }

    private static Optional<String> text(JsonNode event, String field) {
        return event.path(field).isString() ? Optional.of(event.path(field).stringValue()) : Optional.empty();
    }
}
