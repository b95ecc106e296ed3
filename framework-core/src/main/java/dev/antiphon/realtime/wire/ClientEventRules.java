package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ApiError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a server of the Realtime protocol takes from its clients: the types, fields, kinds and bounds of client events, checked as
 * strictly as the service checks them (protocol sections 5 to 9 and 12). Immutable.
 *
 * <p>Only the shape of one event is looked at, not whether it fits what came before.
 */
public final class ClientEventRules {
    /** The longest {@code event_id}, in characters. */
    public static final int MAX_EVENT_ID = 512;

    private static final int MAX_SHOWN = 200;
    private static final List<String> TRANSCRIPTION = List.of(
            "input_audio_buffer.append",
            "input_audio_buffer.commit",
            "input_audio_buffer.clear",
            "conversation.item.retrieve",
            "conversation.item.delete");

    private static final ClientEventRules GA = new ClientEventRules(GaShapes.EVENT_TYPES, GaShapes.all());
    private static final ClientEventRules BETA = new ClientEventRules(BetaShapes.EVENT_TYPES, BetaShapes.all());

    private final List<String> types;
    private final Map<String, Shape> shapes;

    private ClientEventRules(List<String> types, Map<String, Shape> shapes) {
        this.types = types;
        this.shapes = shapes;
    }

    /** The rules of conversations in this dialect. */
    public static ClientEventRules of(Dialect dialect) {
        return dialect == Dialect.beta() ? BETA : GA;
    }

    /** The rules of sessions that transcribe and never answer: the same, of fewer events. */
    public ClientEventRules ofTranscription() {
        return new ClientEventRules(
                types.stream()
                        .filter(type -> TRANSCRIPTION.contains(type) || type.endsWith("session.update"))
                        .toList(),
                shapes);
    }

    /** The types that an error names when an event is of none of them. */
    public List<String> types() {
        return types;
    }

    /**
     * The first rule that an event breaks, as the service reports it; empty when it breaks none.
     *
     * @param event a client's frame
     */
    public Optional<ApiError> broken(JsonNode event) {
        JsonNode type = event.path("type");
        if (!type.isString()) {
            return Optional.of(ApiError.invalid("invalid_event", "The event must be an object with a string 'type'.")
                    .causedBy(id(event)));
        }
        Shape shape = types.contains(type.stringValue()) ? shapes.get(type.stringValue()) : null;
        Optional<ApiError> problem = shape == null
                ? Shape.problem(
                        "type",
                        "invalid_value",
                        Shape.invalidValue(shown(type.stringValue()), instead(type.stringValue())))
                : shape.check("", event);
        return problem.map(found -> found.causedBy(id(event)));
    }

    /** The service names types of other kinds of sessions too, but never the one that it just refused. */
    private List<String> instead(String refused) {
        return types.contains(refused)
                ? types.stream().filter(shapes::containsKey).toList()
                : types;
    }

    private static Optional<String> id(JsonNode event) {
        return Optional.of(event.path("event_id")).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    private static String shown(String value) {
        return value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "…" : value;
    }
}
