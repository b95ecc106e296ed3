/** Caps of what a call, a day and an experiment may cost, and what happens at them. Pure, but for the port to a memory. */
@NullMarked
package dev.antiphon.spend;

import org.jspecify.annotations.NullMarked;
