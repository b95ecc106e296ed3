package dev.antiphon.flow;

import dev.antiphon.flow.say.Plainly;
import dev.antiphon.flow.slot.ChoiceType;
import dev.antiphon.flow.slot.Slot;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules every flow must keep, checked once when it is built. */
final class FlowLint {
    /** The dialog's own, of which there are at most seven, and some of the pool. */
    static final int MAX_TOOLS = 12;

    static final int MAX_PROMPT_CHARS = 240;

    /** It is a part of every briefing of a model: some 2,000 tokens. */
    static final int MAX_PERSONA_CHARS = 8_000;

    private static final LocalDate ANY_DAY = LocalDate.of(2001, 1, 1);

    private final List<String> findings = new ArrayList<>();

    private FlowLint() {}

    static <R> Flow<R> checked(Flow<R> flow) {
        List<String> findings = findings(flow);
        if (!findings.isEmpty()) {
            throw new FlowRejected(flow.name(), findings);
        }
        return flow;
    }

    static List<String> findings(Flow<?> flow) {
        FlowLint lint = new FlowLint();
        lint.names(flow);
        lint.slots(flow);
        lint.words(flow);
        lint.dependencies(flow);
        lint.effects(flow);
        lint.ladder(flow);
        lint.repairs(flow);
        lint.tools(flow);
        flow.language().problems().forEach(problem -> lint.found("phrase", problem));
        return List.copyOf(lint.findings);
    }

    private void found(String rule, String value) {
        findings.add(rule + ": " + value);
    }

    private void names(Flow<?> flow) {
        if (!flow.name().matches("[a-zA-Z][a-zA-Z0-9_-]{0,62}")) {
            found("flow-name", "must be 1 to 63 letters, digits, '-' or '_', but is '" + flow.name() + "'");
        }
        if (flow.goal().isBlank()) {
            found("goal-missing", "goal(...) must say what the flow is for, but is blank");
        }
        for (Task<?> task : flow.tasks()) {
            Set<String> taken = new HashSet<>();
            task.allSlots().stream()
                    .map(Slot::name)
                    .filter(name -> !taken.add(name))
                    .forEach(name -> {
                        found("duplicate-slot", "slot names must be unique, but '" + name + "' occurs twice");
                    });
        }
        Set<String> slots = flow.slots().stream().map(Slot::name).collect(Collectors.toSet());
        Set<String> steps = new HashSet<>(slots);
        steps.addAll(Step.RESERVED);
        flow.effects().stream()
                .map(EffectPlan::name)
                .filter(name -> !steps.add(name))
                .forEach(name -> {
                    found("duplicate-step", "step names must be unique, but '" + name + "' occurs twice");
                });
        slots.stream().filter(Step.RESERVED::contains).forEach(name -> {
            found("duplicate-step", "slot name '" + name + "' is the name of a step of every flow");
        });
    }

    private void slots(Flow<?> flow) {
        for (Slot<?> slot : flow.slots()) {
            boolean asked = flow.tasks().stream()
                    .flatMap(task -> task.slots().stream())
                    .anyMatch(each -> each.name().equals(slot.name()));
            if (slot.prompt().filter(prompt -> !prompt.isBlank()).isEmpty() && !slot.isOptional() && asked) {
                found("slot-without-prompt", "slot '" + slot.name() + "' must have ask(...), but has no question");
            }
            if (slot.type() instanceof ChoiceType<?> choice
                    && !choice.ambiguousWords().isEmpty()) {
                found(
                        "ambiguous-option",
                        "each word must stand for one option, but in slot '" + slot.name()
                                + "' these stand for several: " + choice.ambiguousWords());
            }
            slot.horizon()
                    .filter(ahead -> ANY_DAY.plus(ahead).isBefore(ANY_DAY))
                    .ifPresent(ahead -> found(
                            "no-day-possible",
                            "within(...) of slot '" + slot.name() + "' must end today or later, but "
                                    + Plainly.time(ahead) + " is before today, so that no day is possible"));
            slot.prompt().filter(prompt -> prompt.length() > MAX_PROMPT_CHARS).ifPresent(prompt -> {
                found(
                        "prompt-too-long",
                        "a question must have at most " + MAX_PROMPT_CHARS
                                + " characters to be heard, but that of slot '" + slot.name() + "' has "
                                + prompt.length());
            });
        }
        if (flow.greeting().length() > MAX_PROMPT_CHARS) {
            found(
                    "prompt-too-long",
                    "a greeting must have at most " + MAX_PROMPT_CHARS + " characters, but has "
                            + flow.greeting().length());
        }
        flow.knownGreeting()
                .ifPresent(words -> Greeting.GAP
                        .matcher(words)
                        .results()
                        .map(gap -> gap.group(1))
                        .filter(name -> flow.slot(name).isEmpty())
                        .forEach(name -> found(
                                "unknown-slot",
                                "greetKnown(...) names '{" + name + "}', but no slot of that name is collected")));
        flow.tasks().forEach(task -> task.mismatch().ifPresent(problem -> found("result-mismatch", problem)));
        if (flow.isService()) {
            tasks(flow);
        }
        if (flow.slots().isEmpty() && flow.faq().isEmpty()) {
            found("nothing-to-do", "a flow must collect slots or answer questions, but does neither");
        }
    }

    private void words(Flow<?> flow) {
        if (flow.persona().length() > MAX_PERSONA_CHARS) {
            found(
                    "prompt-too-long",
                    "a persona must have at most " + MAX_PERSONA_CHARS
                            + " characters, because every model is briefed with"
                            + " it, but has " + flow.persona().length()
                            + ": what callers may ask belongs in an FAQ");
        }
        flow.tasks().forEach(this::wording);
    }

    private <R> void wording(Task<R> task) {
        Optional<BiFunction<R, Object, Saying>> confirmation =
                task.confirmation().map(words -> (result, ignored) -> words.apply(result));
        Stream.of(
                        confirmation.flatMap(words -> SayingTrial.problem("confirm", words, task.resultType())),
                        task.completion().flatMap(words -> SayingTrial.problem("done", words, task.resultType())),
                        confirmation.flatMap(words -> SpokenWords.recordInGap("confirm", words, task)),
                        task.completion().flatMap(words -> SpokenWords.recordInGap("done", words, task)))
                .flatMap(Optional::stream)
                .forEach(problem -> found("wording", "task '" + task.name() + "': " + problem));
        confirmation
                .flatMap(words -> SpokenWords.readsNothingBack(words, task))
                .ifPresent(problem -> found("read-back-without-values", "task '" + task.name() + "': " + problem));
    }

    private void tasks(Flow<?> flow) {
        Set<String> names = new HashSet<>();
        Map<String, String> called = new HashMap<>();
        for (Task<?> task : flow.tasks()) {
            String label = task.label().strip();
            Optional<String> twin = label.isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(called.putIfAbsent(label.toLowerCase(Locale.ROOT), task.name()));
            twin.filter(other -> !other.equals(task.name()))
                    .ifPresent(other -> found(
                            "duplicate-task",
                            "tasks must be called(...) differently, but '" + other + "' and '" + task.name()
                                    + "' are both called '" + label + "'"));
            if (!names.add(task.name())) {
                found("duplicate-task", "task names must be unique, but '" + task.name() + "' occurs twice");
            }
            if (task.label().isBlank()) {
                found("task-without-label", "task '" + task.name() + "' must be called(...) something, but is not");
            }
            task.after()
                    .filter(first -> flow.task(first).isEmpty())
                    .ifPresent(first -> found(
                            "unreachable-step",
                            "task '" + task.name() + "' comes after '" + first + "', which the service does not have"));
            if (comesAfterItself(flow, task)) {
                found("dependency-cycle", "task '" + task.name() + "' comes after itself");
            }
            if (task.search().isPresent() == task.isTransaction()) {
                found("task-without-work", "task '" + task.name() + "' must have either find(...) or effect(...)");
            }
        }
    }

    private static boolean comesAfterItself(Flow<?> flow, Task<?> task) {
        Set<String> seen = new HashSet<>();
        Optional<String> first = task.after();
        while (first.isPresent() && seen.add(first.get())) {
            first = flow.task(first.get()).flatMap(Task::after);
        }
        return first.isPresent();
    }

    private void dependencies(Flow<?> flow) {
        BiConsumer<Slot<?>, Slot<?>> known = (slot, needed) -> {
            if (flow.slot(needed.name()).isEmpty()) {
                found(
                        "unreachable-step",
                        "slot '" + slot.name() + "' depends on '" + needed.name()
                                + "', which is not collected, so it can never be checked");
            }
        };
        for (Slot<?> slot : flow.slots()) {
            slot.dependencies().forEach(needed -> known.accept(slot, needed));
            if (reaches(flow, slot, slot.name(), new HashSet<>())) {
                found(
                        "dependency-cycle",
                        "slot '" + slot.name() + "' depends on itself through "
                                + slot.dependencies().stream().map(Slot::name).toList());
            }
        }
    }

    private static boolean reaches(Flow<?> flow, Slot<?> from, String goal, Set<String> seen) {
        return from.dependencies().stream()
                .anyMatch(needed -> needed.name().equals(goal)
                        || (seen.add(needed.name())
                                && reaches(flow, flow.slot(needed.name()).orElse(needed), goal, seen)));
    }

    private void effects(Flow<?> flow) {
        if (!flow.isService()
                && !flow.effects().isEmpty()
                && sole(flow).confirmation().isEmpty()) {
            found(
                    "effect-without-confirmation",
                    "effect '" + flow.effects().getFirst().name()
                            + "' must come after confirm(...), but nothing is confirmed");
        }
        if (!flow.effects().isEmpty() && flow.slots().isEmpty()) {
            found(
                    "unreachable-step",
                    "effect '" + flow.effects().getFirst().name()
                            + "' can never run, because nothing is collected before it");
        }
        if (flow.slots().isEmpty()
                && flow.effects().isEmpty()
                && !flow.isService()
                && sole(flow).confirmation().isPresent()) {
            found("unreachable-step", "confirm(...) is never reached, because nothing is collected before it");
        }
        if (!flow.isService()
                && !flow.slots().isEmpty()
                && sole(flow).completion().isEmpty()) {
            found("done-missing", "a flow that collects slots must say what is said in the end with done(...)");
        }
    }

    private static Task<?> sole(Flow<?> flow) {
        return flow.tasks().getFirst();
    }

    private void ladder(Flow<?> flow) {
        for (StuckRule rule : flow.stuckRules()) {
            rung(flow, rule);
            flow.stuckRules().stream()
                    .filter(other -> other.action() instanceof StuckAction.HandOver
                            && !other.equals(rule)
                            && (other.slot().isEmpty() || other.slot().equals(rule.slot()))
                            && other.trigger().getClass() == rule.trigger().getClass()
                            && other.trigger().times() <= rule.trigger().times())
                    .findFirst()
                    .ifPresent(other ->
                            found("unreachable-step", rule.written() + " is never reached after " + other.written()));
        }
    }

    private void repairs(Flow<?> flow) {
        flow.handOverTarget().filter(String::isBlank).ifPresent(target -> {
            found("hand-over-blank", "handOver(...) must name who takes over, but is blank");
        });
        flow.repairs().forEach((pattern, response) -> {
            if (response instanceof RepairResponse.AskFirst && !pattern.canBeAskedFirst()) {
                found(
                        "ask-first",
                        "askFirst(...) is for CANCEL, PERSON and GOODBYE, but is the response to " + pattern);
            }
        });
    }

    private void rung(Flow<?> flow, StuckRule rule) {
        rule.slot().filter(name -> flow.slot(name).isEmpty()).ifPresent(name -> {
            found("unreachable-step", "onStuck(...) is for slot '" + name + "', which is not collected");
        });
        boolean leavesOut = rule.action() instanceof StuckAction.LeaveOut;
        boolean possible =
                rule.slot().flatMap(flow::slot).filter(Slot::isOptional).isPresent();
        if (leavesOut && !possible) {
            found(
                    "required-left-out",
                    "leaveOut() must be a rung of an optional slot, but is one of "
                            + rule.slot().map(name -> "'" + name + "'").orElse("the whole flow"));
        }
    }

    private void tools(Flow<?> flow) {
        Set<String> extra = new LinkedHashSet<>(flow.extraTools());
        flow.tasks().forEach(task -> extra.addAll(task.extraTools()));
        List<String> own = FlowTools.names(flow);
        extra.stream().filter(FlowTools.GENERATED::contains).forEach(name -> {
            found(
                    "tool-name",
                    "alsoOffers(\"" + name + "\") must name a tool of the pool, but the flow itself has that one");
        });
        extra.stream().filter(name -> !name.matches("[a-zA-Z0-9_-]{1,64}")).forEach(name -> {
            found(
                    "tool-name",
                    "alsoOffers(...) must name a tool by 1 to 64 letters, digits, '_' or '-', but was '" + name + "'");
        });
        extra.removeAll(own);
        int count = own.size() + extra.size();
        if (count > MAX_TOOLS) {
            found(
                    "too-many-tools",
                    "a model may be offered at most " + MAX_TOOLS + " tools, but gets " + count + ": "
                            + FlowTools.names(flow) + " and " + extra);
        }
    }
}
