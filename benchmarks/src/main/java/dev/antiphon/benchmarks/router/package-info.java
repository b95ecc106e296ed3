/** Simulations of the tier router with the classes that run it, beside published figures. */
@NullMarked
package dev.antiphon.benchmarks.router;

import org.jspecify.annotations.NullMarked;
