package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import java.nio.ByteBuffer;

/**
 * One spelling of the Realtime protocol. Thread-safe and stateless.
 *
 * <p>Decoding is lenient: it never throws for anything a peer sent except text that is not a JSON object with a string
 * {@code type}; what is not understood becomes {@code Unknown}. Encoding is strict: what is written validates against the
 * provider's schema.
 */
public interface Dialect {

    /** The dialect of OpenAI since general availability, and of what follows it. */
    static Dialect ga() {
        return GaDialect.INSTANCE;
    }

    /**
     * Reads what a server sent.
     *
     * @throws MalformedFrame when the text is not a JSON object with a string {@code type}
     */
    ServerEvent decodeServer(ByteBuffer utf8);

    /**
     * Reads what a client sent.
     *
     * @throws MalformedFrame when the text is not a JSON object with a string {@code type}
     */
    ClientEvent decodeClient(ByteBuffer utf8);

    /** Writes a client event as UTF-8 JSON. */
    ByteBuffer encode(ClientEvent event);

    /** Writes a server event as UTF-8 JSON. */
    ByteBuffer encode(ServerEvent event);
}
