/** Many calls in virtual time while everything goes wrong. */
@NullMarked
package dev.antiphon.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
