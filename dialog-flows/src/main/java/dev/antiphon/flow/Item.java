package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Something that a search found, or that a transaction made: what can be offered and asked about. Immutable.
 *
 * @param values normal forms by slot name, in order; names that are no slots of the flow are spoken as they are
 */
public record Item(Map<String, String> values) {
    public Item {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values)); // in order
    }

    /** An item with values of slots. */
    public static Item of(UnaryOperator<Builder> shape) {
        return shape.apply(new Builder()).build();
    }

    /** The value of a slot; empty when it has none. */
    public <T> Optional<T> find(Slot<T> slot) {
        return find(slot.name()).map(slot.type()::restore);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Shapes an item inside {@link #of}. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> values = new LinkedHashMap<>();

        private Builder() {}

        /** The value of a slot. */
        public <T> Builder with(Slot<T> slot, T value) {
            values.put(slot.name(), slot.type().normal(value));
            return this;
        }

        /** Something else that callers may ask about, in the words that answer it. */
        public Builder with(String name, String words) {
            values.put(name, words);
            return this;
        }

        private Item build() {
            return new Item(values);
        }
    }
}
