/** Benchmarks: JMH classes, one per question, and the load programs that stand beside other frameworks. */
@NullMarked
package dev.antiphon.benchmarks;

import org.jspecify.annotations.NullMarked;
