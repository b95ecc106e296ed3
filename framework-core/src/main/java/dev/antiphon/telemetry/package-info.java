/** Facts of a session as Micrometer meters, log lines and news for the tier router; no other package names a meter. */
@NullMarked
package dev.antiphon.telemetry;

import org.jspecify.annotations.NullMarked;
