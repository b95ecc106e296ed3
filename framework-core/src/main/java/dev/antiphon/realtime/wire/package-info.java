/** The only JSON: one {@code Dialect} per wire dialect turns events into frames and back. */
@NullMarked
package dev.antiphon.realtime.wire;

import org.jspecify.annotations.NullMarked;
