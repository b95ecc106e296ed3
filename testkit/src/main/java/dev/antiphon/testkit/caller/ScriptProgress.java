package dev.antiphon.testkit.caller;

import dev.antiphon.testkit.caller.CallerScript.Answer;
import dev.antiphon.testkit.caller.CallerScript.Deed;
import dev.antiphon.testkit.caller.CallerScript.Step;
import java.time.Duration;
import java.util.Optional;

/** Which parts of a script were used. Not thread-safe. */
final class ScriptProgress {
    private final CallerScript script;
    private final int[] uses;
    private int nextStep;
    private int otherwiseUses;

    ScriptProgress(CallerScript script) {
        this.script = script;
        this.uses = new int[script.answers().size()];
    }

    /** What the caller does when the agent has finished with these words; empty when it waits. */
    Optional<Deed> next(String agentWords) {
        Optional<Step> step = currentStep().filter(each -> each.condition().holds(agentWords));
        if (step.isPresent()) {
            nextStep++;
            return Optional.of(step.get().deed());
        }
        for (int i = 0; i < uses.length; i++) {
            Answer answer = script.answers().get(i);
            if (uses[i] < answer.times() && answer.condition().holds(agentWords)) {
                uses[i]++;
                return Optional.of(answer.deed());
            }
        }
        if (agentWords.contains("?") && script.otherwise().isPresent() && otherwiseUses < CallerScript.MOST_OTHERWISE) {
            otherwiseUses++;
            return script.otherwise().map(Deed.Say::new);
        }
        return Optional.empty();
    }

    /** How much of the agent's present utterance the caller hears before it cuts in; empty when it does not. */
    Optional<Duration> bargeIn(String agentWords) {
        return currentStep().filter(step -> step.condition().holds(agentWords)).flatMap(Step::bargeInAfter);
    }

    boolean stepsDone() {
        return nextStep == script.steps().size();
    }

    private Optional<Step> currentStep() {
        return nextStep < script.steps().size() ? Optional.of(script.steps().get(nextStep)) : Optional.empty();
    }
}
