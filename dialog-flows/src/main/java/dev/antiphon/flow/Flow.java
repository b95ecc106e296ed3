package dev.antiphon.flow;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.tier.EscalationPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A dialog as data: what is collected, looked up, confirmed, done and answered. Immutable and thread-safe; one flow serves any
 * number of calls. Made by {@link #named}, {@link #service} or {@link #faq}, which check it and throw {@link FlowRejected}.
 *
 * <p>A flow has one task, which begins with the call and ends it; or, as a service, any number of tasks that share their slots and
 * begin when the caller wants them.
 *
 * @param <R> the result record of the only task
 * @param name its name in meters and journals
 * @param goal what it is for, as an order: {@code Book one visit}
 * @param greeting the first words of a call; the first question follows
 * @param persona who the agent is and how it speaks
 * @param tasks what it does for the caller
 * @param isService whether tasks begin when the caller wants them
 * @param askTogether how many values one question asks for at most
 * @param faq answers to questions at any time
 * @param stuckRules the repair ladder
 * @param handOverTarget who takes over when the caller wants a person
 * @param extraTools names of pool tools that the model may call besides
 * @param language what it speaks
 * @param knownGreeting the first words for a caller of whom all is known that they name as {@code {slot}}
 * @param repairs what is done instead of the usual repair
 * @param escalation when a call that struggles with it gets help; empty: as the bot usually does. It is no part of the version, as it is
 *     operators' to change
 */
public record Flow<R>(
        String name,
        String goal,
        String greeting,
        String persona,
        List<Task<?>> tasks,
        boolean isService,
        int askTogether,
        Optional<Faq> faq,
        List<StuckRule> stuckRules,
        Optional<String> handOverTarget,
        List<String> extraTools,
        Language language,
        Optional<String> knownGreeting,
        Map<RepairPattern, RepairResponse> repairs,
        Optional<EscalationPolicy> escalation) {

    /** The result of a flow that collects nothing. */
    public record Nothing() {}

    public Flow {
        tasks = List.copyOf(tasks);
        stuckRules = List.copyOf(stuckRules);
        extraTools = List.copyOf(extraTools);
        repairs = Map.copyOf(repairs);
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
     * Builds and checks a flow whose tasks begin when the caller wants them: searches, transactions, any number of each.
     *
     * @throws FlowRejected with every rule that is broken
     */
    public static Flow<Nothing> service(String name, UnaryOperator<ServiceBuilder> shape) {
        return FlowLint.checked(shape.apply(new ServiceBuilder(name)).build());
    }

    /**
     * A flow that only answers questions.
     *
     * @throws FlowRejected with every rule that is broken
     */
    public static Flow<Nothing> faq(String name, Faq faq) {
        return faq(name, faq, Language.ENGLISH);
    }

    /**
     * A flow that only answers questions, in a language.
     *
     * @throws FlowRejected with every rule that is broken
     */
    public static Flow<Nothing> faq(String name, Faq faq, Language language) {
        return named(
                name,
                Nothing.class,
                f -> f.goal("Answer questions")
                        .greet(language.text(Phrase.GREETING_OF_ANSWERS))
                        .language(language)
                        .faq(faq));
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
                tasks,
                isService,
                askTogether,
                faq,
                rules,
                Optional.of(target),
                extraTools,
                language,
                knownGreeting,
                repairs,
                escalation));
    }

    /** A copy whose struggling calls get help by this policy. */
    public Flow<R> escalation(EscalationPolicy policy) {
        return new Flow<>(
                name,
                goal,
                greeting,
                persona,
                tasks,
                isService,
                askTogether,
                faq,
                stuckRules,
                handOverTarget,
                extraTools,
                language,
                knownGreeting,
                repairs,
                Optional.of(policy));
    }

    /** The same tasks, begun when the caller wants them. */
    public Flow<R> asService() {
        return isService
                ? this
                : new Flow<>(
                        name,
                        goal,
                        greeting,
                        persona,
                        tasks,
                        true,
                        askTogether,
                        faq,
                        stuckRules,
                        handOverTarget,
                        extraTools,
                        language,
                        knownGreeting,
                        repairs,
                        escalation);
    }

    /** The steps, in order; the id of each is unique. */
    public List<Step> steps() {
        return Step.of(this);
    }

    /** Whether the model may ever call this tool of the pool. */
    boolean offers(String tool) {
        return extraTools.contains(tool)
                || tasks.stream().anyMatch(task -> task.extraTools().contains(tool));
    }

    /** A hash of everything an author can change except code: 12 hexadecimal digits. */
    public String version() {
        return FlowVersion.of(this);
    }

    /** A Mermaid diagram. */
    public String mermaid() {
        return FlowDiagram.mermaid(FlowDrawing.of(this));
    }

    /** A drawing in the DOT language of Graphviz. */
    public String dot() {
        return FlowDiagram.dot(FlowDrawing.of(this));
    }

    /**
     * An SVG drawing; each step is a group with the id {@code step-ID} and the attribute {@code data-step}, so that a page can
     * mark the current one. Where tasks of a service share a step, only the first group has the id, all have the attribute.
     */
    public String svg() {
        return FlowSvg.of(FlowDrawing.of(this));
    }

    /** The slot of this name. */
    public Optional<Slot<?>> slot(String slotName) {
        return slots().stream()
                .<Slot<?>>map(slot -> slot)
                .filter(slot -> slot.name().equals(slotName))
                .findFirst();
    }

    /** Every slot of its tasks, each once, in their order. */
    public List<Slot<?>> slots() {
        if (tasks.size() == 1) {
            return tasks.getFirst().allSlots();
        }
        Map<String, Slot<?>> all = new LinkedHashMap<>();
        tasks.forEach(task -> task.allSlots().forEach(slot -> all.putIfAbsent(slot.name(), slot)));
        return List.copyOf(all.values());
    }

    /** Everything that is done after a yes. */
    public List<EffectPlan<?>> effects() {
        return tasks.stream()
                .<EffectPlan<?>>flatMap(task -> task.effects().stream())
                .toList();
    }

    /** Whether anything is read back before it is done. */
    boolean confirms() {
        return tasks.stream().anyMatch(task -> task.confirmation().isPresent() || task.isTransaction());
    }

    /** The task of this name. */
    Optional<Task<?>> task(String taskName) {
        return tasks.stream()
                .<Task<?>>map(task -> task)
                .filter(task -> task.name().equals(taskName))
                .findFirst();
    }

    /** What is wanted now. */
    Task<?> wanted(FlowState state) {
        return isService ? task(state.agenda().active()).orElse(Task.NONE) : tasks.getFirst();
    }
}
