package dev.antiphon.flow.test;

import static dev.antiphon.flow.test.FlowParts.FAILED;
import static dev.antiphon.flow.test.FlowParts.FOUND;
import static dev.antiphon.flow.test.FlowParts.FOUND_NOTHING;
import static dev.antiphon.flow.test.FlowParts.SUCCEEDED;
import static dev.antiphon.flow.test.FlowParts.TIMED_OUT;

import dev.antiphon.flow.DialogueAct;
import dev.antiphon.flow.Done;
import dev.antiphon.flow.EffectPlan;
import dev.antiphon.flow.EffectProgress;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowEffect;
import dev.antiphon.flow.FlowEvent;
import dev.antiphon.flow.FlowState;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.FlowState.Purpose;
import dev.antiphon.flow.SystemAct;
import dev.antiphon.flow.Task;
import dev.antiphon.flow.Transition;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.Struggle;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which parts of a flow one step visited, read from the states, the event and what was said. */
final class FlowVisits {
    private static final int CAUSES = 10;

    private final Flow<?> flow;
    private final FlowState before;
    private final FlowState after;
    private final Transition step;
    private final Set<FlowPart> visited = new HashSet<>();

    private FlowVisits(Flow<?> flow, FlowState before, Transition step) {
        this.flow = flow;
        this.before = before;
        this.after = step.next();
        this.step = step;
    }

    /** The parts that this step visited; some of them may not be parts of {@link FlowParts#of}. */
    static Set<FlowPart> of(Flow<?> flow, FlowState before, FlowEvent event, Transition step) {
        FlowVisits visits = new FlowVisits(flow, before, step);
        switch (event) {
            case FlowEvent.CallerTurn turn -> visits.turn(turn.acts());
            case FlowEvent.EffectSettled settled -> visits.settled(settled);
            case FlowEvent.CallerSilent silent -> visits.visited.add(FlowParts.call("silence"));
            case FlowEvent.CallerKnown known -> {}
            case FlowEvent.Started started -> {}
            case FlowEvent.EffectSlow slow -> {}
            case FlowEvent.AgentSpoke spoke -> {}
            case FlowEvent.AgentCutOff cut -> {}
            case FlowEvent.CallerHungUp hungUp -> {}
            case FlowEvent.NotTakenOver nobody -> {}
            case FlowEvent.PersonNeeded needed -> {}
        }
        visits.ofEveryStep();
        return visits.visited;
    }

    private void ofEveryStep() {
        flow.slots().forEach(this::slot);
        offers();
        step.acts().forEach(this::act);
        if (after.phase() == Phase.DONE && before.phase() != Phase.DONE) {
            visited.add(FlowParts.task(flow, flow.tasks().getFirst(), "done"));
        }
        String active = after.agenda().active();
        if (!active.equals(before.agenda().active())) {
            task(active).ifPresent(task -> visited.add(FlowParts.task(flow, task, "started")));
        }
        if (before.outcome().isEmpty()
                && after.outcome().filter(Outcome.HandedOver.class::isInstance).isPresent()) {
            visited.add(FlowParts.call("handed over"));
        }
        flow.faq()
                .ifPresent(faq -> faq.entries().stream()
                        .filter(entry -> said(entry.answer()))
                        .forEach(entry -> visited.add(FlowParts.answer(entry))));
    }

    private boolean said(String words) {
        return step.effects().stream().anyMatch(effect -> switch (effect) {
            case FlowEffect.Answer answer -> answer.reply().say().contains(words);
            case FlowEffect.Say say -> say.speech().text().contains(words);
            default -> false;
        });
    }

    private void slot(Slot<?> slot) {
        String name = slot.name();
        Optional<String> value = value(after, name);
        if (value.isPresent() && !value.equals(value(before, name))) {
            visited.add(FlowParts.slot(name, "filled"));
        }
        if (after.slots().skipped().contains(name) && !before.slots().skipped().contains(name)) {
            visited.add(FlowParts.slot(name, "skipped"));
        }
    }

    private static Optional<String> value(FlowState state, String slot) {
        return Optional.ofNullable(state.slots().values().get(slot)).map(value -> value.normal());
    }

    private void offers() {
        after.offer()
                .filter(offer -> !after.offer().equals(before.offer()))
                .ifPresent(offer -> visited.add(FlowParts.slot(offer.slot(), "alternatives offered")));
    }

    private void act(SystemAct act) {
        switch (act) {
            case SystemAct.Asks asks -> visited.add(FlowParts.slot(asks.slot(), "asked"));
            case SystemAct.Proposes proposes ->
                task(proposes.task()).ifPresent(task -> visited.add(FlowParts.task(flow, task, "proposed")));
            case SystemAct.Succeeded succeeded ->
                task(succeeded.task()).ifPresent(task -> visited.add(FlowParts.task(flow, task, "done")));
            case SystemAct.Offers offers ->
                search().ifPresent(search -> visited.add(FlowParts.found(flow, search, "offered")));
            case SystemAct.Climbs climbs -> visited.add(FlowParts.stuck(climbs.rung()));
            default -> {}
        }
    }

    private void turn(List<DialogueAct> acts) {
        acts.forEach(this::meant);
        alternative();
        for (Slot<?> slot : flow.slots()) {
            if (rejections(after, slot) > rejections(before, slot)) {
                visited.add(FlowParts.slot(slot.name(), "refused"));
            }
        }
        for (FlowEffect effect : step.effects()) {
            if (effect instanceof FlowEffect.Report report
                    && report.struggle().signal() == Struggle.Signal.CORRECTION) {
                visited.add(FlowParts.slot(report.struggle().detail(), "corrected"));
            }
        }
    }

    private static int rejections(FlowState state, Slot<?> slot) {
        return state.repair().stuck().rejections(slot.name());
    }

    private void meant(DialogueAct act) {
        switch (act) {
            case DialogueAct.Affirm affirm -> yes(affirm.revision());
            case DialogueAct.Negate negate -> {
                if (purpose().equals(Optional.of(Purpose.VALUES)) && before.phase() == Phase.COLLECTING) {
                    wanted(before).ifPresent(task -> visited.add(FlowParts.confirmation(flow, task, "no")));
                }
            }
            case DialogueAct.Cancel cancel -> visited.add(FlowParts.call("cancelled"));
            case DialogueAct.Select select -> chosen();
            case DialogueAct.RequestAlternatives more -> {
                if (before.offer().isEmpty()) {
                    search().ifPresent(search -> visited.add(FlowParts.found(flow, search, "others wanted")));
                }
            }
            default -> {}
        }
    }

    /** However the caller took it: by its number, by a yes to the only one, or by saying it. */
    private void alternative() {
        before.offer()
                .filter(offer -> value(after, offer.slot())
                        .filter(offer.options()::contains)
                        .isPresent())
                .ifPresent(offer -> visited.add(FlowParts.slot(offer.slot(), "alternative chosen")));
    }

    private void chosen() {
        if (before.offer().isEmpty() && after.agenda().item().isPresent()) {
            search().ifPresent(search -> visited.add(FlowParts.found(flow, search, "chosen")));
        }
    }

    private void yes(int revision) {
        if (before.phase() != Phase.COLLECTING) {
            return;
        }
        boolean goesOn = after.phase() == Phase.RUNNING || after.phase() == Phase.DONE;
        boolean fresh = before.confirmation()
                .filter(open -> open.revision() == revision && open.heard())
                .isPresent();
        Optional<Task<?>> task = wanted(before);
        if (task.isEmpty()) {
            return;
        }
        boolean stale = before.confirmation().isPresent()
                ? !fresh && !purpose().equals(Optional.of(Purpose.CHANGE))
                : before.offer().isEmpty() && revision > 0;
        if (stale && !goesOn) {
            visited.add(FlowParts.confirmation(flow, task.get(), "stale yes"));
        } else if (fresh && purpose().equals(Optional.of(Purpose.VALUES))) {
            visited.add(FlowParts.confirmation(flow, task.get(), "yes"));
        } else if (fresh && purpose().equals(Optional.of(Purpose.RETRY))) {
            after.effects()
                    .running()
                    .ifPresent(run -> visited.add(FlowParts.effect(flow, task.get(), run.name(), "tried again")));
        }
    }

    private Optional<Purpose> purpose() {
        return before.confirmation().map(FlowState.Confirmation::purpose);
    }

    private void settled(FlowEvent.EffectSettled settled) {
        Optional<EffectProgress.Running> run = Stream.concat(
                        before.effects().running().stream(), before.effects().unsettled().stream())
                .filter(running -> running.effectId().equals(settled.effectId()))
                .findFirst();
        Optional<Task<?>> task = run.flatMap(running -> working(running.name()));
        if (run.isEmpty() || task.isEmpty()) {
            return;
        }
        String name = run.get().name();
        switch (settled.outcome()) {
            case ToolOutcome.Ok ok -> worked(task.get(), name, ok.value());
            case ToolOutcome.Failed failed ->
                handler(task.get(), name, failed.cause())
                        .ifPresentOrElse(
                                handler -> visited.add(FlowParts.handled(flow, task.get(), name, handler)),
                                () -> visited.add(FlowParts.effect(flow, task.get(), name, FAILED)));
            case ToolOutcome.TimedOut late -> visited.add(FlowParts.effect(flow, task.get(), name, TIMED_OUT));
            default -> visited.add(FlowParts.effect(flow, task.get(), name, FAILED));
        }
    }

    private void worked(Task<?> task, String name, Object value) {
        if (value instanceof Done.Alternative || value instanceof Done.Refused) {
            return;
        }
        if (task.search().isEmpty()) {
            visited.add(FlowParts.effect(flow, task, name, SUCCEEDED));
        } else {
            boolean some = value instanceof List<?> items && !items.isEmpty();
            visited.add(FlowParts.found(flow, task, some ? FOUND : FOUND_NOTHING));
        }
    }

    private static Optional<EffectPlan.Handler<?>> handler(Task<?> task, String effect, Throwable failure) {
        Optional<Throwable> cause = Optional.of(failure);
        for (int depth = 0; depth < CAUSES && cause.isPresent(); depth++) {
            Throwable current = cause.get();
            Optional<EffectPlan.Handler<?>> found = task.effects().stream()
                    .filter(plan -> plan.name().equals(effect))
                    .<EffectPlan.Handler<?>>flatMap(plan -> plan.handlers().stream())
                    .filter(handler -> handler.type().isInstance(current))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
            cause = Optional.ofNullable(current.getCause());
        }
        return Optional.empty();
    }

    /** The task whose search or effect has this name. */
    private Optional<Task<?>> working(String name) {
        return flow.tasks().stream()
                .<Task<?>>map(task -> task)
                .filter(task -> task.search().isPresent() && task.name().equals(name)
                        || task.effects().stream().anyMatch(plan -> plan.name().equals(name)))
                .findFirst();
    }

    private Optional<Task<?>> wanted(FlowState state) {
        return flow.isService()
                ? task(state.agenda().active())
                : Optional.of(flow.tasks().getFirst());
    }

    /** The search whose results are spoken of. */
    private Optional<Task<?>> search() {
        return after.agenda().findings().flatMap(findings -> task(findings.task()));
    }

    private Optional<Task<?>> task(String name) {
        return flow.tasks().stream()
                .<Task<?>>map(task -> task)
                .filter(task -> task.name().equals(name))
                .findFirst();
    }
}
