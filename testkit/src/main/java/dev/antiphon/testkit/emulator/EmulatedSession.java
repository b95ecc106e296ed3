package dev.antiphon.testkit.emulator;

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
    private final boolean mute;
    private Timeline.@Nullable Scheduled expiry;

    private EmulatedSession(String id, SessionContext context, Optional<BetaFace> face) {
        this.id = id;
        this.face = face;
        this.context = context;
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
        context.out().error(rejection.problem(), Optional.empty());
        context.out().close(rejection.closeCode(), rejection.closeReason());
    }

    /** The server goes away. */
    void shutDown() {
        end();
        context.out().close(1001, "The emulator is shutting down.");
    }

    private void expire() {
        long minutes = lifetime(context.settings(), context.faults()).toMinutes();
        String message = "Your session hit the maximum duration of %d minutes.".formatted(minutes);
        context.out().error(ApiProblem.of("session_expired", message), Optional.empty());
        end();
        context.out().close(1001, message);
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
                    .error(
                            ApiProblem.of(
                                    "invalid_event",
                                    "Expected a text WebSocket message; binary frames are not supported."),
                            Optional.empty());
        }
    }

    /** A text frame arrived. */
    public void receive(String frame) {
        context.settings().observer().frame(id, FrameObserver.Direction.IN, frame);
        if (mute || context.out().closed()) {
            return;
        }
        JsonNode event;
        try {
            event = MAPPER.readTree(face.map(f -> f.toSession(frame)).orElse(frame));
        } catch (StreamConstraintsException beyondLimits) {
            notJson("The message is nested too deeply or holds too long a number or name: at most "
                    + MAPPER.tokenStreamFactory().streamReadConstraints().getMaxNestingDepth()
                    + " levels are read.");
            return;
        } catch (JacksonException notJson) {
            notJson("The message could not be parsed as JSON.");
            return;
        }
        if (event.isMissingNode()) {
            notJson("The message is empty.");
            return;
        }
        dispatch(event);
    }

    private void notJson(String message) {
        context.out().error(ApiProblem.of("invalid_json", message), Optional.empty());
    }

    private void dispatch(JsonNode event) {
        Optional<String> eventId = text(event, "event_id");
        Optional<String> type = text(event, "type");
        if (type.isEmpty()) {
            context.out()
                    .error(
                            ApiProblem.of("invalid_event", "The event must be an object with a string 'type'."),
                            eventId);
            return;
        }
        Optional<Shape> shape = ClientShapes.of(type.get());
        Optional<ApiProblem> problem = shape.isPresent()
                ? shape.get().check("", event)
                : Shape.problem("type", "invalid_value", Shape.invalidValue(type.get(), ClientShapes.EVENT_TYPES));
        if (context.session().transcribesOnly() && !TranscriptionRules.EVENT_TYPES.contains(type.get())) {
            problem = Shape.problem(
                    "type", "invalid_value", Shape.invalidValue(type.get(), TranscriptionRules.EVENT_TYPES));
        }
        problem.ifPresentOrElse(found -> context.out().error(found, eventId), () -> handle(type.get(), event, eventId));
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
        Optional<ApiProblem> problem = context.session().update(update);
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
