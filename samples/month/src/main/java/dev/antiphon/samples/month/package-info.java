/** A simulated month of two flows: a tier that degrades and recovers, and an experiment, with the real router and the real store. */
@NullMarked
package dev.antiphon.samples.month;

import org.jspecify.annotations.NullMarked;
