/** A whole node in virtual time: actors, tools, model and callers on one thread, without sockets. */
@NullMarked
package dev.antiphon.testkit.virtual;

import org.jspecify.annotations.NullMarked;
