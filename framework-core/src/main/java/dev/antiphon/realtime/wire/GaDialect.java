package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/** The dialect of OpenAI since general availability (protocol sections 4 to 9). */
enum GaDialect implements Dialect {
    INSTANCE;

    @Override
    public ServerEvent decodeServer(ByteBuffer utf8) {
        Utf8Frame frame = Utf8Frame.of(utf8);
        return AudioFrameReader.delta(frame).orElseGet(() -> {
            JsonNode root = frame.event();
            Fields event = Fields.of(root);
            return read(event, ServerEventReader::read)
                    .orElseGet(() ->
                            new ServerEvent.Unknown(event.textOr("event_id", ""), event.text("type"), frame.raw()));
        });
    }

    @Override
    public ClientEvent decodeClient(ByteBuffer utf8) {
        Utf8Frame frame = Utf8Frame.of(utf8);
        return AudioFrameReader.append(frame).orElseGet(() -> {
            JsonNode root = frame.event();
            Fields event = Fields.of(root);
            return read(event, ClientEventReader::read)
                    .orElseGet(() ->
                            new ClientEvent.Unknown(event.optionalText("event_id"), event.text("type"), frame.raw()));
        });
    }

    @Override
    public ByteBuffer encode(ClientEvent event) {
        return Optional.of(event)
                .filter(ClientEvent.AudioAppend.class::isInstance)
                .map(ClientEvent.AudioAppend.class::cast)
                .flatMap(AudioFrameWriter::append)
                .orElseGet(() -> Json.bytes(out -> ClientEventWriter.write(out, event)));
    }

    @Override
    public ByteBuffer encode(ServerEvent event) {
        return Optional.of(event)
                .filter(ServerEvent.AudioDelta.class::isInstance)
                .map(ServerEvent.AudioDelta.class::cast)
                .flatMap(AudioFrameWriter::delta)
                .orElseGet(() -> Json.bytes(out -> ServerEventWriter.write(out, event)));
    }

    /** A modelled type whose shape cannot be read is treated like a type that is not modelled. */
    private static <E> Optional<E> read(Fields event, BiFunction<String, Fields, Optional<E>> reader) {
        try {
            return reader.apply(event.text("type"), event);
        } catch (UnreadableShape | IllegalArgumentException | ArithmeticException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
