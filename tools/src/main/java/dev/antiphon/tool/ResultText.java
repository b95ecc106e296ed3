package dev.antiphon.tool;

import java.io.IOException;
import java.io.Writer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool's result as bounded JSON text. A longer result becomes {@code {"truncated":true,"total_chars":N,"beginning":"…"}},
 * which is valid JSON and says what happened; past a million characters writing stops, and N says how far it came.
 * What is marked {@link NotForModel} is left out. Thread-safe.
 */
final class ResultText {
    private static final int MOST_CHARS = 1_000_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .annotationIntrospector(new ForModel())
            .build();

    private ResultText() {}

    /**
     * The text.
     *
     * @throws tools.jackson.core.JacksonException when the result cannot be written as JSON
     */
    static String of(Object result, int maxChars) {
        Bounded writer = new Bounded(maxChars);
        try {
            JSON.writeValue(writer, result);
        } catch (JacksonException e) {
            if (!writer.isFull()) {
                throw e;
            }
        }
        return writer.total <= maxChars ? writer.kept.toString() : truncated(writer);
    }

    private static String truncated(Bounded writer) {
        ObjectNode marker = JSON.createObjectNode();
        marker.put("truncated", true);
        marker.put("total_chars", writer.total);
        marker.put("beginning", writer.kept.toString());
        return marker.toString();
    }

    /** Knows what is not for the model. */
    private static final class ForModel extends JacksonAnnotationIntrospector {
        @Override
        public boolean hasIgnoreMarker(MapperConfig<?> config, AnnotatedMember member) {
            return member.hasAnnotation(NotForModel.class) || super.hasIgnoreMarker(config, member);
        }
    }

    /** Keeps the beginning, counts the rest. */
    private static final class Bounded extends Writer {
        private final int maxChars;
        private final StringBuilder kept = new StringBuilder();
        private int total;

        Bounded(int maxChars) {
            this.maxChars = maxChars;
        }

        @Override
        public void write(char[] chars, int offset, int length) throws IOException {
            total += length;
            kept.append(chars, offset, Math.min(length, maxChars - kept.length()));
            if (isFull()) {
                throw new IOException("a tool's result is read to " + MOST_CHARS + " characters of JSON");
            }
        }

        private boolean isFull() {
            return total > MOST_CHARS;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
