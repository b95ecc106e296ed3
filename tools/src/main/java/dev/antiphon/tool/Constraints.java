package dev.antiphon.tool;

import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import jakarta.validation.Constraint;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jakarta validation's constraints in a tool's input. Those that a JSON Schema can say are in the schema, and its validator
 * keeps them; the others would silently mean nothing, so they are refused at the start.
 */
final class Constraints {
    private static final Set<Class<? extends Annotation>> SAID = Set.of(
            DecimalMax.class,
            DecimalMin.class,
            Email.class,
            Max.class,
            Min.class,
            Negative.class,
            NegativeOrZero.class,
            NotBlank.class,
            NotEmpty.class,
            NotNull.class,
            Pattern.class,
            Positive.class,
            PositiveOrZero.class,
            Size.class);

    /** Matches what has a character other than white space. */
    static final String NOT_BLANK = "\\S";

    private final List<String> unchecked = new ArrayList<>();
    private final List<String> meaningless = new ArrayList<>();
    private final Set<Class<?>> seen = new HashSet<>();

    private Constraints() {}

    /**
     * Checks the constraints of a record, and of those in it.
     *
     * @throws UnusableTool when a schema cannot say one, or one means nothing where it stands
     */
    static void check(Class<?> input) {
        Constraints constraints = new Constraints();
        constraints.record(input, "");
        constraints.check("the record's constructor");
    }

    /** The same of a parameter alone. */
    static void check(AnnotatedElement element, AnnotatedType type, String name) {
        Constraints constraints = new Constraints();
        constraints.look(element, type, name);
        constraints.check("the method");
    }

    private void check(String instead) {
        if (!unchecked.isEmpty()) {
            throw new UnusableTool(
                    "a JSON Schema cannot say this: " + String.join(", ", unchecked) + "; check it in " + instead);
        }
        if (!meaningless.isEmpty()) {
            throw new UnusableTool(String.join("; ", meaningless));
        }
    }

    /**
     * Checks that values can keep all the rules of a schema that was made here.
     *
     * @throws UnusableTool when no call could ever fill a member
     */
    static void checkPossible(JsonNode schema) {
        List<String> impossible = ImpossibleMembers.of(schema);
        if (!impossible.isEmpty()) {
            throw new UnusableTool(String.join("; ", impossible));
        }
    }

    private void record(Class<?> type, String path) {
        if (type.isRecord() && seen.add(type)) {
            for (RecordComponent component : type.getRecordComponents()) {
                look(component, component.getAnnotatedType(), path + component.getName());
            }
        }
    }

    private void look(AnnotatedElement element, AnnotatedType type, String path) {
        Set<Annotation> annotations = new HashSet<>(Arrays.asList(element.getAnnotations()));
        annotations.addAll(Arrays.asList(type.getAnnotations()));
        for (Annotation annotation : annotations) {
            Class<? extends Annotation> kind = annotation.annotationType();
            if (kind.isAnnotationPresent(Constraint.class) && !SAID.contains(kind)) {
                unchecked.add("'" + path + "' has @" + kind.getSimpleName());
            } else if (SAID.contains(kind)) {
                ConstraintTarget.wrong(annotation, type.getType())
                        .ifPresent(why -> meaningless.add("'" + path + "' has " + why));
            } else if (kind.getEnclosingClass() != null && SAID.contains(kind.getEnclosingClass())) {
                meaningless.add("'" + path + "' has @"
                        + kind.getEnclosingClass().getSimpleName() + " more than once, but may have it once");
            }
        }
        inside(type.getType(), path);
        if (type instanceof AnnotatedParameterizedType generic) {
            for (AnnotatedType argument : generic.getAnnotatedActualTypeArguments()) {
                look(argument, argument, path);
            }
        }
    }

    private void inside(Type type, String path) {
        if (type instanceof Class<?> plain) {
            record(plain, path + ".");
        } else if (type instanceof ParameterizedType generic) {
            inside(generic.getRawType(), path);
        }
    }

    /** A regular expression of Java, which must match the whole, as one of JSON Schema, which may match a part. */
    static String anchored(String pattern) {
        return "^(?:" + pattern + ")$";
    }

    /** Puts {@code minLength}, {@code minItems} and the like into a schema; {@code kind} is their end. */
    static void bound(ObjectNode node, String kind, int least, @Nullable Size size) {
        if (least > 0) {
            node.put("min" + kind, least);
        }
        if (size != null && size.max() < Integer.MAX_VALUE) {
            node.put("max" + kind, size.max());
        }
    }

    /** The constraints as JSON Schema. */
    static final class InSchema extends JakartaValidationModule {
        InSchema() {
            super(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS);
        }

        @Override
        public void applyToConfigBuilder(SchemaGeneratorConfigBuilder builder) {
            super.applyToConfigBuilder(builder);
            builder.forFields().withInstanceAttributeOverride((node, field, context) -> sizeOfMap(node, field));
        }

        /** The library leaves out how many members a map may have. */
        private void sizeOfMap(ObjectNode node, FieldScope field) {
            if (field.getType().isInstanceOf(Map.class)) {
                Size size = getAnnotationFromFieldOrGetter(field, Size.class, Size::groups);
                boolean some = getAnnotationFromFieldOrGetter(field, NotEmpty.class, NotEmpty::groups) != null;
                bound(node, "Properties", Math.max(some ? 1 : 0, size == null ? 0 : size.min()), size);
            }
        }

        @Override
        protected @Nullable String resolveStringPattern(MemberScope<?, ?> member) {
            String pattern = super.resolveStringPattern(member);
            if (pattern != null && !pattern.isEmpty()) {
                return anchored(pattern);
            }
            return getAnnotationFromFieldOrGetter(member, NotBlank.class, NotBlank::groups) == null ? null : NOT_BLANK;
        }
    }
}
