package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.RawJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object, read leniently: null counts as absent, a field of another type than expected counts as
 * absent too. Only the methods without a fallback insist.
 */
abstract class Fields {
    /** No session lasts as long; what is beyond is a peer's mistake that must not overflow anybody's arithmetic. */
    private static final double LONGEST_MILLIS = Duration.ofHours(24).toMillis();

    /** The fields of a tree. */
    private static final class OfTree extends Fields {
        private final JsonNode object;

        OfTree(JsonNode object) {
            this.object = object;
        }

        @Override
        @Nullable
        JsonNode get(String name) {
            return object.get(name);
        }

        @Override
        JsonNode object() {
            return object;
        }
    }

    /** @throws UnreadableShape when the value is not an object */
    static Fields of(JsonNode value) {
        if (!value.isObject()) {
            throw new UnreadableShape("expected an object, but was " + value.getNodeType());
        }
        return new OfTree(value);
    }

    /** The field as it is, or null when there is none. */
    abstract @Nullable JsonNode get(String name);

    /** The whole object. */
    abstract JsonNode object();

    /** The text of a JSON string. */
    static String string(JsonNode value) {
        if (!value.isString()) {
            throw new UnreadableShape("expected a string, but was " + value.getNodeType());
        }
        return value.stringValue();
    }

    /** The value of a JSON number; too large ones become infinite. */
    static double number(JsonNode value) {
        if (!value.isNumber()) {
            throw new UnreadableShape("expected a number, but was " + value.getNodeType());
        }
        return value.numberValue().doubleValue();
    }

    /** The value of a JSON boolean. */
    static boolean flag(JsonNode value) {
        if (!value.isBoolean()) {
            throw new UnreadableShape("expected true or false, but was " + value.getNodeType());
        }
        return value.booleanValue();
    }

    /** Whether the field is there, null included. */
    boolean has(String name) {
        return get(name) != null;
    }

    /** The field, unless it is absent or null. */
    Optional<JsonNode> present(String name) {
        return Optional.ofNullable(get(name)).filter(value -> !value.isNull());
    }

    /** The required text. */
    String text(String name) {
        return present(name).map(Fields::string).orElseThrow(() -> new UnreadableShape(name + " is missing"));
    }

    /** The required text as base64 of audio. */
    AudioPayload audio(String name) {
        return new AudioPayload(text(name));
    }

    /** The text, or the fallback. */
    String textOr(String name, String fallback) {
        return optionalText(name).orElse(fallback);
    }

    /** The text, if there is one. */
    Optional<String> optionalText(String name) {
        return present(name).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    /** The text of a string or number, as gateways send error codes in either form. */
    Optional<String> optionalCode(String name) {
        return present(name).filter(v -> v.isString() || v.isNumber()).map(JsonNode::asString);
    }

    /** The whole number, or 0; fractions are cut off, too large values become the largest. */
    int integer(String name) {
        return optionalNumber(name).map(Double::intValue).orElse(0);
    }

    /** The number, if there is one. */
    Optional<Double> optionalNumber(String name) {
        return present(name).filter(JsonNode::isNumber).map(Fields::number);
    }

    /** A point of time in a session: milliseconds from 0 to 24 hours, or 0. */
    Duration time(String name) {
        Duration time = millis(name, Duration.ZERO);
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** The field as milliseconds, at most 24 hours either way, or the fallback. */
    Duration millis(String name, Duration fallback) {
        return optionalMillis(name).orElse(fallback);
    }

    /** The field as milliseconds, at most 24 hours either way, if there is one. */
    Optional<Duration> optionalMillis(String name) {
        return optionalNumber(name).map(v -> Duration.ofMillis((long) Math.clamp(v, -LONGEST_MILLIS, LONGEST_MILLIS)));
    }

    /** The flag, or the fallback. */
    boolean flag(String name, boolean fallback) {
        return present(name)
                .filter(JsonNode::isBoolean)
                .map(JsonNode::booleanValue)
                .orElse(fallback);
    }

    /** The required object. */
    Fields object(String name) {
        return present(name).map(Fields::of).orElseThrow(() -> new UnreadableShape(name + " is missing"));
    }

    /** The object, if there is one. */
    Optional<Fields> optionalObject(String name) {
        return present(name).filter(JsonNode::isObject).map(OfTree::new);
    }

    /** The object's fields, or none. */
    Fields objectOrEmpty(String name) {
        return optionalObject(name).orElseGet(() -> new OfTree(Json.emptyObject()));
    }

    /** The elements of an array, or none. */
    List<JsonNode> array(String name) {
        return present(name)
                .filter(JsonNode::isArray)
                .map(value -> List.copyOf(value.values()))
                .orElse(List.of());
    }

    /** The texts among the elements of an array, or none. */
    List<String> texts(String name) {
        return array(name).stream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
    }

    /** The field as seconds with their fractions, from 0 to 24 hours, or 0. */
    Duration seconds(String name) {
        double millis = optionalNumber(name).orElse(0.0) * 1e3;
        return Duration.ofNanos(Math.round(Math.clamp(millis, 0, LONGEST_MILLIS) * 1e6));
    }

    /** The field as JSON text, if there is one. */
    Optional<RawJson> json(String name) {
        return present(name).map(Json::text);
    }

    /** This whole object as JSON text. */
    RawJson json() {
        return Json.text(object());
    }
}
