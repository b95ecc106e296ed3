/** The slot library: what a flow can ask for, how it is read from words, normalised, checked and read back. Pure. */
@NullMarked
package dev.antiphon.flow.slot;

import org.jspecify.annotations.NullMarked;
