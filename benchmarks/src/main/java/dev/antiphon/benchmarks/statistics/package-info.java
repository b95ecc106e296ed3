/** Checks our formulas against other people's figures. */
@NullMarked
package dev.antiphon.benchmarks.statistics;

import org.jspecify.annotations.NullMarked;
