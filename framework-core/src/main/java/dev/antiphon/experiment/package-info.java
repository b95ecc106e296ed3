/** Experiments: who is given what, by sticky hashing. Pure. */
@NullMarked
package dev.antiphon.experiment;

import org.jspecify.annotations.NullMarked;
