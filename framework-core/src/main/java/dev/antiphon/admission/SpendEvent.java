package dev.antiphon.admission;

import dev.antiphon.model.Money;
import dev.antiphon.spend.Cap;
import java.time.Instant;
import java.time.LocalDate;

/** A fact about the spend of all calls: past tense, immutable. Each is told once for its day or experiment, and level. */
public sealed interface SpendEvent {
    /** When. */
    Instant at();

    /** Near or at it. */
    Cap.Level level();

    /** The day's cap is near, or reached. */
    record OfDay(Instant at, LocalDate day, Cap.Level level, Money spent, Money cap) implements SpendEvent {}

    /** The cap of an experiment is near; or reached, so that nobody may enter it any more and it should be paused. */
    record OfExperiment(Instant at, String experiment, Cap.Level level, Money spent, Money cap) implements SpendEvent {}
}
