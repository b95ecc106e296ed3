/** How things are said: the sentences of the engine by key, languages, and how values sound. */
@org.jspecify.annotations.NullMarked
package dev.antiphon.flow.say;
