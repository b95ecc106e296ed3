package dev.antiphon.server.operator;

import dev.antiphon.admission.DaySpend;
import java.util.Locale;

/**
 * What today's calls have cost, beside the cap of a day, in US dollars.
 *
 * @param level {@code below}, {@code near} or {@code reached}
 * @param sentence the figures and what becomes of new calls, for people
 */
public record DayCap(double spentUsd, double capUsd, String level, String sentence) {
    static DayCap of(DaySpend day) {
        return new DayCap(
                day.spent().usd().doubleValue(),
                day.cap().most().usd().doubleValue(),
                day.level().name().toLowerCase(Locale.ROOT),
                day.sentence());
    }
}
