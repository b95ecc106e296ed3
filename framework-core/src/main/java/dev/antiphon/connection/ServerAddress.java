package dev.antiphon.connection;

import java.net.InetSocketAddress;
import java.net.URI;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * Where a WebSocket is asked for.
 *
 * @param secure whether over TLS
 */
record ServerAddress(String host, int port, boolean secure) {

    /** @throws IllegalArgumentException when the address has no host */
    static ServerAddress of(WebSocketTransport.Request request) {
        URI uri = request.uri();
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("WebSocket address must name a host of letters, digits, '-' and '.'");
        }
        boolean secure = uri.getScheme().equals("wss");
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        return new ServerAddress(uri.getHost().replaceAll("^\\[|]$", ""), port, secure);
    }

    /** Its host has not been looked up. */
    InetSocketAddress unresolved() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    /** The client's side of TLS; the server is verified against the context's trust store and by host name. */
    SSLEngine verifying(SSLContext ssl) {
        SSLEngine engine = ssl.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }
}
