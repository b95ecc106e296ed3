package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.ConnectFailure;
import dev.antiphon.connection.ConnectionSettings;
import dev.antiphon.connection.ModelConnection;
import dev.antiphon.connection.ModelConnection.Event;
import dev.antiphon.connection.ModelLink;
import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.WireDialect;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.wire.Dialect;
import dev.antiphon.testkit.virtual.VirtualNetwork;
import dev.antiphon.testkit.virtual.VirtualWorld;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import tools.jackson.databind.JsonNode;

/** The framework's own connection as the client of a server, in virtual time. */
final class ConnectedCall implements TraceReplay.Client, AutoCloseable {
    private final VirtualWorld world = VirtualWorld.beginningAt(Instant.parse("2026-11-20T12:00:00Z"));
    private final Dialect dialect;
    private final List<ServerEvent> received = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private Optional<ModelLink> link = Optional.empty();
    private Optional<ConnectFailure> refused = Optional.empty();

    /** @param server at the time of this call */
    ConnectedCall(
            WireDialect spoken, Map<String, String> headers, URI uri, Function<Timeline, WebSocketEndpoint> server) {
        this.dialect = spoken == WireDialect.BETA ? Dialect.beta() : Dialect.ga();
        VirtualNetwork network = new VirtualNetwork(world.timeline(), Duration.ZERO);
        network.listen(uri.getAuthority(), server.apply(world.timeline()));
        ModelEndpoint endpoint = new ModelEndpoint("test", "gpt-realtime", uri, headers, List.of("realtime"), spoken);
        world.system(owner(endpoint, network), "call");
        world.runWhile(() -> link.isEmpty() && refused.isEmpty(), Duration.ofMinutes(1));
    }

    private Behavior<Event> owner(ModelEndpoint endpoint, VirtualNetwork network) {
        return Behaviors.setup(context -> {
            context.spawn(
                    ModelConnection.create(endpoint, ConnectionSettings.defaults(), network, context.getSelf()),
                    "connection");
            return Behaviors.receiveMessage(event -> {
                took(event);
                return Behaviors.same();
            });
        });
    }

    private void took(Event event) {
        switch (event) {
            case Event.Ready ready -> {
                link = Optional.of(ready.link());
                received.add(new ServerEvent.SessionCreated("event_ready", ready.session()));
            }
            case Event.Received some -> some.inbox().take(received::add);
            case Event.Refused failed -> refused = Optional.of(failed.failure());
            case Event.Lost lost -> ends.add(lost.code() + " " + lost.reason());
        }
    }

    /** What came, the first session included. */
    List<ServerEvent> received() {
        return received;
    }

    /** How the connection was lost. */
    List<String> ends() {
        return ends;
    }

    /** Why there never was one. */
    ConnectFailure refusal() {
        return refused.orElseThrow(() -> new AssertionError("the connection was not refused"));
    }

    @Override
    public List<JsonNode> events() {
        return received.stream().map(this::json).toList();
    }

    private JsonNode json(ServerEvent event) {
        return SharedProtocol.MAPPER.readTree(
                StandardCharsets.UTF_8.decode(dialect.encode(event)).toString());
    }

    /** Client events as the framework has them. */
    List<ClientEvent> read(List<JsonNode> events) {
        return events.stream().map(event -> read(event.toString())).toList();
    }

    private ClientEvent read(String json) {
        return dialect.decodeClient(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void send(String json) {
        send(read(json));
    }

    @Override
    public void hear(short[] samples) {
        byte[] audio = AudioCodec.encode(AudioFormat.PCM16_24KHZ, samples);
        send(new ClientEvent.AudioAppend(Optional.empty(), AudioPayload.ofBytes(audio)));
    }

    void send(ClientEvent event) {
        if (!link.orElseThrow(() -> new AssertionError("refused: " + refused)).send(event)) {
            throw new AssertionError("the link did not take " + event);
        }
    }

    @Override
    public void runWhile(BooleanSupplier condition) {
        world.runWhile(condition, Duration.ofSeconds(30));
    }

    @Override
    public void advance(Duration time) {
        world.timeline().advance(time);
    }

    @Override
    public void close() {
        world.close();
    }
}
