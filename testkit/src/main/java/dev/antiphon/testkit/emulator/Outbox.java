package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.WebSocketLink.Breakdown;
import dev.antiphon.realtime.ApiError;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the server events of one session, numbers them, and applies the faults that count them. Not thread-safe. */
final class Outbox {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Ids ids;
    private final EventSink sink;
    private final FaultScript faults;
    private final Timeline timeline;
    private final StreamFaults stream;
    private int sent;
    private boolean closed;

    Outbox(Ids ids, EventSink sink, FaultScript faults, Timeline timeline) {
        this.stream = new StreamFaults(faults, timeline, this::write);
        this.ids = ids;
        this.sink = sink;
        this.faults = faults;
        this.timeline = timeline;
    }

    boolean closed() {
        return closed;
    }

    /** Marks the session as ended from outside; nothing is sent any more. */
    void markClosed() {
        closed = true;
    }

    /** A new event to be filled. */
    ObjectNode event(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("event_id", ids.event());
    }

    void send(ObjectNode event) {
        if (closed) {
            return;
        }
        String type = event.path("type").asString("");
        int occurrence = stream.pass(type, MAPPER.writeValueAsString(event));
        sent++;
        faults.first(Fault.CloseAt.class, fault -> fault.type().equals(type) && fault.occurrence() == occurrence)
                .ifPresent(fault -> close(fault.code(), fault.reason()));
        applyFaults();
    }

    void error(ApiError problem, Optional<String> clientEventId) {
        error(problem.causedBy(clientEventId));
    }

    void error(ApiError problem) {
        ObjectNode event = event("error");
        ObjectNode error = event.putObject("error");
        error.put("type", problem.type());
        putOrNull(error, "code", problem.code());
        error.put("message", problem.message());
        putOrNull(error, "param", problem.param());
        putOrNull(error, "event_id", problem.clientEventId());
        send(event);
    }

    void close(int code, String reason) {
        if (!closed) {
            closed = true;
            sink.close(code, reason);
        }
    }

    /** Applies the faults that are due at the number of events sent so far; call once before the first event. */
    void applyFaults() {
        faults.faults().forEach(this::apply);
    }

    private void apply(Fault fault) {
        switch (fault) {
            case Fault.CloseAfter close -> whenDue(close.events(), () -> close(close.code(), close.reason()));
            case Fault.DropAfter drop -> whenDue(drop.events(), this::drop);
            case Fault.UnknownEventAfter unknown ->
                whenDue(unknown.events(), () -> write(MAPPER.writeValueAsString(event(unknown.type()))));
            case Fault.PressKeys pressed -> whenDue(pressed.events(), () -> press(pressed.keys()));
            case Fault.MalformedFrameAfter malformed -> whenDue(malformed.events(), () -> write("{\"type\": \"respon"));
            case Fault.BreakAfter broken -> whenDue(broken.events(), () -> breakDown(broken.how()));
            case Fault.ReportErrorAfter report -> whenDue(report.events(), () -> report(report));
            // Everything else is applied where it happens.
            case Fault other -> {}
        }
    }

    private void whenDue(int events, Runnable action) {
        if (events == sent && !closed) {
            action.run();
        }
    }

    private void drop() {
        if (!closed) {
            closed = true;
            sink.drop();
        }
    }

    private void breakDown(Breakdown how) {
        if (!closed) {
            closed = true;
            sink.breakDown(how);
        }
    }

    /** Not counted as an event, so that what is due at a number is due once. */
    private void report(Fault.ReportErrorAfter fault) {
        ObjectNode event = event("error");
        ObjectNode error = event.putObject("error").put("type", fault.type());
        putOrNull(error, "code", fault.code());
        error.put("message", fault.message()).putNull("param").putNull("event_id");
        write(MAPPER.writeValueAsString(event));
    }

    /** Events of the telephone have no id, and are not counted. */
    private void press(String keys) {
        keys.chars().forEach(key -> {
            ObjectNode event = MAPPER.createObjectNode()
                    .put("type", "input_audio_buffer.dtmf_event_received")
                    .put("event", Character.toString(key))
                    .put("received_at", timeline.now().getEpochSecond());
            write(MAPPER.writeValueAsString(event));
        });
    }

    private void write(String json) {
        if (closed) {
            return;
        }
        sink.frame(json);
    }

    static void putOrNull(ObjectNode node, String field, Optional<String> value) {
        if (value.isPresent()) {
            node.put(field, value.get());
        } else {
            node.putNull(field);
        }
    }

    static void setOrNull(ObjectNode node, String field, JsonNode value) {
        if (value.isMissingNode()) {
            node.putNull(field);
        } else {
            node.set(field, value);
        }
    }
}
