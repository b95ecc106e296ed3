package dev.antiphon.tool;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** What a constraint stands at, and whether it means something there. */
enum ConstraintTarget {
    NUMBER,
    TEXT,
    /** Has a size. */
    MANY,
    /** Neither of these: a date, a choice, a record. */
    OTHER,
    /** Of a type that only the mapper knows. */
    ANYTHING;

    private static final Set<Class<?>> OPTIONAL_NUMBERS =
            Set.of(OptionalInt.class, OptionalLong.class, OptionalDouble.class);
    private static final Set<Class<? extends Annotation>> OF_NUMBERS = Set.of(
            DecimalMax.class,
            DecimalMin.class,
            Max.class,
            Min.class,
            Negative.class,
            NegativeOrZero.class,
            Positive.class,
            PositiveOrZero.class);
    private static final Set<Class<? extends Annotation>> OF_TEXT = Set.of(Email.class, NotBlank.class, Pattern.class);
    private static final Set<Class<? extends Annotation>> OF_SIZES = Set.of(NotEmpty.class, Size.class);

    /** Why a constraint means nothing at a value of this type, as the end of "'name' has …"; empty when it means something. */
    static Optional<String> wrong(Annotation constraint, Type type) {
        Class<? extends Annotation> kind = constraint.annotationType();
        ConstraintTarget target = of(type);
        String named = "@" + kind.getSimpleName();
        if (!target.takes(kind)) {
            return Optional.of(named + ", which is for " + what(kind) + ", but is a " + name(type));
        }
        return wrongValue(constraint).map(why -> named + why);
    }

    private static ConstraintTarget of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Optional.class.equals(generic.getRawType())
                    ? of(generic.getActualTypeArguments()[0])
                    : of(generic.getRawType());
        }
        return type instanceof Class<?> plain ? of(plain) : ANYTHING;
    }

    private static ConstraintTarget of(Class<?> type) {
        boolean number = type.isPrimitive() && type != boolean.class && type != char.class;
        if (number || Number.class.isAssignableFrom(type) || OPTIONAL_NUMBERS.contains(type)) {
            return NUMBER;
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return TEXT;
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
            return MANY;
        }
        boolean known = type.isPrimitive()
                || type.isEnum()
                || type.isRecord()
                || type.getName().startsWith("java.") && type != Object.class;
        return known ? OTHER : ANYTHING;
    }

    private boolean takes(Class<? extends Annotation> constraint) {
        return this == ANYTHING
                || (!OF_NUMBERS.contains(constraint) || this == NUMBER)
                        && (!OF_TEXT.contains(constraint) || this == TEXT)
                        && (!OF_SIZES.contains(constraint) || this == TEXT || this == MANY);
    }

    private static String what(Class<? extends Annotation> constraint) {
        if (OF_NUMBERS.contains(constraint)) {
            return "numbers";
        }
        return OF_TEXT.contains(constraint) ? "texts" : "texts, lists and maps";
    }

    private static String name(Type type) {
        return type instanceof Class<?> plain
                ? plain.getSimpleName()
                : type.getTypeName().replaceAll("[a-z0-9_]+\\.", "");
    }

    private static Optional<String> wrongValue(Annotation constraint) {
        return switch (constraint) {
            case Pattern pattern -> brokenPattern(pattern.regexp());
            case DecimalMin min -> notANumber(min.value());
            case DecimalMax max -> notANumber(max.value());
            case Size size -> notASize(size);
            default -> Optional.empty();
        };
    }

    private static Optional<String> notASize(Size size) {
        return size.min() < 0 || size.max() < 0
                ? Optional.of("(min = " + size.min() + ", max = " + size.max() + "); sizes are 0 or more")
                : Optional.empty();
    }

    private static Optional<String> brokenPattern(String expression) {
        try {
            java.util.regex.Pattern.compile(expression);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("(\"" + expression + "\"), which is no regular expression");
        }
    }

    private static Optional<String> notANumber(String value) {
        try {
            new BigDecimal(value);
            return Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.of("(\"" + value + "\"), which is no number");
        }
    }
}
