package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.benchmarks.chaos.tools.Violations.Rule;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.SavedDialog;
import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.ToolOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The desk's dialog in one session: it is killed, or moved to another tier, when the storm wants it, and watched. */
final class WatchedDialog implements Conversation {
    private final FlowConversation flow;
    private final Call call;
    private final Storm storm;
    private final Violations violations;
    private final CallClock clock;

    /** What a killed session throws. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("the storm killed this session", null, false, false);
        }
    }

    WatchedDialog(FlowConversation flow, Call call, Storm storm, Violations violations, CallClock clock) {
        this.flow = flow;
        this.call = call;
        this.storm = storm;
        this.violations = violations;
        this.clock = clock;
    }

    @Override
    public List<Directive> on(Event event) {
        if (!call.struck && kills(event)) {
            storm.killed(call);
            throw new Killed();
        }
        if (event instanceof Event.EffectSettled settled) {
            heard(settled);
        }
        List<Directive> directives = new ArrayList<>(flow.on(event));
        for (Directive directive : directives) {
            if (directive instanceof Directive.Run run) {
                call.wanted.put(run.effectId(), clock.instant());
            }
        }
        if (call.strike.kills() && call.life == 0) {
            call.saved = Optional.of(SavedDialog.write(flow.dialogState()));
        }
        if (changesTier(event)) {
            directives.add(new Directive.Escalate("the storm"));
        }
        return directives;
    }

    private boolean kills(Event event) {
        return switch (call.strike) {
            case KILLED_AND_RESUMED_AT_READ_BACK ->
                event instanceof Event.AgentSpoke spoke && spoke.text().contains("Shall I book it");
            case KILLED_AND_RESUMED_WHILE_EFFECT_RUNS -> event instanceof Event.EffectSlow;
            case KILLED_AND_RESUMED_AT_THE_RESULT -> event instanceof Event.EffectSettled;
            case KILLED_AND_RESUMED_WHILE_TOOL_RUNS ->
                call.toolAtWork && (event instanceof Event.ToolCalled || event instanceof Event.AgentCutOff);
            default -> false;
        };
    }

    private boolean changesTier(Event event) {
        return event instanceof Event.EffectSlow && storm.strikes(call, Strike.TIER_CHANGES_WHILE_EFFECT_RUNS)
                || event instanceof Event.CallsComplete
                        && call.modelCalls > 0
                        && storm.strikes(call, Strike.TIER_CHANGES_WHILE_TOOL_RUNS);
    }

    private void heard(Event.EffectSettled settled) {
        call.wanted.remove(settled.effectId());
        if (settled.outcome() instanceof ToolOutcome.Ok && call.commits.isEmpty()) {
            violations.found(Rule.NOT_DONE, "call " + call.number);
        }
    }

    @Override
    public Opening opening() {
        Opening own = flow.opening();
        return new Opening(own.instructions() + "\nThis is call " + call.number + ".", own.tools(), own.toolChoice());
    }

    @Override
    public String name() {
        return flow.name();
    }

    @Override
    public String version() {
        return flow.version();
    }

    @Override
    public Set<String> ownTools() {
        return flow.ownTools();
    }

    @Override
    public Optional<String> seed() {
        return flow.seed();
    }

    @Override
    public String sayAgain() {
        return flow.sayAgain();
    }

    @Override
    public boolean offers(String tool) {
        return flow.offers(tool);
    }

    @Override
    public boolean mayCall(String tool) {
        return flow.mayCall(tool);
    }

    @Override
    public Locale language() {
        return flow.language();
    }

    @Override
    public WaitingWords waitingWords() {
        return flow.waitingWords();
    }

    @Override
    public HandoverWords handoverWords() {
        return flow.handoverWords();
    }

    @Override
    public String connecting(String target) {
        return flow.connecting(target);
    }

    @Override
    public HandoverNotes notes() {
        return flow.notes();
    }

    @Override
    public View view() {
        return flow.view();
    }
}
