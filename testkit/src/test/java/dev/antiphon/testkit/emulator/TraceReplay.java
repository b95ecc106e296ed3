package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The client's side of a trace, done again at an emulated session; its identifiers take the place of the trace's. */
final class TraceReplay {
    private static final String TRANSCRIPTION = "conversation.item.input_audio_transcription";

    private static final Set<String> CALLS = Set.of("function_call", "mcp_approval_request");

    private final List<JsonNode> trace;
    private final Client client;

    TraceReplay(List<JsonNode> trace, Client client) {
        this.trace = trace;
        this.client = client;
    }

    /** Whoever talks to the session. */
    interface Client {
        /** What it got so far. */
        List<JsonNode> events();

        void send(String json);

        void hear(short[] samples);

        /** Lets time pass as long as it must, or nothing is left to be done. */
        void runWhile(BooleanSupplier condition);

        void advance(Duration time);

        default List<String> types() {
            return events().stream()
                    .map(event -> event.path("type").asString(""))
                    .toList();
        }
    }

    void run() {
        for (int i = 0; i < trace.size(); i++) {
            if (trace.get(i).path("from").asString("").equals("client")) {
                reach(serverTypes(i));
                send(trace.get(i).path("event"), i);
            }
        }
        reach(serverTypes(trace.size()));
        client.runWhile(() -> true);
    }

    private void reach(List<String> types) {
        List<String> wanted = shape(types);
        client.runWhile(() -> shape(client.types()).size() < wanted.size());
        boolean idles = wanted.contains("input_audio_buffer.timeout_triggered");
        for (int i = 0; idles && i < 40 && shape(client.types()).size() < wanted.size(); i++) {
            client.advance(Duration.ofMillis(500));
        }
    }

    private void send(JsonNode event, int at) {
        if (!event.path("type").asString("").equals("input_audio_buffer.append")) {
            client.send(withOurIds(asAnswered(event, at).toString(), at));
            return;
        }
        String next = nextServerType(at);
        boolean quiet = next.endsWith("speech_stopped") || next.endsWith("timeout_triggered");
        client.hear(quiet ? Doubles.silence(500) : Doubles.tone(100, 8_000));
    }

    /** Some traces answer in text though nobody in them asked for text; then it is asked for. */
    private JsonNode asAnswered(JsonNode event, int at) {
        if (!event.path("type").asString("").equals("response.create")) {
            return event;
        }
        JsonNode answer = next("response.created", at).path("response");
        ObjectNode asked = ((ObjectNode) event).deepCopy();
        for (String field : List.of("output_modalities", "modalities")) {
            if (answer.path(field).toString().equals("[\"text\"]")) {
                asked.withObject("/response").set(field, answer.path(field));
            }
        }
        return asked;
    }

    private JsonNode next(String type, int at) {
        return trace.subList(at, trace.size()).stream()
                .map(line -> line.path("event"))
                .filter(event -> event.path("type").asString("").equals(type))
                .findFirst()
                .orElse(MissingNode.getInstance());
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
        List<String> ours = ids(client.events());
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

    /** The types that the server of the trace has sent in all. */
    List<String> serverTypes() {
        return serverTypes(trace.size());
    }

    private List<String> serverTypes(int before) {
        return trace.subList(0, before).stream()
                .filter(line -> line.path("from").asString("").equals("server") && line.has("event"))
                .map(line -> line.path("event").path("type").asString(""))
                .toList();
    }

    static Doubles.ScriptedBrain brain(List<JsonNode> trace) {
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
    static McpServers servers(List<JsonNode> trace) {
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
                        SharedProtocol.MAPPER.readTree(item.path("arguments").asString("{}"))));
            } else {
                JsonNode part = item.path("content").path(0);
                String said =
                        part.path("text").asString("") + part.path("transcript").asString("");
                outputs.add(new Brain.Output.Speak(whole ? said : said + " and a good deal more after that"));
            }
        }
        return outputs.toArray(Brain.Output[]::new);
    }

    static FaultScript faults(List<JsonNode> trace) {
        return trace.toString().contains("rate_limit_exceeded")
                ? FaultScript.of(Fault.FailResponse.rateLimited(1))
                : FaultScript.none();
    }

    /**
     * Runs of deltas count as one, also around an error: how many there are is not part of the order, and an error may come
     * anywhere among them. Transcription may come anywhere.
     */
    static List<String> shape(List<String> types) {
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
}
