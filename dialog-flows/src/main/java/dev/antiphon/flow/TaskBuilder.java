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
import java.util.stream.Stream;

/**
 * Shapes one task of a service, see {@link dev.antiphon.flow.dsl.FlowDsl#task}. Not thread-safe.
 *
 * @param <R> what the values make: a record of one component a slot, first those of {@link #collect}, then those of
 *     {@link #accept}, in order; or an {@link Item} with the normal forms
 * @param <X> what the last effect so far gives
 */
public final class TaskBuilder<R, X> {
    private final String name;
    private final Class<R> resultType;
    private String label;
    private final List<Slot<?>> slots = new ArrayList<>();
    private final List<Task.Extra<?>> extras = new ArrayList<>();
    private final List<Group<?>> groups = new ArrayList<>();
    private final List<Function<R, Optional<Rejection<?>>>> rules = new ArrayList<>();
    private Optional<String> after = Optional.empty();
    private Optional<Function<R, Saying>> confirmation = Optional.empty();
    private Optional<Search<R>> search = Optional.empty();
    private final List<EffectPlan<R>> effects = new ArrayList<>();
    private Optional<BiFunction<R, Object, Saying>> completion = Optional.empty();
    private final List<String> extraTools = new ArrayList<>();
    private final List<String> successWords = new ArrayList<>();
    private boolean undoes;

    private TaskBuilder(String name, Class<R> resultType) {
        this.name = name;
        this.resultType = resultType;
        this.label = name.replace('_', ' ').replace('-', ' ');
    }

    /** A task; one with {@link #find} is a search, one with {@link #effect} a transaction. */
    public static <R> Task<R> task(
            String name, Class<R> result, Function<TaskBuilder<R, Object>, TaskBuilder<R, ?>> shape) {
        return shape.apply(new TaskBuilder<>(name, result)).build();
    }

    /** What it does, as an order: {@code reserve a table}; default: its name. */
    public TaskBuilder<R, X> called(String order) {
        label = order;
        return this;
    }

    /** What is asked for, in order. */
    public TaskBuilder<R, X> collect(Slot<?>... all) {
        slots.addAll(Arrays.asList(all));
        return this;
    }

    /** What is taken and never asked for; its record component is an {@code Optional}. */
    public TaskBuilder<R, X> accept(Slot<?>... all) {
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
    public <T> TaskBuilder<R, X> accept(Slot<T> slot, T usual) {
        extras.add(new Task.Extra<>(slot, Optional.of(usual)));
        return this;
    }

    /**
     * It takes back what was done before, as a cancellation does: a plain no to the read-back leaves that as it is, and the call goes on;
     * default: a no asks what to change.
     */
    public TaskBuilder<R, X> undoes() {
        undoes = true;
        return this;
    }

    /** How the values are read back, ending in a yes-or-no question; default: value by value. */
    public TaskBuilder<R, X> confirm(Function<R, Saying> words) {
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
    public TaskBuilder<R, X> find(EffectWork<? super R, List<Item>> work, String key, List<String> tells, int page) {
        search = Optional.of(new Search<>(
                work,
                EffectPolicy.DEFAULT.with(EffectPolicy.Again.LOOKS),
                key,
                tells,
                page,
                Optional.empty(),
                false,
                false));
        return this;
    }

    /**
     * What is looked up, offered one by one.
     *
     * @param key the value that tells two items apart, and that an offer speaks first
     * @param tells the other values that an offer speaks
     */
    public TaskBuilder<R, X> find(EffectWork<? super R, List<Item>> work, Slot<?> key, Slot<?>... tells) {
        List<String> names = Stream.concat(Stream.of(key), Arrays.stream(tells))
                .map(Slot::name)
                .toList();
        return find(work, key.name(), names, 1);
    }

    /** How an item that was found is told after "I have"; default: value by value. */
    public TaskBuilder<R, X> tell(Function<Item, Saying> words) {
        Search<R> found = found("tell");
        return searching(found, Optional.of(words), found.takesTheOnlyOne(), found.isAll());
    }

    /**
     * An item that is found alone is taken without asking, and the words of {@link #tell} are said of it: for what identifies, such
     * as a customer's number. When nothing is found, the values are asked for again.
     */
    public TaskBuilder<R, X> takeTheOnlyOne() {
        Search<R> found = found("takeTheOnlyOne");
        return searching(found, found.wording(), true, found.isAll());
    }

    /**
     * What is found is all that there is: who has heard it all and wants something else is told so. Without it there may be more, and what
     * was found is called the best.
     */
    public TaskBuilder<R, X> thatIsAll() {
        Search<R> found = found("thatIsAll");
        return searching(found, found.wording(), found.takesTheOnlyOne(), true);
    }

    private TaskBuilder<R, X> searching(
            Search<R> found, Optional<Function<Item, Saying>> wording, boolean takesTheOnlyOne, boolean isAll) {
        search = Optional.of(new Search<>(
                found.work(),
                found.policy(),
                found.key(),
                found.tells(),
                found.page(),
                wording,
                takesTheOnlyOne,
                isAll));
        return this;
    }

    private Search<R> found(String then) {
        return search.orElseThrow(() -> new IllegalStateException(
                then + "(...) must come after find(...), but task '" + name + "' has none yet"));
    }

    /**
     * This task comes after another one of the service, for example one that finds out who is calling: when that is not done in this
     * call yet, it goes first, and this one follows. What it found and was given stays known for the rest of the call.
     */
    public TaskBuilder<R, X> after(Task<?> first) {
        after = Optional.of(first.name());
        return this;
    }

    /**
     * A rule over the whole record, run when everything is known and before it is read back: quick code that names the slot to ask
     * again, or nothing.
     */
    public TaskBuilder<R, X> check(Function<R, Optional<Rejection<?>>> rule) {
        rules.add(rule);
        return this;
    }

    /** What is asked for together, in order; its record is one component. */
    public TaskBuilder<R, X> collect(Group<?> group) {
        groups.add(group);
        slots.addAll(group.slots());
        return this;
    }

    /** What is done after a yes, with the default policy. */
    public <Y> TaskBuilder<R, Y> effect(String effectName, EffectWork<? super R, ? extends Y> work) {
        return effect(effectName, work, shape -> shape);
    }

    /** What is done after a yes: at most once for the values that were confirmed. */
    public <Y> TaskBuilder<R, Y> effect(
            String effectName, EffectWork<? super R, ? extends Y> work, UnaryOperator<EffectPlan.Builder> shape) {
        effects.add(shape.apply(new EffectPlan.Builder()).build(effectName, work));
        @SuppressWarnings("unchecked") // X is only the type of the next done() argument, nothing of it is stored
        TaskBuilder<R, Y> next = (TaskBuilder<R, Y>) this;
        return next;
    }

    /** What is done after a yes, unless it turns out that only something else is possible, or nothing. */
    public <Y> TaskBuilder<R, Y> attempt(String effectName, EffectWork<? super R, Done<Y>> work) {
        return attempt(effectName, work, shape -> shape);
    }

    /** What is done after a yes, unless it turns out that only something else is possible, or nothing. */
    public <Y> TaskBuilder<R, Y> attempt(
            String effectName, EffectWork<? super R, Done<Y>> work, UnaryOperator<EffectPlan.Builder> shape) {
        effects.add(shape.apply(new EffectPlan.Builder()).build(effectName, work));
        @SuppressWarnings("unchecked") // as in effect()
        TaskBuilder<R, Y> next = (TaskBuilder<R, Y>) this;
        return next;
    }

    /**
     * What is said when everything is done, with the last effect's result; default: "That's done."
     *
     * <p>The code is also tried with made-up values when the flow is built: an agent that says the same before it is done is put right
     * aloud. It must do nothing but word.
     */
    public TaskBuilder<R, X> done(SuccessWords<? super R, ? super X> words) {
        @SuppressWarnings("unchecked") // the machine hands over exactly what the last effect gave
        BiFunction<R, Object, Saying> untyped = (BiFunction<R, Object, Saying>) (BiFunction<?, ?, Saying>) words;
        completion = Optional.of(untyped);
        return this;
    }

    /**
     * Other sentences by which an agent would say that it is done, {@code {}} for each value; before it is done they are put right
     * aloud, like those of {@link #done} and the usual ones ("I've booked it").
     */
    public TaskBuilder<R, X> claimedBy(String... sentences) {
        successWords.addAll(List.of(sentences));
        return this;
    }

    /** Names of pool tools that the model may call while this is wanted; a call at any other time is refused. */
    public TaskBuilder<R, X> alsoOffers(String... toolNames) {
        extraTools.addAll(List.of(toolNames));
        return this;
    }

    private Task<R> build() {
        return new Task<>(
                name,
                label,
                slots,
                extras,
                resultType,
                confirmation,
                search,
                effects,
                completion,
                groups,
                rules,
                after,
                extraTools,
                SuccessWording.of(completion, resultType, successWords),
                undoes);
    }
}
