package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.benchmarks.WatchedLink;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.connection.WebSocketTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;

/** Lines to the models, of which the storm knows whose they are. Not thread-safe. */
final class CuttableLines implements WebSocketTransport {
    private final WebSocketTransport network;
    private final Storm storm;

    CuttableLines(WebSocketTransport network, Storm storm) {
        this.network = network;
        this.storm = storm;
    }

    @Override
    public WebSocketLink connect(Request request, WebSocketListener listener) {
        return new Line(network.connect(request, listener));
    }

    /** One line; its first frames name the call. */
    private final class Line extends WatchedLink {
        private final WebSocketLink line;
        private boolean known;

        Line(WebSocketLink line) {
            super(line);
            this.line = line;
        }

        @Override
        protected void sees(ByteBuffer utf8) {
            if (known) {
                return;
            }
            Matcher named = StormyModel.CALL.matcher(StandardCharsets.UTF_8.decode(utf8.duplicate()));
            if (named.find()) {
                known = true;
                storm.find(Integer.parseInt(named.group(1))).ifPresent(call -> call.model = Optional.of(line));
            }
        }
    }
}
