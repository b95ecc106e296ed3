package dev.antiphon.flow;

import dev.antiphon.session.ToolOutcome;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** One call of one flow in the hands of a test: events go in, effects pile up, acts are those of the last event. */
final class MachineCall {
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-20T09:00:00Z");

    private final FlowMachine machine;
    final List<FlowEffect> effects = new ArrayList<>();
    List<SystemAct> acts = List.of();
    FlowState state = FlowState.initial();
    private int turns;

    MachineCall(Flow<?> flow) {
        machine = new FlowMachine(flow);
        takes(new FlowEvent.Started());
        takes(new FlowEvent.AgentSpoke("Hello.", true));
    }

    MachineCall takes(FlowEvent event) {
        Transition step = machine.step(state, event);
        state = step.next();
        acts = step.acts();
        effects.addAll(step.effects());
        return this;
    }

    MachineCall means(DialogueAct... meant) {
        takes(new FlowEvent.CallerTurn("call_" + ++turns, List.of(meant), false, NOW));
        return this;
    }

    MachineCall heard() {
        List<SystemAct> told = acts;
        takes(new FlowEvent.AgentSpoke("As you wish.", true));
        acts = told;
        return this;
    }

    MachineCall yes() {
        return means(new DialogueAct.Affirm(state.confirmation().orElseThrow().revision()));
    }

    MachineCall settles(ToolOutcome outcome) {
        return takes(new FlowEvent.EffectSettled(runs().getLast().effectId(), outcome));
    }

    List<FlowEffect.Run> runs() {
        return effects.stream()
                .filter(FlowEffect.Run.class::isInstance)
                .map(FlowEffect.Run.class::cast)
                .toList();
    }

    List<String> faults() {
        return effects.stream()
                .filter(FlowEffect.Fault.class::isInstance)
                .map(fault -> ((FlowEffect.Fault) fault).where())
                .toList();
    }

    FlowEffect.Reply answer() {
        return effects.stream()
                .filter(FlowEffect.Answer.class::isInstance)
                .map(answer -> ((FlowEffect.Answer) answer).reply())
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /** How often this call was answered. */
    long answersTo(String callId) {
        return effects.stream()
                .filter(effect -> effect instanceof FlowEffect.Answer answer
                        && answer.callId().equals(callId))
                .count();
    }

    String said() {
        return state.repair().lastSaid().text();
    }
}
