package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Slots;
import dev.antiphon.session.Conversation.EffectPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One thing that a flow does for the caller: a <em>search</em>, which runs as soon as what it needs is known and whose results
 * are offered, or a <em>transaction</em>, which runs only after a yes to exactly the values it uses. Immutable and thread-safe.
 *
 * @param <R> what the values make: a record of one component a slot, first those asked for, then the extras, in order; or an
 *     {@link Item} with the normal forms
 * @param name unique in the flow
 * @param label what it does, as an order: {@code reserve a table}
 * @param slots what is asked for, in order
 * @param extras what is taken and never asked for
 * @param resultType the record's class, or that of {@link Item}
 * @param confirmation how the values are read back; without one, value by value
 * @param search what is looked up; empty for a transaction
 * @param effects what is done after a yes, in order
 * @param completion what is said after the last effect
 * @param groups which of the slots make a record of their own
 * @param rules over the whole record: each names the slot to ask again, or nothing
 * @param after the task that must be done before in the same call
 * @param extraTools names of pool tools that the model may call while it is wanted
 * @param successWords what the agent says after the last effect, with {@code {}} for values, as far as it is known without them
 * @param undoes whether it takes back what was done before, so that a no leaves that as it is
 */
public record Task<R>(
        String name,
        String label,
        List<Slot<?>> slots,
        List<Extra<?>> extras,
        Class<R> resultType,
        Optional<Function<R, Saying>> confirmation,
        Optional<Search<R>> search,
        List<EffectPlan<R>> effects,
        Optional<BiFunction<R, Object, Saying>> completion,
        List<Group<?>> groups,
        List<Function<R, Optional<Rejection<?>>>> rules,
        Optional<String> after,
        List<String> extraTools,
        List<String> successWords,
        boolean undoes) {

    /** The state in which nothing is wanted. */
    static final Task<Item> NONE = new Task<>(
            "",
            "",
            List.of(),
            List.of(),
            Item.class,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            false);

    public Task {
        slots = List.copyOf(slots);
        extras = List.copyOf(extras);
        effects = List.copyOf(effects);
        groups = List.copyOf(groups);
        rules = List.copyOf(rules);
        extraTools = List.copyOf(extraTools);
        successWords = List.copyOf(successWords);
    }

    /**
     * A value that is taken and never asked for.
     *
     * @param usual what is read back and used when the caller says nothing; empty: then it stays open
     */
    public record Extra<T>(Slot<T> slot, Optional<T> usual) {
        Optional<String> usualNormal() {
            return usual.map(slot.type()::normal);
        }
    }

    /** Whether something is done after a yes. */
    boolean isTransaction() {
        return !effects.isEmpty();
    }

    /** Whether it uses values of this slot. */
    boolean takes(String slot) {
        return slots.stream().anyMatch(each -> each.name().equals(slot))
                || extras.stream().anyMatch(extra -> extra.slot().name().equals(slot));
    }

    /** All slots that it uses. */
    List<Slot<?>> allSlots() {
        if (extras.isEmpty()) {
            return slots;
        }
        List<Slot<?>> all = new ArrayList<>(slots);
        extras.forEach(extra -> all.add(extra.slot()));
        return all;
    }

    /**
     * The normal forms that it uses, in order, without what may be any. A transaction uses what is usual where the caller said
     * nothing, and has read it back; a search does not narrow down what nobody asked for.
     */
    Map<String, String> values(SlotValues given) {
        Map<String, String> used = new LinkedHashMap<>();
        wanted(given)
                .forEach(slot -> given.find(slot.name()).ifPresent(value -> used.put(slot.name(), value.normal())));
        extras.forEach(extra -> given.find(extra.slot().name())
                .map(SlotValues.Value::normal)
                .or(() -> usesUsual(given, extra) ? extra.usualNormal() : Optional.empty())
                .ifPresent(normal -> used.put(extra.slot().name(), normal)));
        return used;
    }

    private List<Slot<?>> wanted(SlotValues given) {
        TypedSlots typed = new TypedSlots(given);
        return slots.stream().<Slot<?>>map(slot -> slot).filter(typed::wants).toList();
    }

    private boolean usesUsual(SlotValues given, Extra<?> extra) {
        return isTransaction() && !given.skipped().contains(extra.slot().name());
    }

    /** What is put to the caller before a transaction: what is used, and what is usual where the caller does not mind. */
    Map<String, Optional<String>> readBackValues(SlotValues given) {
        Map<String, Optional<String>> read = new LinkedHashMap<>();
        wanted(given)
                .forEach(slot -> read.put(slot.name(), given.find(slot.name()).map(SlotValues.Value::normal)));
        extras.forEach(extra -> given.find(extra.slot().name())
                .map(SlotValues.Value::normal)
                .or(extra::usualNormal)
                .ifPresent(normal -> read.put(extra.slot().name(), Optional.of(normal))));
        return read;
    }

    /** Why its slots cannot make its record, if so. */
    Optional<String> mismatch() {
        return resultType == Item.class ? Optional.empty() : new ResultRecord<>(resultType).mismatch(components());
    }

    private List<ResultRecord.Component> components() {
        List<ResultRecord.Component> all = new ArrayList<>();
        for (Slot<?> slot : slots) {
            Optional<Group<?>> group = groups.stream()
                    .<Group<?>>map(each -> each)
                    .filter(each -> each.has(slot.name()))
                    .findFirst();
            if (group.isEmpty()) {
                all.add(ResultRecord.Value.of(slot));
            } else if (group.get().slots().getFirst().name().equals(slot.name())) {
                all.add(new ResultRecord.Nested(group.get()));
            }
        }
        extras.forEach(extra -> all.add(
                new ResultRecord.Value(extra.slot(), extra.usual().isEmpty() || !isTransaction(), extra.usual())));
        return all;
    }

    /** Whether some rule over several values can be applied now. */
    boolean isDueForRules(SlotValues given, boolean complete) {
        return complete && !rules.isEmpty() || groups.stream().anyMatch(group -> group.isComplete(given));
    }

    /** Where the first rule that the values break leads; of groups as soon as they are complete, of the whole in the end. */
    Optional<Rejection<?>> broken(SlotValues given, boolean complete) {
        TypedSlots typed = new TypedSlots(given);
        return groups.stream()
                .<Group<?>>map(group -> group)
                .filter(group -> group.isComplete(given))
                .<Rejection<?>>flatMap(group -> group.broken(typed).stream())
                .findFirst()
                .or(() -> complete ? brokenAsAWhole(given, typed) : Optional.empty());
    }

    private Optional<Rejection<?>> brokenAsAWhole(SlotValues given, Slots typed) {
        return rules.isEmpty() ? Optional.empty() : Group.broken(rules, result(given, typed), slots);
    }

    private R result(SlotValues given, Slots typed) {
        return resultType == Item.class
                ? resultType.cast(new Item(values(given)))
                : new ResultRecord<>(resultType).build(components(), typed);
    }

    Saying readBack(SlotValues given, Slots typed) {
        return confirmation
                .map(words -> words.apply(result(given, typed)))
                .orElseThrow(() -> new IllegalStateException("task '" + name + "' has no confirmation to read back"));
    }

    EffectCall<?> work(int effect, SlotValues given, Slots typed) {
        EffectPlan<R> plan = effects.get(effect);
        R made = result(given, typed);
        return key -> plan.work().run(made, key);
    }

    EffectPolicy policy(int effect) {
        return effects.get(effect).policy();
    }

    Callable<List<Item>> lookUp(SlotValues given, Slots typed) {
        Search<R> wanted = search.orElseThrow();
        R made = result(given, typed);
        return () -> wanted.work().run(made);
    }

    Optional<Saying> completed(SlotValues given, Slots typed, Object lastResult) {
        return completion.map(words -> words.apply(result(given, typed), lastResult));
    }
}
