/**
 * The formulas of the operator's reports and of the tier router: intervals, tests that may be looked at any time, posteriors,
 * planning. Pure. Special functions come from Apache Commons Statistics and Numbers.
 */
@NullMarked
package dev.antiphon.statistics;

import org.jspecify.annotations.NullMarked;
