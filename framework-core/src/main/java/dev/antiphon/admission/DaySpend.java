package dev.antiphon.admission;

import dev.antiphon.model.Money;
import dev.antiphon.spend.Cap;
import dev.antiphon.spend.SpendPolicy;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What the calls of a day have cost, beside the cap of a day. Immutable.
 *
 * @param day which day
 * @param zone whose midnight it begins at, for people
 * @param spent by this server's calls
 * @param cap what they may cost
 * @param action what becomes of new calls at the cap
 * @param until when the next day begins
 */
public record DaySpend(LocalDate day, String zone, Money spent, Cap cap, SpendPolicy.AtDayCap action, Instant until) {
    /** How near the cap is. */
    public Cap.Level level() {
        return cap.level(spent);
    }

    /** For people: the figures, and what becomes of new calls. */
    public String sentence() {
        String figures = "today's calls have cost " + spent + " of " + cap.most();
        return switch (level()) {
            case BELOW -> "Today's calls have cost " + spent + " of " + cap.most() + ", the cap of a day.";
            case NEAR -> "Near the spend cap of the day: " + figures + ". At the cap new calls " + fate() + ".";
            case REACHED ->
                "The spend cap of the day is reached: " + figures + ". Until " + day.plusDays(1) + " (" + zone
                        + ") new calls " + fate() + ".";
        };
    }

    private String fate() {
        return switch (action) {
            case LOWEST_TIER ->
                "begin on the lowest tier, do not move up, and enter no experiment on tiers; calls under way go on";
            case REFUSE -> "are refused; calls under way go on";
        };
    }
}
