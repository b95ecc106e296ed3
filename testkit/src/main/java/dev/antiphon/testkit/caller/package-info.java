/** Simulated callers: they speak or type to any Realtime endpoint and know what they want. */
@NullMarked
package dev.antiphon.testkit.caller;

import org.jspecify.annotations.NullMarked;
