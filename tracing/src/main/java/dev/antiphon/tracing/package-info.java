/** Facts of a session as OpenTelemetry spans. */
@NullMarked
package dev.antiphon.tracing;

import org.jspecify.annotations.NullMarked;
