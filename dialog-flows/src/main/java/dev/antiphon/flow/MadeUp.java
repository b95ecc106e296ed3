package dev.antiphon.flow;

import dev.antiphon.flow.slot.EmailAddress;
import dev.antiphon.flow.slot.PhoneNumber;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Values that stand for those of a call that has not taken place: two of each type, which sound in no way alike. */
enum MadeUp {
    ONE("Qua", 3, LocalDateTime.of(2001, 1, 1, 1, 15), Currency.getInstance("EUR"), true),
    OTHER("Zeb", 58, LocalDateTime.of(2004, 7, 24, 14, 40), Currency.getInstance("USD"), false);

    private static final int MOST_DEEP = 4;

    private final String text;
    private final int number;
    private final LocalDateTime moment;
    private final Currency currency;
    private final boolean flag;

    MadeUp(String text, int number, LocalDateTime moment, Currency currency, boolean flag) {
        this.text = text;
        this.number = number;
        this.moment = moment;
        this.currency = currency;
        this.flag = flag;
    }

    /** A value of this type; empty where none can be made. */
    Optional<Object> of(Class<?> type) {
        return of(type, 0);
    }

    private Optional<Object> of(Class<?> type, int depth) {
        return depth > MOST_DEEP
                ? Optional.empty()
                : simple(type).or(() -> known(type)).or(() -> composed(type, depth));
    }

    private Optional<Object> simple(Class<?> type) {
        return switch (type.getName()) {
            case "java.lang.String", "java.lang.CharSequence", "java.lang.Object", "java.lang.Comparable" ->
                Optional.of(text);
            case "int", "java.lang.Integer", "java.lang.Number" -> Optional.of(number);
            case "long", "java.lang.Long" -> Optional.of((long) number);
            case "double", "java.lang.Double" -> Optional.of((double) number);
            case "float", "java.lang.Float" -> Optional.of((float) number);
            case "short", "java.lang.Short" -> Optional.of((short) number);
            case "byte", "java.lang.Byte" -> Optional.of((byte) number);
            case "char", "java.lang.Character" -> Optional.of(text.charAt(0));
            case "boolean", "java.lang.Boolean" -> Optional.of(flag);
            default -> Optional.empty();
        };
    }

    private Optional<Object> known(Class<?> type) {
        return List.<Object>of(
                        BigDecimal.valueOf(number),
                        BigInteger.valueOf(number),
                        moment,
                        moment.toLocalDate(),
                        moment.toLocalTime(),
                        moment.atZone(ZoneOffset.UTC),
                        moment.toInstant(ZoneOffset.UTC),
                        Duration.ofMinutes(number),
                        currency,
                        new UUID(number, number),
                        Optional.empty(),
                        List.of(),
                        Set.of(),
                        Map.of(),
                        new PhoneNumber("+120255501" + moment.getMinute()),
                        new EmailAddress(text.toLowerCase(Locale.ROOT) + "@example.org"))
                .stream()
                .filter(type::isInstance)
                .findFirst();
    }

    private Optional<Object> composed(Class<?> type, int depth) {
        if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            return constants.length == 0 ? Optional.empty() : Optional.of(constants[flag ? 0 : constants.length - 1]);
        }
        if (type.isSealed()) {
            return Arrays.stream(type.getPermittedSubclasses())
                    .flatMap(each -> of(each, depth + 1).stream())
                    .findFirst();
        }
        return type.isRecord() ? record(type, depth) : Optional.empty();
    }

    private Optional<Object> record(Class<?> type, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Optional<Object> value = of(types[i], depth + 1);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values[i] = value.get();
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(values));
        } catch (ReflectiveOperationException | RuntimeException refused) {
            return Optional.empty();
        }
    }
}
