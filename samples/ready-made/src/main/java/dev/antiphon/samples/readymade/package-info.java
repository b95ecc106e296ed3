/** Flows to start from: each one class, with a small interface to its back end and one in memory for trying. */
@NullMarked
package dev.antiphon.samples.readymade;

import org.jspecify.annotations.NullMarked;
