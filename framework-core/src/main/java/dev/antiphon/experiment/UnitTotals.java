package dev.antiphon.experiment;

/**
 * What became of the finished calls of one unit (a caller, or a call of nobody known) in one arm of an experiment: the row that
 * a report is made of. Sums over the unit's calls, so that figures per call stay right when callers call more than once.
 *
 * @param variant the key of the arm
 * @param unit who, as a hash in hexadecimal
 * @param finished calls that have ended
 * @param completed of these, whose flow reached its goal
 * @param handedOver of these, taken over by a person
 * @param abandoned of these, left before the goal
 * @param costMicros cost of all of them, in millionths of a US dollar
 * @param turns answered turns
 * @param slowTurns of these, slower than the limit that the report was asked for
 * @param utterances what the agent said
 * @param interrupted of these, cut off by the caller
 */
public record UnitTotals(
        String variant,
        String unit,
        long finished,
        long completed,
        long handedOver,
        long abandoned,
        long costMicros,
        long turns,
        long slowTurns,
        long utterances,
        long interrupted) {}
