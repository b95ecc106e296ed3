package dev.antiphon.server.gateway;

import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.session.VoiceSession;

/** What the socket adapter has to do, in order. */
sealed interface GatewayEffect {

    /** Send to the client. */
    record Send(ServerEvent event) implements GatewayEffect {}

    /** Tell the call's session. */
    record Tell(VoiceSession.Command command) implements GatewayEffect {}

    /** Close the client's socket after what was sent. */
    record Close(int code, String reason) implements GatewayEffect {}
}
