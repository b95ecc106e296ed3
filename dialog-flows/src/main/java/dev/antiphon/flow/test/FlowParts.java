package dev.antiphon.flow.test;

import dev.antiphon.flow.EffectPlan;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.StuckAction;
import dev.antiphon.flow.StuckRule;
import dev.antiphon.flow.StuckTrigger;
import dev.antiphon.flow.Task;
import dev.antiphon.flow.faq.FaqEntry;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.TextType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything that can happen in a flow, as far as its model tells. Pure. */
final class FlowParts {
    static final String SUCCEEDED = "succeeded";
    static final String FAILED = "failed";
    static final String TIMED_OUT = "timed out";
    static final String FOUND = "found";
    static final String FOUND_NOTHING = "found nothing";
    private static final String CONFIRM = "confirm";
    private static final String OFFER = "offer";

    private final Flow<?> flow;
    private final Set<FlowPart> parts = new LinkedHashSet<>();

    private FlowParts(Flow<?> flow) {
        this.flow = flow;
    }

    /** All parts, in the order of the flow. */
    static List<FlowPart> of(Flow<?> flow) {
        FlowParts all = new FlowParts(flow);
        flow.slots().forEach(all::addSlot);
        flow.tasks().forEach(all::addTask);
        flow.faq().ifPresent(faq -> faq.entries().forEach(entry -> all.parts.add(answer(entry))));
        flow.stuckRules().forEach(rule -> all.parts.add(stuck(rule)));
        all.addCall();
        return new ArrayList<>(all.parts);
    }

    static FlowPart slot(String name, String what) {
        return new FlowPart("slot " + name, what, "", name);
    }

    static FlowPart confirmation(Flow<?> flow, Task<?> task, String what) {
        String of = flow.isService() ? "confirmation of " + task.name() : "confirmation";
        return new FlowPart(of, what, taskOf(flow, task), CONFIRM);
    }

    static FlowPart effect(Flow<?> flow, Task<?> task, String name, String what) {
        String of = task.search().isPresent() ? "search " : "effect ";
        return new FlowPart(of + name, what, taskOf(flow, task), name);
    }

    /** Something about the results of a search; they are looked up, then offered. */
    static FlowPart found(Flow<?> flow, Task<?> task, String what) {
        boolean lookedUp = what.equals(FOUND) || what.equals(FOUND_NOTHING);
        return new FlowPart("search " + task.name(), what, taskOf(flow, task), lookedUp ? task.name() : OFFER);
    }

    static FlowPart handled(Flow<?> flow, Task<?> task, String name, EffectPlan.Handler<?> handler) {
        return effect(flow, task, name, handler.type().getSimpleName() + " handled");
    }

    static FlowPart task(Flow<?> flow, Task<?> task, String what) {
        String step = what.equals("done") ? "done" : "";
        return flow.isService()
                ? new FlowPart("task " + task.name(), what, task.name(), step)
                : new FlowPart("flow", what, "", step);
    }

    static FlowPart answer(FaqEntry entry) {
        return new FlowPart("question \"" + entry.questions().getFirst() + "\"", "answered", "", "answers");
    }

    static FlowPart stuck(StuckRule rule) {
        String times = rule.trigger().times() + (rule.trigger().times() == 1 ? " time" : " times");
        String when = switch (rule.trigger()) {
            case StuckTrigger.NoMatch noMatch -> "not understood " + times;
            case StuckTrigger.Rejected rejected -> "refused " + times;
            case StuckTrigger.NoInput noInput -> "silent " + times;
            case StuckTrigger.Attempts attempts -> "asked in vain " + times;
        };
        String then = switch (rule.action()) {
            case StuckAction.Simplify simplify -> "simpler words";
            case StuckAction.Rephrase rephrase -> "other words";
            case StuckAction.LeaveOut leaveOut -> "left out";
            case StuckAction.HangUp hangUp -> "hung up";
            case StuckAction.Escalate escalate -> "next tier";
            case StuckAction.HandOver handOver -> "hand over to " + handOver.target();
        };
        String where = rule.slot().map(slot -> " at " + slot).orElse("");
        return new FlowPart("stuck" + where + ", " + when, then, "", rule.slot().orElse(""));
    }

    static FlowPart call(String what) {
        return new FlowPart("call", what, "", what.equals("handed over") ? "hand_over" : "");
    }

    private static String taskOf(Flow<?> flow, Task<?> task) {
        return flow.isService() ? task.name() : "";
    }

    private void addSlot(Slot<?> slot) {
        boolean asked = slot.prompt().isPresent()
                && flow.tasks().stream()
                        .anyMatch(task -> task.slots().stream()
                                .anyMatch(each -> each.name().equals(slot.name())));
        if (asked) {
            parts.add(slot(slot.name(), "asked"));
        }
        parts.add(slot(slot.name(), "filled"));
        parts.add(slot(slot.name(), "corrected"));
        if (slot.isChecked() || !(slot.type() instanceof TextType)) {
            parts.add(slot(slot.name(), "refused"));
        }
        if (asked && slot.isOptional()) {
            parts.add(slot(slot.name(), "skipped"));
        }
        if (slot.isChecked()) {
            parts.add(slot(slot.name(), "alternatives offered"));
            parts.add(slot(slot.name(), "alternative chosen"));
        }
    }

    private void addTask(Task<?> task) {
        boolean searches = flow.tasks().stream().anyMatch(each -> each.search().isPresent());
        if (flow.isService()) {
            parts.add(task(flow, task, "started"));
            if (searches && !task.effects().isEmpty()) {
                parts.add(task(flow, task, "proposed"));
            }
        }
        if (task.search().isPresent()) {
            for (String what : List.of(FOUND, FOUND_NOTHING, "offered", "chosen", "others wanted")) {
                parts.add(found(flow, task, what));
            }
            parts.add(effect(flow, task, task.name(), FAILED));
            parts.add(effect(flow, task, task.name(), TIMED_OUT));
            return;
        }
        if (task.confirmation().isPresent() || !task.effects().isEmpty()) {
            parts.add(confirmation(flow, task, "yes"));
            parts.add(confirmation(flow, task, "no"));
            parts.add(confirmation(flow, task, "stale yes"));
        }
        for (EffectPlan<?> plan : task.effects()) {
            parts.add(effect(flow, task, plan.name(), SUCCEEDED));
            plan.handlers().forEach(handler -> parts.add(handled(flow, task, plan.name(), handler)));
            parts.add(effect(flow, task, plan.name(), FAILED));
            parts.add(effect(flow, task, plan.name(), TIMED_OUT));
            parts.add(effect(flow, task, plan.name(), "tried again"));
        }
        if (!flow.slots().isEmpty()) {
            parts.add(task(flow, task, "done"));
        }
    }

    private void addCall() {
        parts.add(call("silence"));
        if (!flow.slots().isEmpty()) {
            parts.add(call("cancelled"));
        }
        if (flow.handOverTarget().isPresent()) {
            parts.add(call("handed over"));
        }
    }
}
