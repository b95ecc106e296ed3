package dev.antiphon.server.cli;

import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows a tried flow to programs: one JSON object a line. */
record TryJson(PrintWriter out) implements TryPrinter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public void prompt() {}

    @Override
    public void command(String line) {}

    @Override
    public void turn(TypedTurn turn) {
        ObjectNode node = node("turn").put("caller", turn.caller());
        ArrayNode said = node.putArray("agent");
        turn.said().forEach(said::add);
        ArrayNode calls = node.putArray("calls");
        turn.calls().forEach(call -> calls.add(call(call)));
        ArrayNode effects = node.putArray("effects");
        turn.effects()
                .forEach(effect -> effects.addObject()
                        .put("name", effect.name())
                        .put("outcome", effect.outcome())
                        .put("detail", effect.detail()));
        ArrayNode struggles = node.putArray("struggles");
        turn.struggles()
                .forEach(struggle -> struggles
                        .addObject()
                        .put("signal", struggle.signal().name().toLowerCase(Locale.ROOT))
                        .put("detail", struggle.detail()));
        ArrayNode escalations = node.putArray("escalations");
        turn.escalations().forEach(escalations::add);
        putState(node, turn.view());
        turn.outcome().ifPresent(outcome -> {
            node.put("outcome", outcome.name()).put("reason", outcome.reason());
        });
        print(node);
    }

    @Override
    public void state(Conversation.View view) {
        ObjectNode node = node("state");
        putState(node, view);
        print(node);
    }

    @Override
    public void why(Optional<TypedTurn.Call> call) {
        ObjectNode node = node("why");
        call.ifPresent(made -> node.set("call", call(made)));
        print(node);
    }

    @Override
    public void undone(String line, Conversation.View view) {
        ObjectNode node = node("undone").put("caller", line);
        putState(node, view);
        print(node);
    }

    @Override
    public void problem(String words) {
        print(node("problem").put("message", words));
    }

    @Override
    public void end(Optional<Outcome> outcome) {}

    private static void putState(ObjectNode node, Conversation.View view) {
        ObjectNode state = node.putObject("state").put("step", view.step());
        ObjectNode slots = state.putObject("slots");
        view.slots().forEach(slots::put);
        view.openQuestion().ifPresent(question -> state.put("open_question", question));
    }

    private static ObjectNode call(TypedTurn.Call call) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("tool", call.tool());
        node.set("arguments", JSON.readTree(call.argumentsJson()));
        if (!call.answerJson().isEmpty()) {
            node.set("answer", answer(call.answerJson()));
        }
        return node;
    }

    /** A tool of the pool may answer with plain text. */
    private static JsonNode answer(String text) {
        return text.startsWith("{") ? JSON.readTree(text) : JsonNodeFactory.instance.stringNode(text);
    }

    private static ObjectNode node(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind);
    }

    private void print(ObjectNode node) {
        out.println(node);
        out.flush();
    }
}
