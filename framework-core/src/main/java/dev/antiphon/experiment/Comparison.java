package dev.antiphon.experiment;

import dev.antiphon.statistics.BetaPosterior;
import java.util.List;
import java.util.Optional;

/**
 * One arm beside the first one.
 *
 * @param control the key of the first arm
 * @param treatment the key of the other one
 * @param a what the first arm has shown
 * @param b what the other one has shown
 * @param goals a row for each goal
 * @param guardrails a row for each guardrail
 * @param verdict what can be said
 * @param sentence the same for operators
 */
public record Comparison(
        String control,
        String treatment,
        ArmTotals a,
        ArmTotals b,
        List<MetricRow> goals,
        List<GuardrailRow> guardrails,
        Verdict verdict,
        String sentence) {
    public Comparison {
        goals = List.copyOf(goals);
        guardrails = List.copyOf(guardrails);
    }

    /**
     * What is believed of completion. Easy to read, but who looks often is misled often: no verdict rests on it.
     *
     * @param chanceBetter the probability that the treatment completes more
     * @param expectedLoss how much completion one loses on average by choosing the treatment
     */
    public record Belief(double chanceBetter, double expectedLoss) {}

    /** Whether both arms have enough units and calls for differences to be shown. */
    public boolean isEnough() {
        return Hybrid.isEnough(a) && Hybrid.isEnough(b);
    }

    /** Computed when it is asked for; empty below the minimum. Calls count by themselves, whoever makes them. */
    public Optional<Belief> belief() {
        if (!isEnough()) {
            return Optional.empty();
        }
        BetaPosterior first = posterior(a);
        BetaPosterior other = posterior(b);
        return Optional.of(new Belief(other.beats(first), other.expectedLossAgainst(first)));
    }

    private static BetaPosterior posterior(ArmTotals arm) {
        return new BetaPosterior(1, 1).seen(arm.completed(), arm.finished());
    }
}
