package dev.antiphon.tool;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

/**
 * A tool's result as bounded JSON text. A longer result becomes {@code {"truncated":true,"total_chars":N,"beginning":"…"}},
 * which is valid JSON and says what happened; past a million characters writing stops, and N says how far it came.
 * What is marked {@link NotForModel} is left out; what is marked {@link Sensitive} is told, and its name noted. Thread-safe.
 */
final class ResultText {
    private static final int MOST_CHARS = 1_000_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .annotationIntrospector(new ForModel())
            .addModule(new SimpleModule().setSerializerModifier(new Noting()))
            .build();

    private ResultText() {}

    /**
     * The text.
     *
     * @param sensitive gets the names of the sensitive members that were written
     * @throws tools.jackson.core.JacksonException when the result cannot be written as JSON
     */
    static String of(Object result, int maxChars, Set<String> sensitive) {
        Bounded writer = new Bounded(maxChars);
        try {
            JSON.writer().withAttribute(Noting.NAMES, sensitive).writeValue(writer, result);
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

    /** Has the names of sensitive members noted as they are written. */
    private static final class Noting extends ValueSerializerModifier {
        static final String NAMES = Noting.class.getName();

        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription.Supplier bean, List<BeanPropertyWriter> properties) {
            return properties.stream()
                    .map(each -> each.getAnnotation(Sensitive.class) == null ? each : new SensitiveWriter(each))
                    .toList();
        }
    }

    /** Writes a sensitive member. */
    private static final class SensitiveWriter extends BeanPropertyWriter {
        private static final long serialVersionUID = 1L;

        SensitiveWriter(BeanPropertyWriter base) {
            super(base);
        }

        @Override
        @SuppressWarnings("unchecked") // nobody else sets the attribute
        public void serializeAsProperty(Object bean, JsonGenerator generator, SerializationContext context)
                throws Exception {
            ((Set<String>) context.getAttribute(Noting.NAMES)).add(getName());
            super.serializeAsProperty(bean, generator, context);
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
