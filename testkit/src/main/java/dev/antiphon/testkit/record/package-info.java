/** Recordings of Realtime sessions: written as they happen, read and called again. */
@NullMarked
package dev.antiphon.testkit.record;

import org.jspecify.annotations.NullMarked;
