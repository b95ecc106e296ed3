package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.session.Conversation.View;
import dev.antiphon.session.Outcome;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What people see of a dialog: where it stands, and what a person who takes over must know. Pure. */
final class DialogLook {
    private DialogLook() {}

    /** The step, the values and the open question of one instance. */
    static View view(Flow<?> flow, FlowState state, ZonedDateTime now) {
        Map<String, String> slots = new LinkedHashMap<>();
        Turn look = new Turn(flow, state, List.of(), now);
        for (Slot<?> slot : flow.slots()) {
            look.spoken(slot).ifPresent(words -> slots.put(slot.name(), slot.isSensitive() ? Questions.MASK : words));
        }
        return new View(step(look), slots, Questions.open(flow, look.state));
    }

    /**
     * Of every flow that was begun.
     *
     * @param open where what is spoken of stood before the dialog ended
     */
    static HandoverNotes notes(Dialog dialog, DialogState state, FlowState open, ZonedDateTime now) {
        List<HandoverNotes.Value> values = new ArrayList<>();
        List<String> done = new ArrayList<>();
        state.flows().forEach((instance, flow) -> {
            Turn look = new Turn(dialog.flowOf(instance), flow, List.of(), now);
            for (Slot<?> slot : look.flow.slots()) {
                look.spoken(slot)
                        .ifPresent(words ->
                                values.add(new HandoverNotes.Value(instance, slot.name(), words, slot.isSensitive())));
            }
            flow.effects()
                    .finished()
                    .forEach(effect -> done.add(effect.result()
                            .map(result -> effect.name() + ": " + result)
                            .orElse(effect.name())));
            flow.effects()
                    .unsettled()
                    .ifPresent(run -> done.add(run.name() + ": took too long, whether it is done is not known"));
        });
        Flow<?> speaking = dialog.flowOf(TurnRouting.focus(dialog, state));
        return new HandoverNotes(values, done, Questions.open(speaking, open));
    }

    private static String step(Turn look) {
        FlowState state = look.state;
        return switch (state.phase()) {
            case COLLECTING -> collecting(look);
            case RUNNING ->
                state.effects().running().map(EffectProgress.Running::name).orElse(Step.CONFIRM);
            case DONE -> Step.DONE;
            case ENDED -> state.outcome().map(outcome -> ended(look, outcome)).orElse(Step.DONE);
        };
    }

    private static String ended(Turn look, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed completed -> Step.DONE;
            case Outcome.HandedOver handedOver ->
                look.flow.handOverTarget().isPresent() ? Step.HAND_OVER : collecting(look);
            case Outcome.Abandoned abandoned -> collecting(look);
            case Outcome.Failed failed -> collecting(look);
        };
    }

    private static String collecting(Turn look) {
        if (look.flow.slots().isEmpty()) {
            return Step.ANSWERS;
        }
        return look.state
                .offer()
                .map(FlowState.Offer::slot)
                .or(() -> Questions.missing(look).map(Slot::name))
                .orElseGet(() -> asked(look));
    }

    private static String asked(Turn look) {
        if (!look.flow.isService()) {
            return look.flow.confirms() ? Step.CONFIRM : Step.DONE;
        }
        return Questions.isIdle(look)
                ? Step.START
                : look.state.confirmation().map(open -> Step.CONFIRM).orElse(Step.START);
    }
}
