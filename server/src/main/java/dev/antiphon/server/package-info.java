/** A running bot: {@code AntiphonServer} with the Realtime gateway, the operators' endpoints and the page. */
@NullMarked
package dev.antiphon.server;

import org.jspecify.annotations.NullMarked;
