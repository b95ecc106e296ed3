/** One WebSocket to one model: the transport port, its Pekko HTTP implementation and the {@code ModelConnection} actor. */
@NullMarked
package dev.antiphon.connection;

import org.jspecify.annotations.NullMarked;
