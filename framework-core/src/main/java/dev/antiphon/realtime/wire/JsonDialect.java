package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Both dialects: one reader for what servers send in either, and a writer that spells as its own (protocol section 4). */
record JsonDialect(Spelling spelling) implements Dialect {
    static final Dialect GA = new JsonDialect(Spelling.GA);
    static final Dialect BETA = new JsonDialect(Spelling.BETA);

    @Override
    public String name() {
        return spelling.either("ga", "beta");
    }

    @Override
    public ServerEvent decodeServer(ByteBuffer utf8) {
        return decodeServer(utf8, Set.of()).orElseThrow();
    }

    @Override
    public Optional<ServerEvent> decodeServer(ByteBuffer utf8, Set<String> unheard) {
        Utf8Frame frame = Utf8Frame.of(utf8);
        if (!unheard.isEmpty()
                && frame.early()
                        .filter(type -> unheard.contains(Spelling.gaType(type)))
                        .isPresent()) {
            return Optional.empty();
        }
        Fields event = frame.event();
        String type = event.text("type");
        return understood(() -> ServerEventReader.read(Spelling.gaType(type), event))
                .or(() -> Optional.of(new ServerEvent.Unknown(event.textOr("event_id", ""), type, frame.raw())));
    }

    @Override
    public ClientEvent decodeClient(ByteBuffer utf8) {
        Utf8Frame frame = Utf8Frame.of(utf8);
        Fields event = frame.event();
        String type = event.text("type");
        return understood(() -> new ClientEventReader(spelling, event).read(type))
                .orElseGet(() -> new ClientEvent.Unknown(event.optionalText("event_id"), type, frame.raw()));
    }

    @Override
    public ByteBuffer encode(ClientEvent event) {
        return Optional.of(event)
                .filter(ClientEvent.AudioAppend.class::isInstance)
                .map(ClientEvent.AudioAppend.class::cast)
                .flatMap(AudioFrameWriter::append)
                .orElseGet(() -> Json.bytes(out -> new ClientEventWriter(out, spelling).write(event)));
    }

    @Override
    public ByteBuffer encode(ServerEvent event) {
        if (!has(event)) {
            throw new IllegalArgumentException(
                    "the beta dialect has no " + event.getClass().getSimpleName());
        }
        return Optional.of(event)
                .filter(ServerEvent.AudioDelta.class::isInstance)
                .map(ServerEvent.AudioDelta.class::cast)
                .flatMap(delta -> AudioFrameWriter.delta(delta, spelling))
                .orElseGet(() -> Json.bytes(out -> new ServerEventWriter(out, spelling).event(event)));
    }

    @Override
    public boolean has(ServerEvent event) {
        return spelling == Spelling.GA
                || switch (event) {
                    case ServerEvent.ItemDone ignored -> false;
                    case ServerEvent.IdleTimeoutTriggered ignored -> false;
                    case ServerEvent.DtmfReceived ignored -> false;
                    default -> true;
                };
    }

    /** A modelled type whose shape cannot be read is treated like a type that is not modelled. */
    private static <E> Optional<E> understood(Supplier<Optional<E>> reader) {
        try {
            return reader.get();
        } catch (UnreadableShape | IllegalArgumentException | ArithmeticException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
