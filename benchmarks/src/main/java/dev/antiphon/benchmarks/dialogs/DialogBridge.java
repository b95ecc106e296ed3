package dev.antiphon.benchmarks.dialogs;

import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.DialogMachine;
import dev.antiphon.flow.DialogMachine.Addressed;
import dev.antiphon.flow.DialogMachine.Transition;
import dev.antiphon.flow.DialogState;
import dev.antiphon.flow.DialogueAct;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowEffect;
import dev.antiphon.flow.FlowEvent;
import dev.antiphon.flow.FlowState;
import dev.antiphon.flow.Item;
import dev.antiphon.session.ToolOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speaks the JSON lines of the bench's {@code scripts/bridge.py}: schemas become flows, the callers' annotated acts go to the
 * {@link DialogMachine}, and what the agent is given to say goes back as acts. For one reader and writer; not thread-safe.
 */
final class DialogBridge {
    private static final ZonedDateTime NOW = ZonedDateTime.of(2019, 3, 1, 12, 0, 0, 0, ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final BufferedReader in;
    private final PrintWriter out;
    private Optional<Dialog> dialog = Optional.empty();
    private Optional<DialogMachine> machine = Optional.empty();
    private DialogState state = DialogState.INITIAL;
    private String said = "";

    DialogBridge(BufferedReader in, PrintWriter out) {
        this.in = in;
        this.out = out;
    }

    /** Answers until the input ends. */
    void run() {
        for (Optional<JsonNode> line = read(); line.isPresent(); line = read()) {
            JsonNode message = line.get();
            switch (message.path("op").asString("")) {
                case "schema" -> schema(message.path("schema"));
                case "start" -> {
                    state = DialogState.INITIAL;
                    said = "";
                }
                case "turn" -> send(NODES.objectNode().set("acts", turn(message.path("user"))));
                default ->
                    throw new IllegalArgumentException("op must be schema, start or turn, but the line was " + message);
            }
        }
    }

    private void schema(JsonNode services) {
        List<Flow<?>> flows = new ArrayList<>();
        services.forEach(service -> flows.add(SchemaFlows.flow(ServiceSchema.read(service), this::call)));
        Dialog all = new Dialog("services", "Help with many services", "Hello!", "", flows);
        dialog = Optional.of(all);
        machine = Optional.of(new DialogMachine(all));
    }

    private ArrayNode turn(JsonNode frames) {
        DialogMachine engine = machine.orElseThrow(() -> new IllegalStateException("a schema must come first"));
        // What the agent was given to say has been said to its end before the caller speaks.
        state = engine.step(state, new FlowEvent.AgentSpoke(said, true)).next();
        said = "";
        List<Addressed> acts = new ArrayList<>();
        frames.forEach(frame -> acts.addAll(acts(frame)));
        Transition step = engine.callerTurn(state, "turn", acts, NOW);
        ArrayNode answer = NODES.arrayNode();
        take(engine, step, answer);
        return answer;
    }

    private void take(DialogMachine engine, Transition step, ArrayNode answer) {
        state = step.next();
        step.acts().forEach(act -> ActsJson.write(act, answer));
        for (FlowEffect effect : step.effects()) {
            switch (effect) {
                case FlowEffect.Answer reply -> said += reply.reply().say() + " ";
                case FlowEffect.Say say -> said += say.speech().text() + " ";
                case FlowEffect.Run run ->
                    take(engine, engine.step(state, new FlowEvent.EffectSettled(run.effectId(), outcome(run))), answer);
                case FlowEffect.Fault fault ->
                    throw new IllegalStateException("the flow's " + fault.where() + " threw", fault.cause());
                case FlowEffect.Report ignored -> {}
                case FlowEffect.Escalate ignored -> {}
                case FlowEffect.End ignored -> {}
            }
        }
    }

    private static ToolOutcome outcome(FlowEffect.Run run) {
        try {
            return new ToolOutcome.Ok(run.work().call());
        } catch (Exception e) {
            throw new IllegalStateException("the work of " + run.effectId() + " failed", e);
        }
    }

    // What the caller means.

    private List<Addressed> acts(JsonNode frame) {
        String service = frame.path("service").asString();
        FlowState flow = state.flows().getOrDefault(service, FlowState.initial());
        int revision = flow.confirmation().map(FlowState.Confirmation::revision).orElse(0);
        List<Addressed> acts = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        values.putAll(texts(frame.path("carry")));
        for (JsonNode act : frame.path("acts")) {
            String slot = act.path(1).asString("");
            String value = act.path(2).path(0).asString("");
            switch (act.path(0).asString()) {
                case "INFORM" -> values.put(slot, value);
                case "INFORM_INTENT" -> acts.add(new Addressed(service, new DialogueAct.Start(value)));
                case "AFFIRM_INTENT" ->
                    acts.add(new Addressed(
                            service,
                            frame.hasNonNull("accepted_intent")
                                    ? new DialogueAct.Start(
                                            frame.path("accepted_intent").asString())
                                    : new DialogueAct.Affirm(revision)));
                case "NEGATE_INTENT" ->
                    acts.add(new Addressed(
                            service,
                            flow.confirmation().isPresent()
                                    ? new DialogueAct.Negate(revision)
                                    : new DialogueAct.ChitChat()));
                case "AFFIRM" -> acts.add(new Addressed(service, new DialogueAct.Affirm(revision)));
                case "NEGATE" -> acts.add(new Addressed(service, new DialogueAct.Negate(revision)));
                case "SELECT" -> acts.add(new Addressed(service, new DialogueAct.Select(option(flow, slot, value))));
                case "REQUEST_ALTS" -> acts.add(new Addressed(service, new DialogueAct.RequestAlternatives()));
                case "REQUEST" -> acts.add(new Addressed(service, new DialogueAct.AskAbout(slot, "")));
                case "THANK_YOU" -> acts.add(new Addressed(service, new DialogueAct.Thanks()));
                case "GOODBYE" -> acts.add(new Addressed(service, new DialogueAct.Goodbye()));
                default -> throw new IllegalArgumentException("unknown act " + act);
            }
        }
        values.putAll(texts(frame.path("accept")));
        if (!values.isEmpty()) {
            acts.add(new Addressed(service, new DialogueAct.Inform(values)));
        }
        return acts;
    }

    /** Which of the offered items has this value; the first when none is named. */
    private static int option(FlowState flow, String slot, String value) {
        List<Item> offer = flow.agenda().findings().map(found -> found.offer()).orElse(List.of());
        for (int i = 0; i < offer.size(); i++) {
            if (value.equals(offer.get(i).values().get(slot))) {
                return i + 1;
            }
        }
        return 1;
    }

    // What the services answer.

    private SchemaFlows.Answer call(String service, String intent, Map<String, String> values) {
        ObjectNode call = NODES.objectNode();
        ObjectNode body = call.putObject("call").put("service", service).put("method", intent);
        ObjectNode parameters = body.putObject("parameters");
        values.forEach(parameters::put);
        send(call);
        JsonNode result = read().orElseThrow(() -> new IllegalStateException("the input ended before a result"));
        return new SchemaFlows.Answer(
                result.path("results")
                        .valueStream()
                        .map(item -> new Item(texts(item)))
                        .toList(),
                result.path("status").asString());
    }

    private static Map<String, String> texts(JsonNode object) {
        return object.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        property -> property.getValue().asString(),
                        (first, last) -> last,
                        LinkedHashMap::new));
    }

    private Optional<JsonNode> read() {
        try {
            String line = in.readLine();
            return Optional.ofNullable(line).map(JSON::readTree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(JsonNode message) {
        out.println(JSON.writeValueAsString(message));
        out.flush();
    }
}
