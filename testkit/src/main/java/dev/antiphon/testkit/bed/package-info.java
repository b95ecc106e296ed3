/** A bot, an emulated model and simulated callers together, in virtual time or over real sockets. */
@NullMarked
package dev.antiphon.testkit.bed;

import org.jspecify.annotations.NullMarked;
