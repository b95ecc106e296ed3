/** How often the report of experiments misleads, and how soon it answers: simulated. */
@NullMarked
package dev.antiphon.benchmarks.experiments;

import org.jspecify.annotations.NullMarked;
