package dev.antiphon.testkit.brain;

import dev.antiphon.testkit.emulator.Brain.Output;
import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Maps what a caller does to the tools that a dialog flow generates: {@code fill_slots}, {@code confirm}, {@code choose},
 * {@code more_alternatives}, {@code ask} and {@code control}; of a service {@code start_task} too. A tool that the session does
 * not offer is never called.
 */
final class ConventionPlanner {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    static final String FILL = "fill_slots";
    static final String CONFIRM = "confirm";
    static final String CHOOSE = "choose";
    static final String MORE = "more_alternatives";
    static final String ASK = "ask";
    static final String CONTROL = "control";
    static final String START = "start_task";
    private static final String FLOW = "flow";
    private static final String ANOTHER = "another";
    private static final Set<String> NAMES = Set.of(FILL, CONFIRM, CHOOSE, MORE, ASK, CONTROL, START);

    private final List<ToolSpec> tools;
    private final Scene scene;
    private final LocalDate today;
    private final TaskChoice tasks;

    ConventionPlanner(List<ToolSpec> tools, Scene scene, LocalDate today) {
        this.tools = tools;
        this.scene = scene;
        this.today = today;
        this.tasks = new TaskChoice(tools, scene);
    }

    /** Whether these tools are those of a flow. */
    static boolean appliesTo(List<ToolSpec> tools) {
        return offers(tools, FILL) || offers(tools, ASK) && offers(tools, CONTROL);
    }

    /** Whether a flow generated this tool. */
    static boolean owns(ToolSpec tool) {
        return NAMES.contains(tool.name());
    }

    /** The properties of {@code fill_slots}. */
    static List<Property> slots(List<ToolSpec> tools) {
        return tools.stream()
                .filter(tool -> tool.name().equals(FILL))
                .findFirst()
                .map(tool -> Property.of(tool.parameters()))
                .orElse(List.of())
                .stream()
                .filter(property -> !namesFlow(property, tools))
                .toList();
    }

    /** Where there are several flows, a property names the one that values are for; tasks are named after their flow there. */
    private static boolean namesFlow(Property property, List<ToolSpec> tools) {
        return property.name().equals(FLOW)
                && tools.stream()
                        .filter(tool -> tool.name().equals(START))
                        .flatMap(tool -> Property.of(tool.parameters()).stream())
                        .flatMap(task -> task.values().stream())
                        .anyMatch(task -> property.values().stream().anyMatch(flow -> task.startsWith(flow + ".")));
    }

    /**
     * The tool calls for what was understood; empty when none fits.
     *
     * @param aside what answers a question beside the flow, where something does
     */
    List<Output> plan(Understanding understood, Function<String, Optional<Output>> aside) {
        Optional<String> alsoCancelled = tasks.alsoCancelled(understood);
        if (alsoCancelled.isPresent()) {
            boolean another = tasks.wantsOneMore() || alsoCancelled.equals(tasks.begun());
            return confirmedAnd(alsoCancelled.get(), another, understood.values());
        }
        Optional<String> oneMore = tasks.oneMore(understood);
        if (oneMore.isPresent()) {
            return confirmedAnd(oneMore.get(), true, understood.values());
        }
        Optional<String> besides = tasks.anotherMeanwhile(understood);
        if (besides.isPresent()) {
            return beginAnother(besides.get(), understood.values());
        }
        Optional<String> other = tasks.wantedOfOtherFlow();
        if (other.isPresent()) {
            return begin(other.get(), tasks.ofFlow(other.get(), understood.values()));
        }
        Optional<String> task = tasks.wanted(understood);
        if (task.isPresent()) {
            return begin(task.get(), understood.values());
        }
        Optional<String> finder = understood.values().isEmpty() ? tasks.finder() : Optional.empty();
        if (finder.isPresent()) {
            return begin(finder.get(), Map.of());
        }
        if (understood.values().isEmpty() && tasks.doesNotMind()) {
            return control(Act.Control.SKIP, scene.callerWords());
        }
        if (understood.has(Act.CancelOther.class)) {
            return control(Act.Control.CANCEL, scene.callerWords());
        }
        for (Act act : understood.acts()) {
            if (act instanceof Act.Order order && order.control() != Act.Control.CHITCHAT) {
                return control(order.control(), order.detail());
            }
        }
        List<Output> calls = new ArrayList<>(main(understood));
        for (Act act : understood.acts()) {
            if (act instanceof Act.Ask ask) {
                aside.apply(ask.question()).or(() -> asking(ask.question())).ifPresent(calls::add);
            }
        }
        if (calls.isEmpty() && understood.has(Act.Order.class)) {
            return control(Act.Control.CHITCHAT, scene.callerWords());
        }
        return calls;
    }

    private Optional<Output> asking(String question) {
        return offered(ASK)
                ? Optional.of(new Output.CallTool(ASK, JSON.objectNode().put("question", question)))
                : Optional.empty();
    }

    private List<Output> confirmedAnd(String task, boolean another, Map<String, JsonNode> values) {
        List<Output> calls = new ArrayList<>();
        calls.add(confirm("yes"));
        ObjectNode begun = JSON.objectNode().put("task", task);
        calls.add(new Output.CallTool(START, another ? begun.put(ANOTHER, true) : begun));
        if (!values.isEmpty() && offered(FILL)) {
            calls.add(fill(values));
        }
        return calls;
    }

    /**
     * The calls for a further wish of the utterance whose words before it led to these calls. Where no task can be begun, the wish is
     * put as a question, so that it is not lost without a word.
     */
    List<Output> further(Understanding understood, List<Output> before) {
        Optional<String> last = before.stream()
                .filter(Output.CallTool.class::isInstance)
                .map(Output.CallTool.class::cast)
                .filter(call -> call.name().equals(START))
                .map(call -> call.arguments().path("task").asString(""))
                .reduce((first, second) -> second)
                .or(tasks::begun);
        Optional<String> task = offered(START) ? tasks.further(last, understood.values()) : Optional.empty();
        return task.map(each -> last.equals(task)
                        ? beginAnother(each, understood.values())
                        : begin(each, tasks.ofFlow(each, understood.values())))
                .orElseGet(() -> asking(scene.callerWords()).stream().toList());
    }

    /** Of several wishes the first begins its task too, where none was begun: the values alone would belong to the latest. */
    List<Output> beginning(List<Output> calls, Understanding further) {
        boolean fills = calls.stream().anyMatch(call -> isOf(call, FILL));
        if (!fills
                || calls.stream().anyMatch(call -> isOf(call, START))
                || tasks.begun().isPresent()) {
            return calls;
        }
        List<Output> all = new ArrayList<>();
        tasks.firstOfSeveral(further.values())
                .filter(task -> offered(START))
                .ifPresent(task -> all.addAll(begin(task, Map.of())));
        all.addAll(calls);
        return all;
    }

    private static boolean isOf(Output output, String tool) {
        return output instanceof Output.CallTool call && call.name().equals(tool);
    }

    private List<Output> begin(String task, Map<String, JsonNode> values) {
        return begun(JSON.objectNode().put("task", task), values);
    }

    private List<Output> beginAnother(String task, Map<String, JsonNode> values) {
        return begun(JSON.objectNode().put("task", task).put(ANOTHER, true), values);
    }

    private List<Output> begun(ObjectNode arguments, Map<String, JsonNode> values) {
        List<Output> calls = new ArrayList<>();
        calls.add(new Output.CallTool(START, arguments));
        if (!values.isEmpty() && offered(FILL)) {
            calls.add(fill(values));
        }
        return calls;
    }

    /** The caller's words could not be understood. */
    List<Output> unclear() {
        return control(Act.Control.UNCLEAR, scene.callerWords());
    }

    /** The caller said nothing that the flow needs. */
    List<Output> chitchat() {
        return control(Act.Control.CHITCHAT, scene.callerWords());
    }

    private List<Output> main(Understanding understood) {
        for (Act act : understood.acts()) {
            if (act instanceof Act.Select pick) {
                return select(pick.option(), understood.values());
            }
        }
        Map<String, JsonNode> news = news(understood);
        if (!news.isEmpty() && offered(FILL)) {
            return fillOrChoose(news);
        }
        if (understood.has(Act.WantOther.class)) {
            return offered(MORE)
                    ? List.of(new Output.CallTool(MORE, JSON.objectNode()))
                    : control(Act.Control.CHITCHAT, scene.callerWords());
        }
        if (understood.has(Act.Negate.class)) {
            return negated(understood);
        }
        return understood.has(Act.Affirm.class) ? affirmed(understood) : List.of();
    }

    /** Repeating a known value beside a yes adds nothing: "yes, Tuesday at three is fine". */
    private Map<String, JsonNode> news(Understanding understood) {
        Map<String, JsonNode> values = understood.values();
        if (!understood.has(Act.Affirm.class) || !scene.confirmationOpen()) {
            return values;
        }
        Map<String, JsonNode> news = new LinkedHashMap<>(values);
        news.entrySet().removeIf(value -> value.getValue().equals(scene.known().get(value.getKey())));
        return news;
    }

    private List<Output> fillOrChoose(Map<String, JsonNode> values) {
        OptionalInt named = scene.offer().naming(values.values(), today);
        return named.isPresent() && values.size() == 1 && offered(CHOOSE)
                ? List.of(choose(named.getAsInt()))
                : List.of(fill(values));
    }

    private List<Output> select(int option, Map<String, JsonNode> values) {
        List<Output> calls = new ArrayList<>();
        if (offered(CHOOSE)) {
            calls.add(choose(option));
        }
        if (!values.isEmpty() && offered(FILL)) {
            calls.add(fill(values));
        }
        return calls;
    }

    private List<Output> affirmed(Understanding understood) {
        if (scene.offer().options().size() == 1 && offered(CHOOSE)) {
            return List.of(choose(1));
        }
        return answered("yes", understood);
    }

    private List<Output> negated(Understanding understood) {
        if (scene.offer().open() && offered(MORE)) {
            return List.of(new Output.CallTool(MORE, JSON.objectNode()));
        }
        boolean leaves = !scene.confirmationOpen() && Phrases.closingOffer(scene.agentWords());
        if (leaves && !understood.has(Act.Ask.class)) {
            return control(Act.Control.GOODBYE, scene.callerWords());
        }
        return answered("no", understood);
    }

    /** Without an open confirmation the flow decides what a yes or no means; beside a question it means nothing. */
    private List<Output> answered(String answer, Understanding understood) {
        if (offered(CONFIRM) && (scene.confirmationOpen() || !understood.has(Act.Ask.class))) {
            return List.of(confirm(answer));
        }
        return understood.has(Act.Ask.class) ? List.of() : control(Act.Control.CHITCHAT, scene.callerWords());
    }

    private Output confirm(String answer) {
        ObjectNode arguments = JSON.objectNode().put("answer", answer);
        arguments.put(
                "revision", scene.confirmationOpen() ? scene.confirmRevision().orElse(0) : 0);
        return new Output.CallTool(CONFIRM, arguments);
    }

    private static Output choose(int option) {
        return new Output.CallTool(CHOOSE, JSON.objectNode().put("option", option));
    }

    private static Output fill(Map<String, JsonNode> values) {
        ObjectNode arguments = JSON.objectNode();
        values.forEach(arguments::set);
        return new Output.CallTool(FILL, arguments);
    }

    private List<Output> control(Act.Control control, String detail) {
        if (!offered(CONTROL)) {
            return List.of();
        }
        ObjectNode arguments = JSON.objectNode().put("action", control.wireName());
        if (!detail.isBlank()) {
            arguments.put("detail", detail);
        }
        return List.of(new Output.CallTool(CONTROL, arguments));
    }

    private boolean offered(String name) {
        return offers(tools, name);
    }

    static boolean offers(List<ToolSpec> tools, String name) {
        return tools.stream().anyMatch(tool -> tool.name().equals(name));
    }
}
