/** One call: the {@code VoiceSession} actor, the pure {@code TurnMachine}, and the ports that flows, tools and callers implement. */
@NullMarked
package dev.antiphon.session;

import org.jspecify.annotations.NullMarked;
