package dev.antiphon.tool;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Which types an input record may have: those that its schema describes as the mapper reads them. Any other would pass the
 * start and then refuse every call.
 */
final class ComponentTypes {
    private static final Set<Class<?>> READABLE = Set.of(
            Object.class,
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            UUID.class,
            URI.class);

    private final List<String> unreadable = new ArrayList<>();
    private final List<Class<?>> around = new ArrayList<>();
    private final Set<Class<?>> seen = new HashSet<>();

    private ComponentTypes() {}

    /** The components, with their types, that no call could ever fill. */
    static List<String> unreadable(Class<? extends Record> input) {
        ComponentTypes types = new ComponentTypes();
        types.record(input, "");
        return types.unreadable;
    }

    /** The same of a value that stands alone. */
    static List<String> unreadable(Type type, String name) {
        ComponentTypes types = new ComponentTypes();
        types.look(type, name);
        return types.unreadable;
    }

    private void record(Class<?> type, String path) {
        if (seen.add(type)) {
            around.add(type);
            for (RecordComponent component : type.getRecordComponents()) {
                look(component.getGenericType(), path + component.getName());
            }
            around.removeLast();
        }
    }

    private void look(Type type, String path) {
        switch (type) {
            case Class<?> plain -> look(plain, path);
            case ParameterizedType generic -> {
                look(generic.getRawType(), path);
                for (Type argument : generic.getActualTypeArguments()) {
                    look(argument, path);
                }
            }
            case WildcardType wildcard -> look(wildcard.getUpperBounds()[0], path);
            default -> {}
        }
    }

    private void look(Class<?> type, String path) {
        if (around.contains(type)) {
            unreadable.add("'" + path + "' is a " + type.getSimpleName() + " inside a " + type.getSimpleName()
                    + " (records must not contain themselves)");
        } else if (type.isRecord()) {
            record(type, path + ".");
        } else if (type.isArray()) {
            look(type.getComponentType(), path);
        } else if (!isReadable(type)) {
            unreadable.add("'" + path + "' is a " + type.getSimpleName());
        }
    }

    private static boolean isReadable(Class<?> type) {
        boolean open = type.isInterface() || Modifier.isAbstract(type.getModifiers());
        return type.isPrimitive()
                || type.isEnum()
                || READABLE.contains(type)
                || Optional.class.equals(type)
                || Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || type.isAnnotationPresent(JsonTypeInfo.class)
                || (!open && !type.getName().startsWith("java."));
    }
}
