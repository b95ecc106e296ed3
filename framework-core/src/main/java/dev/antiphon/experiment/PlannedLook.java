package dev.antiphon.experiment;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was known when the planned number of units was reached. Taken once and kept: the verdict rests on it from then on, whatever
 * comes later.
 *
 * @param at when it was taken
 * @param arms what each arm had shown by then, by its key
 */
public record PlannedLook(Instant at, Map<String, ArmTotals> arms) {
    public PlannedLook {
        arms = Collections.unmodifiableMap(new LinkedHashMap<>(arms));
    }
}
