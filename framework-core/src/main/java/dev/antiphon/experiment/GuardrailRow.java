package dev.antiphon.experiment;

import dev.antiphon.statistics.ConfidenceSequence;
import dev.antiphon.statistics.Effect;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One guardrail of one comparison.
 *
 * @param guardrail which
 * @param control value of the first arm; empty where nobody knows it, see {@link ArmTotals#value}
 * @param treatment value of the other one, likewise
 * @param bound how much worse the treatment is at least, one-sided, valid at any time; negative when it may be better. Empty as long
 *     as there are too few units, or, of a cost, too few completed calls
 * @param n units of both arms
 */
public record GuardrailRow(
        Guardrail guardrail, OptionalDouble control, OptionalDouble treatment, Optional<Double> bound, long n) {
    private static final int LEAST_EVENTS = 5;

    /** What is known of it. */
    public enum State {
        /** The treatment is not shown to be worse by more than is accepted. */
        HOLDS,
        /** It is worse by more than is accepted. */
        FAILS,
        /** Too few units or calls to say anything. */
        TOO_FEW
    }

    /** What is known of it. */
    public State state() {
        return bound.isEmpty() ? State.TOO_FEW : fails() ? State.FAILS : State.HOLDS;
    }

    /** Whether the treatment is worse by more than is accepted. */
    public boolean fails() {
        return bound.filter(worse -> worse > guardrail.tolerance()).isPresent();
    }

    /** Both values, what can be said of them, and what is tolerated: shares in percent, differences of them in points. */
    public String sentence() {
        String said = bound.map(worse -> worse > 0
                        ? "worse by at least " + Sentences.amount(guardrail.metric(), worse) + " (95 %, at any time)"
                        : "not shown to be worse (95 %, at any time)")
                .orElse("too few to say");
        String tolerated = guardrail.tolerance() > 0
                ? Sentences.amount(guardrail.metric(), guardrail.tolerance()) + " worse is tolerated"
                : "nothing worse is tolerated";
        return shown(treatment) + ", first arm " + shown(control) + "; " + said + "; " + tolerated;
    }

    private String shown(OptionalDouble value) {
        if (value.isEmpty()) {
            return "–";
        }
        return guardrail.metric().isShare()
                ? String.format(Locale.ROOT, "%.1f %%", 100 * value.getAsDouble())
                : Sentences.amount(guardrail.metric(), value.getAsDouble());
    }

    static GuardrailRow of(Guardrail guardrail, ArmTotals a, ArmTotals b, double tightest) {
        Metric metric = guardrail.metric();
        Optional<Effect> effect = Math.min(a.units(), b.units()) < Hybrid.LEAST_UNITS || isRare(metric, a, b)
                ? Optional.empty()
                : Effect.absolute(a.sample(metric), b.sample(metric));
        ConfidenceSequence sequence = new ConfidenceSequence(Guardrail.ALPHA, tightest);
        return new GuardrailRow(
                guardrail,
                a.value(metric),
                b.value(metric),
                effect.map(e -> metric.moreIsBetter() ? -sequence.upperBound(e) : sequence.lowerBound(e)),
                a.units() + b.units());
    }

    private static boolean isRare(Metric metric, ArmTotals a, ArmTotals b) {
        return metric.isShare()
                ? a.of(metric).over() + b.of(metric).over() < LEAST_EVENTS
                        || a.value(metric).isEmpty()
                        || b.value(metric).isEmpty()
                : Math.min(a.of(metric).under(), b.of(metric).under()) < LEAST_EVENTS;
    }
}
