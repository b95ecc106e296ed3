/** The model of a dialog flow and the pure machine that runs it. */
@NullMarked
package dev.antiphon.flow;

import org.jspecify.annotations.NullMarked;
