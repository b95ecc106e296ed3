package dev.antiphon.flow;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Slots;
import dev.antiphon.session.Conversation.EffectPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A dialog as data: what is collected, confirmed, done and answered. Immutable and thread-safe; one flow serves any number
 * of calls. Made by {@link #named} or {@link #faq}, which check it and throw {@link FlowRejected}.
 *
 * @param <R> the result record
 * @param name its name in meters and journals
 * @param goal what it is for, as an order: {@code Book one visit}
 * @param greeting the first words of a call; the first question follows
 * @param persona who the agent is and how it speaks
 * @param resultType the record that the slots make
 * @param slots what is collected, in the order of asking
 * @param confirmation how the values are read back
 * @param effects what is done after a yes, in order
 * @param completion what is said after the last effect
 * @param faq answers to questions at any time
 * @param stuckRules the repair ladder
 * @param handOverTarget who takes over when the caller wants a person
 * @param extraTools names of pool tools that the model may call besides
 */
public record Flow<R>(
        String name,
        String goal,
        String greeting,
        String persona,
        Class<R> resultType,
        List<Slot<?>> slots,
        Optional<Function<R, Utterance>> confirmation,
        List<EffectPlan<R>> effects,
        Optional<BiFunction<R, Object, Utterance>> completion,
        Optional<Faq> faq,
        List<StuckRule> stuckRules,
        Optional<String> handOverTarget,
        List<String> extraTools) {

    /** The result of a flow that collects nothing. */
    public record Nothing() {}

    public Flow {
        slots = List.copyOf(slots);
        effects = List.copyOf(effects);
        stuckRules = List.copyOf(stuckRules);
        extraTools = List.copyOf(extraTools);
    }

    /**
     * Builds and checks a flow.
     *
     * @throws FlowRejected with every rule that is broken
     */
    public static <R> Flow<R> named(
            String name, Class<R> result, Function<FlowBuilder<R, Object>, FlowBuilder<R, ?>> shape) {
        return FlowLint.checked(shape.apply(new FlowBuilder<>(name, result)).build());
    }

    /**
     * A flow that only answers questions.
     *
     * @throws FlowRejected with every rule that is broken
     */
    public static Flow<Nothing> faq(String name, Faq faq) {
        return named(name, Nothing.class, f -> f.goal("Answer questions").faq(faq));
    }

    /** A copy that hands callers who want a person, or were not understood three times, to this target. */
    public Flow<R> handOver(String target) {
        List<StuckRule> rules = new ArrayList<>(stuckRules);
        rules.add(new StuckRule(new StuckTrigger.NoMatch(3), new StuckAction.HandOver(target)));
        return FlowLint.checked(new Flow<>(
                name,
                goal,
                greeting,
                persona,
                resultType,
                slots,
                confirmation,
                effects,
                completion,
                faq,
                rules,
                Optional.of(target),
                extraTools));
    }

    /** The steps, in order; the id of each is unique. */
    public List<Step> steps() {
        return Step.of(this);
    }

    /** A hash of everything an author can change except code: 12 hexadecimal digits. */
    public String version() {
        return FlowVersion.of(this);
    }

    /** A Mermaid diagram. */
    public String mermaid() {
        return FlowDiagram.mermaid(this);
    }

    /** An SVG drawing; each step is a group with the id {@code step-ID}, so that a page can mark the current one. */
    public String svg() {
        return FlowDiagram.svg(this);
    }

    /** The slot of this name. */
    public Optional<Slot<?>> slot(String slotName) {
        return slots.stream()
                .<Slot<?>>map(slot -> slot)
                .filter(slot -> slot.name().equals(slotName))
                .findFirst();
    }

    R result(Slots values) {
        return new ResultRecord<>(resultType).build(slots, values);
    }

    Utterance readBack(Slots values) {
        return confirmation
                .map(words -> words.apply(result(values)))
                .orElseThrow(() -> new IllegalStateException("flow '" + name + "' has no confirmation to read back"));
    }

    Callable<?> work(int effect, Slots values) {
        EffectPlan<R> plan = effects.get(effect);
        R result = result(values);
        return () -> plan.work().run(result);
    }

    EffectPolicy policy(int effect) {
        return effects.get(effect).policy();
    }

    Optional<Utterance> completed(Slots values, Object lastResult) {
        return completion.map(words -> words.apply(result(values), lastResult));
    }
}
