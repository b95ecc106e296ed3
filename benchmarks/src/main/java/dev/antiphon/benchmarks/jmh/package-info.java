/** Whether a change of the code has made a benchmark slower. */
@NullMarked
package dev.antiphon.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
