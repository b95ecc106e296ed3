/** Which model a call runs on: struggle evidence, the pure escalation state machine, the {@code TierRouter} actor. */
@NullMarked
package dev.antiphon.tier;

import org.jspecify.annotations.NullMarked;
