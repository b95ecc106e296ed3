package dev.antiphon.benchmarks.dialogs;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.Item;
import dev.antiphon.flow.SystemAct;
import dev.antiphon.server.Bot;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.bed.TestCall;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replays one annotated dialogue over the wire, in virtual time: a caller types the annotated turns, the emulated model makes tool
 * calls of them, session and flow do the rest; the tools answer what the annotation says. Not thread-safe.
 */
final class WireReplay {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode dialogue;
    private final List<Flow<?>> flows = new ArrayList<>();
    private final Map<String, JsonNode> answersElsewhere = new HashMap<>();
    private ArrayNode acts = NODES.arrayNode();
    private ArrayNode calls = NODES.arrayNode();
    private Optional<JsonNode> annotated = Optional.empty();

    WireReplay(JsonNode dialogue, Map<String, ServiceSchema> schemas) {
        this.dialogue = dialogue;
        for (JsonNode service : dialogue.path("services")) {
            ServiceSchema schema = Optional.ofNullable(schemas.get(service.asString()))
                    .orElseThrow(() -> new IllegalArgumentException("there is no schema of service " + service));
            flows.add(SchemaFlows.flow(schema, this::answer));
        }
        for (JsonNode turn : dialogue.path("turns")) {
            JsonNode system = turn.path("sys");
            JsonNode call = system.path("call");
            if (call.isObject()) {
                answersElsewhere.putIfAbsent(
                        key(
                                system.path("service").asString(),
                                call.path("method").asString(),
                                texts(call.path("parameters"))),
                        system);
            }
        }
    }

    /** The acts and calls of each turn, as {@code score.py --pred} reads them. */
    JsonNode run() {
        ObjectNode prediction = NODES.objectNode();
        prediction.set("id", dialogue.path("id"));
        ArrayNode turns = prediction.putArray("turns");
        BedSettings settings =
                BedSettings.defaults().withEmulator(emulator -> emulator.withBrain(new AnnotatedBrain()));
        try (TestBed bed = TestBed.inVirtualTime(settings, this::agent)) {
            TestCall call = bed.call();
            for (JsonNode turn : dialogue.path("turns")) {
                acts = NODES.arrayNode();
                calls = NODES.arrayNode();
                annotated = Optional.of(turn.path("sys"));
                call.says(JSON.writeValueAsString(turn.path("user")));
                turns.addObject().set("acts", acts).set("calls", calls);
            }
            call.hangsUp();
        }
        return prediction;
    }

    private WebSocketEndpoint agent(Agent.Surroundings around) {
        Dialog dialog = new Dialog("services", "Help with many services", "Hello!", "You help.", flows);
        ToolPoolSettings tools = ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools()));
        Bot bot = Bot.of(
                        "services",
                        "Helps with many services.",
                        () -> FlowConversation.start(dialog, around.clock(), ZoneOffset.UTC, "replay")
                                .observedBy((flow, before, event, step) ->
                                        step.acts().forEach(this::told)))
                .withTools(system -> ToolDispatcher.start(system, List.of(), tools));
        return BotEndpoint.in(around, bot);
    }

    private void told(SystemAct act) {
        ActsJson.write(act, acts);
    }

    /** This turn's annotated answer when its service and intent were called, else that of an equal call elsewhere. */
    private SchemaFlows.Answer answer(String service, String intent, Map<String, String> values) {
        ObjectNode call = calls.addObject().put("service", service).put("method", intent);
        ObjectNode parameters = call.putObject("parameters");
        values.forEach(parameters::put);
        JsonNode system = annotated
                .filter(turn -> turn.path("service").asString().equals(service)
                        && turn.path("call").path("method").asString("").equals(intent))
                .or(() -> Optional.ofNullable(answersElsewhere.get(key(service, intent, values))))
                .orElseGet(NODES::missingNode);
        return new SchemaFlows.Answer(
                system.path("results")
                        .valueStream()
                        .map(item -> new Item(texts(item)))
                        .toList(),
                system.path("status").asString("failed"));
    }

    private static String key(String service, String intent, Map<String, String> values) {
        return service + "." + intent + new TreeMap<>(values);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asString()));
        return texts;
    }
}
