package dev.antiphon.spend;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * What all calls of a day, and of an experiment, may cost. Pure.
 *
 * @param perDay default no cap
 * @param atDayCap default {@link AtDayCap#LOWEST_TIER}
 * @param perExperiment by the key of the experiment; default no cap
 * @param zone in which a day begins at midnight; default UTC
 */
public record SpendPolicy(Optional<Cap> perDay, AtDayCap atDayCap, Map<String, Cap> perExperiment, ZoneId zone) {
    public SpendPolicy {
        perExperiment = Map.copyOf(perExperiment);
    }

    /** What becomes of new calls when the day's cap is reached; those under way go on. */
    public enum AtDayCap {
        /** They run on the lowest tier and do not move up. */
        LOWEST_TIER,
        /** They are refused with the reason. */
        REFUSE
    }

    /** No caps. */
    public static SpendPolicy none() {
        return new SpendPolicy(Optional.empty(), AtDayCap.LOWEST_TIER, Map.of(), ZoneOffset.UTC);
    }

    /** A copy with a cap for each day. */
    public SpendPolicy withPerDay(Cap cap, AtDayCap action) {
        return new SpendPolicy(Optional.of(cap), action, perExperiment, zone);
    }

    /** A copy with caps of experiments. */
    public SpendPolicy withPerExperiment(Map<String, Cap> caps) {
        return new SpendPolicy(perDay, atDayCap, caps, zone);
    }

    /** A copy whose days begin elsewhere. */
    public SpendPolicy withZone(ZoneId other) {
        return new SpendPolicy(perDay, atDayCap, perExperiment, other);
    }

    /** Whether there is a cap at all. */
    public boolean isEmpty() {
        return perDay.isEmpty() && perExperiment.isEmpty();
    }

    /** For people: {@code UTC} or {@code Europe/Berlin}. */
    public String zoneName() {
        return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.toString();
    }

    /** The day of a moment. */
    public LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }

    /** When the day after this moment's begins. */
    public Instant tomorrow(Instant at) {
        return day(at).plusDays(1).atStartOfDay(zone).toInstant();
    }

    /** How near the day's cap is. */
    public Cap.Level ofDay(SpendTotals totals, LocalDate day) {
        return perDay.map(cap -> cap.level(totals.ofDay(day))).orElse(Cap.Level.BELOW);
    }

    /** How near an experiment's cap is. */
    public Cap.Level ofExperiment(SpendTotals totals, String experiment) {
        return Optional.ofNullable(perExperiment.get(experiment))
                .map(cap -> cap.level(totals.ofExperiment(experiment)))
                .orElse(Cap.Level.BELOW);
    }
}
