package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Conversation.EffectPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Shapes one task of a service. Not thread-safe.
 *
 * @param <R> what the values make: a record of one component a slot, first those of {@link #collect}, then those of
 *     {@link #accept}, in order; or an {@link Item} with the normal forms
 */
public final class TaskBuilder<R> {
    private final String name;
    private final Class<R> resultType;
    private String label;
    private final List<Slot<?>> slots = new ArrayList<>();
    private final List<Task.Extra<?>> extras = new ArrayList<>();
    private Optional<Function<R, Utterance>> confirmation = Optional.empty();
    private Optional<Search<R>> search = Optional.empty();
    private final List<EffectPlan<R>> effects = new ArrayList<>();
    private Optional<BiFunction<R, Object, Utterance>> completion = Optional.empty();

    private TaskBuilder(String name, Class<R> resultType) {
        this.name = name;
        this.resultType = resultType;
        this.label = name.replace('_', ' ').replace('-', ' ');
    }

    /** A task; one with {@link #find} is a search, one with {@link #effect} a transaction. */
    public static <R> Task<R> task(String name, Class<R> result, UnaryOperator<TaskBuilder<R>> shape) {
        return shape.apply(new TaskBuilder<>(name, result)).build();
    }

    /** What it does, as an order: {@code reserve a table}; default: its name. */
    public TaskBuilder<R> called(String order) {
        label = order;
        return this;
    }

    /** What is asked for, in order. */
    public TaskBuilder<R> collect(Slot<?>... all) {
        slots.addAll(Arrays.asList(all));
        return this;
    }

    /** What is taken and never asked for; its record component is an {@code Optional}. */
    public TaskBuilder<R> accept(Slot<?>... all) {
        Arrays.stream(all).forEach(slot -> extras.add(open(slot)));
        return this;
    }

    private static <T> Task.Extra<T> open(Slot<T> slot) {
        return new Task.Extra<>(slot, Optional.empty());
    }

    /**
     * What is taken and never asked for, with what is usual: a transaction reads it back and uses it when the caller says nothing;
     * a search leaves it open, its record component is an {@code Optional}.
     */
    public <T> TaskBuilder<R> accept(Slot<T> slot, T usual) {
        extras.add(new Task.Extra<>(slot, Optional.of(usual)));
        return this;
    }

    /** How the values are read back, ending in a yes-or-no question; default: value by value. */
    public TaskBuilder<R> confirm(Function<R, Utterance> words) {
        confirmation = Optional.of(words);
        return this;
    }

    /**
     * What is looked up, as soon as everything asked for is known and whenever a wish changes.
     *
     * @param key the value that tells two items apart, as a slot's name
     * @param tells the values that an offer speaks, as slots' names
     * @param page how many items one offer names
     */
    public TaskBuilder<R> find(EffectWork<? super R, List<Item>> work, String key, List<String> tells, int page) {
        search = Optional.of(new Search<>(work, EffectPolicy.DEFAULT, "One moment, I'm looking.", key, tells, page));
        return this;
    }

    /** What is done after a yes, with the default policy. */
    public TaskBuilder<R> effect(String effectName, EffectWork<? super R, ?> work) {
        return effect(effectName, work, shape -> shape);
    }

    /** What is done after a yes: at most once for the values that were confirmed. */
    public TaskBuilder<R> effect(
            String effectName, EffectWork<? super R, ?> work, UnaryOperator<EffectPlan.Builder> shape) {
        effects.add(shape.apply(new EffectPlan.Builder()).build(effectName, work));
        return this;
    }

    /** What is said when everything is done, with the last effect's result. */
    public TaskBuilder<R> done(BiFunction<R, Object, Utterance> words) {
        completion = Optional.of(words);
        return this;
    }

    private Task<R> build() {
        return new Task<>(name, label, slots, extras, resultType, confirmation, search, effects, completion);
    }
}
