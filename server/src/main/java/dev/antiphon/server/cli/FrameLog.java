package dev.antiphon.server.cli;

import dev.antiphon.testkit.emulator.FrameObserver;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A readable log of Realtime frames: one line per event, runs of audio and text pieces as one line with their number.
 * Thread-safe.
 */
final class FrameLog implements FrameObserver {
    private static final int MAX_DETAIL = 200;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final PrintWriter out;
    private final Ink ink;
    private final InstantSource clock;
    private final JsonMapper json = new JsonMapper();
    private final Map<String, Run> runs = new HashMap<>();

    FrameLog(PrintWriter out, Ink ink, InstantSource clock) {
        this.out = out;
        this.ink = ink;
        this.clock = clock;
    }

    /** Pieces of one type in one direction of one session, not printed yet. */
    private record Run(Direction direction, String type, int frames) {
        boolean continues(Run other) {
            return type.equals(other.type) && direction == other.direction;
        }

        Run andOneMore() {
            return new Run(direction, type, frames + 1);
        }
    }

    @Override
    public synchronized void frame(String sessionId, Direction direction, String frame) {
        String type = typeOf(frame);
        Optional<Run> run = Optional.ofNullable(runs.get(sessionId));
        if (isPiece(type)) {
            Run first = new Run(direction, type, 1);
            Optional<Run> same = run.filter(first::continues);
            if (same.isEmpty()) {
                run.ifPresent(ended -> print(sessionId, ended));
            }
            runs.put(sessionId, same.map(Run::andOneMore).orElse(first));
        } else {
            run.ifPresent(ended -> print(sessionId, ended));
            runs.remove(sessionId);
            line(sessionId, direction, type, detailOf(frame));
        }
    }

    private void print(String sessionId, Run run) {
        line(sessionId, run.direction(), run.type(), "x " + run.frames());
    }

    private void line(String sessionId, Direction direction, String type, String detail) {
        String time = TIME.format(LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()));
        String arrow = switch (direction) {
            case IN -> ink.cyan("->");
            case OUT -> ink.green("<-");
        };
        String name = type.equals("error") ? ink.red(type) : ink.bold(type);
        out.println(ink.dim(time + " " + sessionId) + " " + arrow + " " + name + " " + ink.dim(detail));
        out.flush();
    }

    private static boolean isPiece(String type) {
        return type.endsWith(".delta") || type.equals("input_audio_buffer.append");
    }

    /** Audio frames are not parsed: the type stands near their beginning or end. */
    private static String typeOf(String frame) {
        int key = frame.indexOf("\"type\"");
        int open = key < 0 ? -1 : frame.indexOf('"', frame.indexOf(':', key) + 1);
        int close = open < 0 ? -1 : frame.indexOf('"', open + 1);
        return close < 0 ? "(no type)" : frame.substring(open + 1, close);
    }

    private String detailOf(String frame) {
        try {
            JsonNode event = json.readTree(frame);
            if (event instanceof ObjectNode object) {
                object.remove("type");
                object.remove("event_id");
            }
            String text = event.toString();
            return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL) + " …";
        } catch (JacksonException malformed) {
            return "(not JSON)";
        }
    }
}
