package dev.antiphon.testkit.record;

import dev.antiphon.testkit.emulator.FrameObserver;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes every frame of every session to a file, one JSON object a line: {@code at_ms} since the recording began,
 * {@code session}, {@code from} ({@code client} or {@code server}), and the {@code event} (or {@code text}, if it was not
 * JSON). The file holds what callers said. Thread-safe.
 */
public final class SessionRecorder implements FrameObserver, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final BufferedWriter out;
    private final InstantSource clock;
    private final Instant begun;

    private SessionRecorder(BufferedWriter out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /**
     * Begins a file, or begins it anew.
     *
     * @param clock of the sessions
     * @throws UncheckedIOException when it cannot be written
     */
    public static SessionRecorder to(Path file, InstantSource clock) {
        try {
            return new SessionRecorder(Files.newBufferedWriter(file), clock);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("the recording cannot be written to " + file, unwritable);
        }
    }

    @Override
    public synchronized void frame(String sessionId, Direction direction, String json) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at_ms", Duration.between(begun, clock.instant()).toMillis());
        line.put("session", sessionId);
        line.put("from", direction == Direction.IN ? "client" : "server");
        try {
            line.set("event", JSON.readTree(json));
        } catch (JacksonException notJson) {
            line.put("text", json);
        }
        try {
            out.write(JSON.writeValueAsString(line));
            out.newLine();
            out.flush();
        } catch (IOException full) {
            throw new UncheckedIOException("the recording cannot be written", full);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException full) {
            throw new UncheckedIOException("the recording cannot be ended", full);
        }
    }
}
