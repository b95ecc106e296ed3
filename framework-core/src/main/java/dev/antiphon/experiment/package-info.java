/**
 * Experiments: who is given what, by sticky hashing; where an experiment stands; what it has shown, in sentences for operators. Pure.
 */
@NullMarked
package dev.antiphon.experiment;

import org.jspecify.annotations.NullMarked;
