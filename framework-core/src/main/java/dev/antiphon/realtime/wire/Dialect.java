package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionInfo;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * One spelling of the Realtime protocol. Thread-safe and stateless.
 *
 * <p>Decoding is lenient: it never throws for anything a peer sent except text that is not a JSON object with a string
 * {@code type}, or that holds a number with an exponent of more than 32 bits; what is not understood becomes {@code Unknown}. What servers send is understood in either spelling, whichever the
 * dialect, because gateways mix them. Encoding is strict: what is written validates against the
 * provider's schema.
 */
public interface Dialect {

    /** The dialect of OpenAI since general availability, and of what follows it. */
    static Dialect ga() {
        return JsonDialect.GA;
    }

    /** The dialect of the public beta, which gateways go on speaking, also for newer models. */
    static Dialect beta() {
        return JsonDialect.BETA;
    }

    /** The dialect that this session is spelled in: what a server of unknown dialect speaks, told from its first event. */
    static Dialect of(SessionInfo session) {
        return Spelling.of(session.raw()) == Spelling.BETA ? beta() : ga();
    }

    /** {@code ga} or {@code beta}. */
    String name();

    /**
     * Reads what a server sent.
     *
     * @throws MalformedFrame when the text is not a JSON object with a string {@code type}
     */
    ServerEvent decodeServer(ByteBuffer utf8);

    /**
     * Reads what a server sent, but of these types of events nothing beyond the type.
     *
     * @param unheard types by their GA names
     * @return empty when it is of one of them
     * @throws MalformedFrame when the text is not a JSON object with a string {@code type}
     */
    Optional<ServerEvent> decodeServer(ByteBuffer utf8, Set<String> unheard);

    /**
     * Reads what a client sent.
     *
     * @throws MalformedFrame when the text is not a JSON object with a string {@code type}
     */
    ClientEvent decodeClient(ByteBuffer utf8);

    /** Writes a client event as UTF-8 JSON. */
    ByteBuffer encode(ClientEvent event);

    /**
     * Writes a server event as UTF-8 JSON.
     *
     * @throws IllegalArgumentException when this dialect {@linkplain #has has no such event}
     */
    ByteBuffer encode(ServerEvent event);

    /** Whether this dialect has such an event; GA has all. */
    boolean has(ServerEvent event);
}
