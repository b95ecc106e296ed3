package dev.antiphon.tool;

import com.github.victools.jsonschema.generator.MemberScope;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private final Set<Class<?>> seen = new HashSet<>();

    private Constraints() {}

    /** The constraints of a record, and of those in it, that a schema cannot say: {@code "'date' has @Future"}. */
    static List<String> unchecked(Class<?> input) {
        Constraints constraints = new Constraints();
        constraints.record(input, "");
        return constraints.unchecked;
    }

    /** The same of a parameter or component alone. */
    static List<String> unchecked(AnnotatedElement element, AnnotatedType type, String name) {
        Constraints constraints = new Constraints();
        constraints.look(element, type, name);
        return constraints.unchecked;
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

    /** The constraints as JSON Schema. */
    static final class InSchema extends JakartaValidationModule {
        InSchema() {
            super(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS);
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
