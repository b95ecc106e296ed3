/** What it costs to tell a model where a call stands. */
@NullMarked
package dev.antiphon.benchmarks.briefing;

import org.jspecify.annotations.NullMarked;
