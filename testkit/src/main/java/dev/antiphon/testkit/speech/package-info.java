/** Text to speech in the JVM, and recognition of speech that simulated callers registered. */
@NullMarked
package dev.antiphon.testkit.speech;

import org.jspecify.annotations.NullMarked;
