package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The client's side of each trace, replayed against the emulator, must give the server's side of it. */
class TraceReplayTest {
    private static final Set<String> CALLS = Set.of("function_call", "mcp_approval_request");
    private static final String TRANSCRIPTION = "conversation.item.input_audio_transcription";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text-turn",
                "audio-turn-server-vad",
                "audio-turn-push-to-talk",
                "audio-turn-semantic-vad-with-transcription",
                "function-call-turn",
                "client-cancel",
                "barge-in-websocket",
                "errors-non-fatal",
                "out-of-band-response",
                "failed-rate-limit",
                "idle-timeout",
                "image-input",
                "mcp-approval"
            })
    void emitsTheSameOrderOfEventsAsTheTrace(String name) {
        Replay replay = new Replay("ga", SharedProtocol.trace("ga", name));
        replay.run();
        assertThat(shape(replay.call.types())).isEqualTo(shape(replay.serverTypes(replay.trace.size())));
        if (name.contains("transcription")) {
            assertThat(replay.call.types()).contains(TRANSCRIPTION + ".delta", TRANSCRIPTION + ".completed");
        }
    }

    /** Rate limits come where the service of the time sent them, which changed twice (protocol section 6). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text-turn",
                "audio-turn-server-vad",
                "audio-turn-push-to-talk",
                "audio-turn-semantic-vad-with-transcription",
                "function-call-turn",
                "client-cancel",
                "barge-in-websocket",
                "out-of-band-response",
                "failed-rate-limit"
            })
    void emitsTheSameOrderOfEventsInTheBetaDialect(String name) {
        Replay replay = new Replay("beta", SharedProtocol.trace("beta", name));
        replay.run();
        assertThat(withoutLimits(replay.call.types()))
                .isEqualTo(withoutLimits(replay.serverTypes(replay.trace.size())));
    }

    private static List<String> withoutLimits(List<String> types) {
        return shape(types.stream()
                .filter(type -> !type.equals("rate_limits.updated"))
                .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"session-expired"})
    void endsAsTheTraceEnds(String name) {
        Replay replay = new Replay("ga", SharedProtocol.trace("ga", name));
        replay.call.timeline.advance(Duration.ofMinutes(61));
        JsonNode close = replay.trace.getLast().path("close");
        assertThat(shape(replay.call.types())).isEqualTo(shape(replay.serverTypes(replay.trace.size())));
        assertThat(replay.call.ends)
                .containsExactly(
                        close.path("code").asInt(0) + " " + close.path("reason").asString(""));
    }

    /**
     * Runs of deltas count as one, also around an error: how many there are is not part of the order, and an error may come
     * anywhere among them. Transcription may come anywhere.
     */
    private static List<String> shape(List<String> types) {
        List<String> shape = new ArrayList<>();
        for (String type : types) {
            String name = type.endsWith(".delta") ? "deltas" : type;
            boolean repeated = name.equals("deltas") && amongDeltas(shape);
            if (!repeated && !type.startsWith(TRANSCRIPTION)) {
                shape.add(name);
            }
        }
        return shape;
    }

    private static boolean amongDeltas(List<String> shape) {
        int last = shape.size() - 1;
        int at = last >= 0 && shape.get(last).equals("error") ? last - 1 : last;
        return at >= 0 && shape.get(at).equals("deltas");
    }

    private static final class Replay {
        private final List<JsonNode> trace;
        private final VirtualCall call;

        Replay(String dialect, List<JsonNode> trace) {
            this.trace = trace;
            this.call = dialect.equals("beta")
                    ? VirtualCall.openBeta(brain(trace), faults(trace))
                    : VirtualCall.open(brain(trace), settings -> settings.withMcp(servers(trace)), faults(trace));
        }

        void run() {
            for (int i = 0; i < trace.size(); i++) {
                if (trace.get(i).path("from").asString("").equals("client")) {
                    reach(serverTypes(i));
                    send(trace.get(i).path("event"), i);
                }
            }
            reach(serverTypes(trace.size()));
            call.run();
        }

        private void reach(List<String> types) {
            List<String> wanted = shape(types);
            call.timeline.runWhile(() -> shape(call.types()).size() < wanted.size());
            boolean idles = wanted.contains("input_audio_buffer.timeout_triggered");
            for (int i = 0; idles && i < 40 && shape(call.types()).size() < wanted.size(); i++) {
                call.timeline.advance(Duration.ofMillis(500));
            }
        }

        private void send(JsonNode event, int at) {
            if (!event.path("type").asString("").equals("input_audio_buffer.append")) {
                call.sendExactly(withOurIds(event.toString(), at));
                return;
            }
            String next = nextServerType(at);
            boolean quiet = next.endsWith("speech_stopped") || next.endsWith("timeout_triggered");
            call.hear(quiet ? Doubles.silence(500) : Doubles.tone(100, 8_000));
        }

        private String nextServerType(int at) {
            for (int i = at; i < trace.size(); i++) {
                if (trace.get(i).path("from").asString("").equals("server")) {
                    return trace.get(i).path("event").path("type").asString("");
                }
            }
            return "";
        }

        private String withOurIds(String json, int at) {
            List<String> theirs = ids(trace.subList(0, at).stream()
                    .filter(line -> line.path("from").asString("").equals("server"))
                    .map(line -> line.path("event"))
                    .toList());
            List<String> ours = ids(call.events);
            String translated = json;
            for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
                translated = translated.replace("\"" + theirs.get(i) + "\"", "\"" + ours.get(i) + "\"");
            }
            return translated;
        }

        /** Identifiers in the order in which they first appear. */
        private static List<String> ids(List<JsonNode> events) {
            List<String> ids = new ArrayList<>();
            for (JsonNode event : events) {
                for (JsonNode id : List.of(
                        event.path("response").path("id"),
                        event.path("item").path("id"),
                        event.path("item").path("call_id"),
                        event.path("item_id"))) {
                    if (id.isString() && !ids.contains(id.stringValue())) {
                        ids.add(id.stringValue());
                    }
                }
            }
            return ids;
        }

        List<String> serverTypes(int before) {
            return trace.subList(0, before).stream()
                    .filter(line -> line.path("from").asString("").equals("server") && line.has("event"))
                    .map(line -> line.path("event").path("type").asString(""))
                    .toList();
        }

        private static Doubles.ScriptedBrain brain(List<JsonNode> trace) {
            Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();
            for (JsonNode line : trace) {
                JsonNode response = line.path("event").path("response");
                if (line.path("event").path("type").asString("").equals("response.done")
                        && !response.path("status").asString("").equals("failed")
                        && !runsWhatWasApproved(response)) {
                    brain.then(outputs(response));
                }
            }
            return brain;
        }

        private static boolean runsWhatWasApproved(JsonNode response) {
            return response.at("/output/0/approval_request_id").isString();
        }

        /** The servers whose tools the trace lists, with the result that it shows. */
        private static McpServers servers(List<JsonNode> trace) {
            Map<String, McpServer> servers = new HashMap<>();
            for (JsonNode line : trace) {
                JsonNode item = line.path("event").path("item");
                if (item.path("type").asString("").equals("mcp_list_tools")
                        && !item.path("tools").isEmpty()) {
                    JsonNode tool = item.at("/tools/0");
                    servers.put(
                            item.path("server_label").asString(""),
                            McpServer.of(McpServer.Tool.of(
                                    tool.path("name").asString(""),
                                    tool.path("description").asString(""),
                                    tool.path("input_schema"),
                                    arguments -> new McpServer.Result.Answered("VAD finds speech."))));
                }
            }
            return McpServers.of(servers);
        }

        private static Brain.Output[] outputs(JsonNode response) {
            boolean whole = response.path("status").asString("").equals("completed");
            List<Brain.Output> outputs = new ArrayList<>();
            for (JsonNode item : response.path("output")) {
                if (CALLS.contains(item.path("type").asString(""))) {
                    outputs.add(new Brain.Output.CallTool(
                            item.path("name").asString(""),
                            SharedProtocol.MAPPER.readTree(
                                    item.path("arguments").asString("{}"))));
                } else {
                    JsonNode part = item.path("content").path(0);
                    String said = part.path("text").asString("")
                            + part.path("transcript").asString("");
                    outputs.add(new Brain.Output.Speak(whole ? said : said + " and a good deal more after that"));
                }
            }
            return outputs.toArray(Brain.Output[]::new);
        }

        private static FaultScript faults(List<JsonNode> trace) {
            return trace.toString().contains("rate_limit_exceeded")
                    ? FaultScript.of(Fault.FailResponse.rateLimited(1))
                    : FaultScript.none();
        }
    }
}
