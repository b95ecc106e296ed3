/** The programs that an external load bench starts, written as a user of Antiphon would write them. */
@NullMarked
package dev.antiphon.benchmarks.load;

import org.jspecify.annotations.NullMarked;
