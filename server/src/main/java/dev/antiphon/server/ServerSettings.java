package dev.antiphon.server;

import dev.antiphon.connection.Endpoints;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.model.TierLadder;
import dev.antiphon.server.gateway.AccessPolicy;
import dev.antiphon.server.gateway.IdSource;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.session.SessionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How a server runs. Immutable.
 *
 * @param host the address to listen on; default {@code 127.0.0.1}. Page and journal show what callers said, so another
 *     address wants {@code access} with keys
 * @param port 0 to 65,535; default 0, any free one
 * @param ladder the models that calls run on
 * @param session how each call behaves, before the client's own choices
 * @param observers receive every fact of every call, besides the journal and the meters
 * @param simulatedSpeech lets the page's simulated caller speak; empty with a real model
 * @param access who may connect; default anybody who reaches the address, from pages of this server or this machine
 * @param transport opens WebSockets to models; empty for Pekko HTTP
 * @param clock the time in which calls live; default the machine's
 * @param ids names sessions, items and events for clients; default random ones
 * @param endpoints which places of the tiers are well, and how long calls wait before they try one again
 */
public record ServerSettings(
        String host,
        int port,
        TierLadder ladder,
        SessionSettings session,
        List<SessionObserver> observers,
        Optional<SimulatedSpeech> simulatedSpeech,
        AccessPolicy access,
        Optional<Function<ActorSystem<?>, WebSocketTransport>> transport,
        CallClock clock,
        IdSource ids,
        Endpoints endpoints) {
    public ServerSettings {
        observers = List.copyOf(observers);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, but was " + port);
        }
    }

    /** The defaults for these models. */
    public static ServerSettings defaults(TierLadder ladder) {
        return new ServerSettings(
                "127.0.0.1",
                0,
                ladder,
                SessionSettings.defaults(),
                List.of(),
                Optional.empty(),
                AccessPolicy.open(),
                Optional.empty(),
                CallClock.system(),
                IdSource.random(),
                new Endpoints(new SplittableRandom()));
    }

    /** A copy that listens elsewhere. */
    public ServerSettings withAddress(String otherHost, int otherPort) {
        return new ServerSettings(
                otherHost,
                otherPort,
                ladder,
                session,
                observers,
                simulatedSpeech,
                access,
                transport,
                clock,
                ids,
                endpoints);
    }

    /** A copy whose calls run on other models. */
    public ServerSettings withLadder(TierLadder other) {
        return new ServerSettings(
                host, port, other, session, observers, simulatedSpeech, access, transport, clock, ids, endpoints);
    }

    /** A copy with other session settings. */
    public ServerSettings withSession(SessionSettings other) {
        return new ServerSettings(
                host, port, ladder, other, observers, simulatedSpeech, access, transport, clock, ids, endpoints);
    }

    /** A copy with one more observer. */
    public ServerSettings withObserver(SessionObserver another) {
        List<SessionObserver> more = new ArrayList<>(observers);
        more.add(another);
        return new ServerSettings(
                host, port, ladder, session, more, simulatedSpeech, access, transport, clock, ids, endpoints);
    }

    /** A copy whose page can let a simulated caller speak. */
    public ServerSettings withSimulatedSpeech(SimulatedSpeech speech) {
        return new ServerSettings(
                host, port, ladder, session, observers, Optional.of(speech), access, transport, clock, ids, endpoints);
    }

    /** A copy with another access policy. */
    public ServerSettings withAccess(AccessPolicy other) {
        return new ServerSettings(
                host, port, ladder, session, observers, simulatedSpeech, other, transport, clock, ids, endpoints);
    }

    /** A copy with another way to open WebSockets to models. */
    public ServerSettings withTransport(Function<ActorSystem<?>, WebSocketTransport> other) {
        return new ServerSettings(
                host,
                port,
                ladder,
                session,
                observers,
                simulatedSpeech,
                access,
                Optional.of(other),
                clock,
                ids,
                endpoints);
    }

    /** A copy in another time, with other names: what happens twice in the same time then looks the same. */
    public ServerSettings withTime(CallClock otherClock, IdSource otherIds) {
        return new ServerSettings(
                host,
                port,
                ladder,
                session,
                observers,
                simulatedSpeech,
                access,
                transport,
                otherClock,
                otherIds,
                endpoints);
    }

    /** A copy with endpoints that it shares with other servers of this process, or with pauses of its own. */
    public ServerSettings withEndpoints(Endpoints other) {
        return new ServerSettings(
                host, port, ladder, session, observers, simulatedSpeech, access, transport, clock, ids, other);
    }
}
