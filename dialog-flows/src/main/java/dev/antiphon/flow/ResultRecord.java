package dev.antiphon.flow;

import dev.antiphon.flow.say.Plainly;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Slots;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes a task's record from its slots: one component a slot, in the same order. */
record ResultRecord<R>(Class<R> type) {

    /** Where a component's value comes from. */
    sealed interface Component {
        /** Its value. */
        Object value(Slots values);

        /** What the component's type must accept. */
        Class<?> needed();

        /** For messages. */
        String source();

        /** Why what it is made of does not fit, if so. */
        Optional<String> mismatch();
    }

    /**
     * The value of a slot.
     *
     * @param isOptional whether it may stay open, so that the component is an {@code Optional}
     * @param usual what it is when it stays open
     */
    record Value(Slot<?> slot, boolean isOptional, Optional<?> usual) implements Component {
        static Value of(Slot<?> slot) {
            return new Value(slot, slot.mayStayOpen(), Optional.empty());
        }

        @Override
        public Object value(Slots values) {
            return isOptional
                    ? values.find(slot).filter(value -> TypedSlots.wants(slot, values))
                    : values.find(slot)
                            .<Object>map(value -> value)
                            .or(() -> usual)
                            .orElseThrow();
        }

        @Override
        public Class<?> needed() {
            return isOptional ? Optional.class : slot.type().valueType();
        }

        @Override
        public String source() {
            return "slot '" + slot.name() + "'";
        }

        @Override
        public Optional<String> mismatch() {
            return Optional.empty();
        }
    }

    /** The record of a group of slots. */
    record Nested(Group<?> group) implements Component {
        @Override
        public Object value(Slots values) {
            if (!group.isOnOccasion()) {
                return group.record(values);
            }
            boolean wanted = TypedSlots.wants(group.slots().getFirst(), values);
            return wanted ? Optional.of(group.record(values)) : Optional.empty();
        }

        @Override
        public Class<?> needed() {
            return group.isOnOccasion() ? Optional.class : group.type();
        }

        @Override
        public String source() {
            return "group '" + group.name() + "'";
        }

        @Override
        public Optional<String> mismatch() {
            return new ResultRecord<>(group.type()).mismatch(group.components());
        }
    }

    /** Why these slots cannot make this record, if so. */
    Optional<String> mismatch(List<Component> slots) {
        if (!type.isRecord()) {
            return Optional.of(type.getName() + " must be a record");
        }
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != slots.size()) {
            return Optional.of(type.getSimpleName() + " has " + Plainly.count(components.length, "component") + ", but "
                    + Plainly.count(slots.size(), "slot") + (slots.size() == 1 ? " is" : " are") + " collected");
        }
        for (int i = 0; i < components.length; i++) {
            Component source = slots.get(i);
            if (!boxed(components[i].getType()).isAssignableFrom(source.needed())) {
                return Optional.of("component '" + components[i].getName() + "' is a "
                        + components[i].getType().getSimpleName() + ", but " + source.source() + " gives "
                        + source.needed().getSimpleName());
            }
            Optional<String> inside = source.mismatch();
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    R build(List<Component> slots, Slots values) {
        Object[] arguments = slots.stream().map(source -> source.value(values)).toArray();
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the record " + type.getName() + " must accept the checked slot values", e);
        }
    }

    private static Class<?> boxed(Class<?> type) {
        if (type == int.class) {
            return Integer.class;
        }
        return type == boolean.class ? Boolean.class : type;
    }
}
