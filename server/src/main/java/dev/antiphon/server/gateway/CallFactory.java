package dev.antiphon.server.gateway;

import dev.antiphon.session.CallerChannel;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSession;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** What the gateway needs of the server: calls. Thread-safe; nothing here blocks. */
public interface CallFactory {

    /** A caller is there, and its session id has been told; the call begins soon. */
    void announced(SessionId id);

    /** The caller went away before the call began, or the call could not begin. */
    void withdrawn(SessionId id);

    /** Begins the call. A session that comes after the caller has left is hung up by the gateway. */
    CompletionStage<ActorRef<VoiceSession.Command>> begin(
            SessionId id, SessionSettings settings, CallerChannel caller, Caller who);
}
