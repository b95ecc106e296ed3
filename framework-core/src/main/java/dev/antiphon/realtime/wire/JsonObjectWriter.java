package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.RawJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Writes the fields of one JSON object in the order of the calls. */
final class JsonObjectWriter {
    private final JsonGenerator out;

    private JsonObjectWriter(JsonGenerator out) {
        this.out = out;
    }

    static void write(JsonGenerator out, Consumer<JsonObjectWriter> fields) {
        out.writeStartObject();
        fields.accept(new JsonObjectWriter(out));
        out.writeEndObject();
    }

    JsonObjectWriter text(String name, String value) {
        out.writeStringProperty(name, value);
        return this;
    }

    /** Left out when empty. */
    JsonObjectWriter text(String name, Optional<String> value) {
        value.ifPresent(text -> text(name, text));
        return this;
    }

    /** Null when empty. */
    JsonObjectWriter textOrNull(String name, Optional<String> value) {
        return value.isPresent() ? text(name, value.get()) : nothing(name);
    }

    JsonObjectWriter nothing(String name) {
        out.writeNullProperty(name);
        return this;
    }

    JsonObjectWriter number(String name, long value) {
        out.writeNumberProperty(name, value);
        return this;
    }

    JsonObjectWriter decimal(String name, BigDecimal value) {
        out.writeNumberProperty(name, value);
        return this;
    }

    JsonObjectWriter millis(String name, Duration value) {
        return number(name, value.toMillis());
    }

    /** As seconds with their fractions. */
    JsonObjectWriter seconds(String name, Duration value) {
        return decimal(name, BigDecimal.valueOf(value.toNanos(), 9));
    }

    JsonObjectWriter numbers(String name, List<Integer> elements) {
        out.writeArrayPropertyStart(name);
        elements.forEach(out::writeNumber);
        out.writeEndArray();
        return this;
    }

    JsonObjectWriter flag(String name, boolean value) {
        out.writeBooleanProperty(name, value);
        return this;
    }

    JsonObjectWriter json(String name, RawJson value) {
        out.writeName(name);
        out.writeRawValue(value.text());
        return this;
    }

    JsonObjectWriter object(String name, Consumer<JsonObjectWriter> fields) {
        out.writeName(name);
        write(out, fields);
        return this;
    }

    <T> JsonObjectWriter objects(String name, List<T> elements, BiConsumer<JsonObjectWriter, T> fields) {
        out.writeArrayPropertyStart(name);
        elements.forEach(element -> write(out, object -> fields.accept(object, element)));
        out.writeEndArray();
        return this;
    }

    JsonObjectWriter strings(String name, List<String> elements) {
        out.writeArrayPropertyStart(name);
        elements.forEach(out::writeString);
        out.writeEndArray();
        return this;
    }

    /** Copies every field of a JSON object that is kept as text. */
    JsonObjectWriter fieldsOf(RawJson object) {
        Json.members(object).forEach((name, value) -> json(name, Json.text(value)));
        return this;
    }
}
