package dev.antiphon.server.experiment;

import dev.antiphon.model.Money;
import dev.antiphon.spend.Cap;

/**
 * What the calls of an experiment have cost, beside their cap.
 *
 * @param spent by this server's calls
 * @param cap what they may cost
 */
public record ExperimentSpend(Money spent, Cap cap) {
    /** Whether no call enters it any more. */
    public boolean isReached() {
        return cap.level(spent) == Cap.Level.REACHED;
    }

    /** For people: {@code its calls have cost $5.0210 of $5.0000}. */
    public String sentence() {
        return "its calls have cost " + spent + " of " + cap.most();
    }

    String capShown() {
        return "spend cap of " + cap.most();
    }
}
