/**
 * The caller's side of a call as an OpenAI Realtime session: any Realtime client can call a bot by changing its base URL.
 * {@code GatewayProtocol} decides what the client sees; {@code GatewayCall} carries it over one WebSocket.
 */
@NullMarked
package dev.antiphon.server.gateway;

import org.jspecify.annotations.NullMarked;
