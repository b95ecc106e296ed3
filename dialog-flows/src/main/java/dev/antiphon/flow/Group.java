package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A part of a dialog that many flows share, such as taking down who calls: slots that are asked together and make a record of their
 * own, which is one component of a flow's record. Immutable and thread-safe.
 *
 * @param <R> its record: one component a slot, in order
 */
public final class Group<R> {
    private final String name;
    private final Class<R> type;
    private final List<Slot<?>> slots;
    private final List<Function<R, Optional<Rejection<?>>>> rules;
    private final boolean onOccasion;

    private Group(
            String name,
            Class<R> type,
            List<? extends Slot<?>> slots,
            List<Function<R, Optional<Rejection<?>>>> rules,
            boolean onOccasion) {
        this.name = name;
        this.type = type;
        this.slots = List.copyOf(slots);
        this.rules = List.copyOf(rules);
        this.onOccasion = onOccasion;
        if (slots.isEmpty()) {
            throw new IllegalArgumentException("a group needs at least 1 slot, but '" + name + "' has none");
        }
    }

    /**
     * A group, see {@link FlowBuilder#collect(Group)}.
     *
     * @param name for messages
     * @param type a record of one component a slot, in order
     */
    public static <R> Group<R> of(String name, Class<R> type, Slot<?>... slots) {
        return new Group<>(name, type, Arrays.asList(slots), List.of(), false);
    }

    /** Only wanted when the rule holds, see {@link Slot#onlyWhen}; its component of the flow's record is an {@code Optional}. */
    public Group<R> onlyWhen(String words, Predicate<Slots> rule) {
        List<Slot<?>> conditional = new ArrayList<>();
        slots.forEach(slot -> conditional.add(slot.onlyWhen(words, rule)));
        return new Group<>(name, type, conditional, rules, true);
    }

    /** A rule over its record, run as soon as all of it is known: quick code that names the slot to ask again, or nothing. */
    public Group<R> check(Function<R, Optional<Rejection<?>>> rule) {
        List<Function<R, Optional<Rejection<?>>>> all = new ArrayList<>(rules);
        all.add(rule);
        return new Group<>(name, type, slots, all, onOccasion);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its record. */
    public Class<R> type() {
        return type;
    }

    /** Its slots, in the order in which they are asked for. */
    public List<Slot<?>> slots() {
        return slots;
    }

    /** Whether it is only wanted on occasion. */
    boolean isOnOccasion() {
        return onOccasion;
    }

    boolean has(String slot) {
        return slots.stream().anyMatch(each -> each.name().equals(slot));
    }

    boolean isComplete(SlotValues given) {
        TypedSlots typed = new TypedSlots(given);
        return !rules.isEmpty()
                && typed.wants(slots.getFirst())
                && slots.stream()
                        .allMatch(slot -> given.skipped().contains(slot.name())
                                || given.find(slot.name())
                                        .filter(SlotValues.Value::checked)
                                        .isPresent());
    }

    /** What its values are; the group on its own is never on occasion. */
    List<ResultRecord.Component> components() {
        List<ResultRecord.Component> all = new ArrayList<>();
        slots.forEach(slot -> all.add(new ResultRecord.Value(slot, slot.isOptional(), Optional.empty())));
        return all;
    }

    R record(Slots values) {
        return new ResultRecord<>(type).build(components(), values);
    }

    Optional<Rejection<?>> broken(Slots values) {
        return broken(rules, record(values), slots);
    }

    /**
     * Where the first broken rule leads.
     *
     * @throws RuntimeException when a rule throws, or names a slot that is not collected
     */
    static <R> Optional<Rejection<?>> broken(
            List<Function<R, Optional<Rejection<?>>>> rules, R made, List<Slot<?>> slots) {
        for (Function<R, Optional<Rejection<?>>> rule : rules) {
            Optional<Rejection<?>> rejection = rule.apply(made);
            if (rejection.isPresent()) {
                String slot = rejection.get().slot().name();
                if (slots.stream().noneMatch(each -> each.name().equals(slot))) {
                    throw new IllegalStateException(
                            "a check must name a slot that is collected here, but names '" + slot + "'");
                }
                return rejection;
            }
        }
        return Optional.empty();
    }
}
