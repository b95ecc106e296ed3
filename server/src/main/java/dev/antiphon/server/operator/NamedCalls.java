package dev.antiphon.server.operator;

import dev.antiphon.server.gateway.CallFactory;
import dev.antiphon.server.gateway.Caller;
import dev.antiphon.session.CallerChannel;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSession;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** Calls whose callers a {@link CallMemory} is told, where the front end names them. Thread-safe. */
public final class NamedCalls implements CallFactory {
    private final CallFactory calls;
    private final CallMemory memory;

    /** These calls, told to this memory. */
    public NamedCalls(CallFactory calls, CallMemory memory) {
        this.calls = calls;
        this.memory = memory;
    }

    @Override
    public void announced(SessionId id) {
        calls.announced(id);
    }

    @Override
    public void withdrawn(SessionId id) {
        memory.withdrawn(id);
        calls.withdrawn(id);
    }

    @Override
    public CompletionStage<ActorRef<VoiceSession.Command>> begin(
            SessionId id, SessionSettings settings, CallerChannel caller, Caller who) {
        who.id().ifPresent(name -> memory.named(id, name));
        return calls.begin(id, settings, caller, who);
    }
}
