/** Limits of time, in the words that models and operators read. Pure. */
@NullMarked
package dev.antiphon.time;

import org.jspecify.annotations.NullMarked;
