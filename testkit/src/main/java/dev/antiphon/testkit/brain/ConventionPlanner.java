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
import java.util.regex.Pattern;
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
    private static final Pattern AWAITS_A_WISH =
            Pattern.compile("\\b(?:what can i|how (?:can|may) i)\\b[^?]*\\?$", Pattern.CASE_INSENSITIVE);
    private static final String ANOTHER = "another";
    private static final Pattern ONE_MORE = Pattern.compile(
            "\\b(?:another(?! (?:time|day|date|hour|moment|option|question|thing|number|name))|one more(?! (?:time|thing|question|moment))"
                    + "|a second one|a further one)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> NAMES = Set.of(FILL, CONFIRM, CHOOSE, MORE, ASK, CONTROL, START);

    private final List<ToolSpec> tools;
    private final Scene scene;
    private final LocalDate today;

    ConventionPlanner(List<ToolSpec> tools, Scene scene, LocalDate today) {
        this.tools = tools;
        this.scene = scene;
        this.today = today;
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
        Optional<String> alsoCancelled = alsoCancelled(understood);
        if (alsoCancelled.isPresent()) {
            boolean another = ONE_MORE.matcher(scene.callerWords()).find() || alsoCancelled.equals(begun());
            return confirmedAnd(alsoCancelled.get(), another, understood.values());
        }
        Optional<String> oneMore = oneMore(understood);
        if (oneMore.isPresent()) {
            return confirmedAnd(oneMore.get(), true, understood.values());
        }
        Optional<String> besides = anotherMeanwhile();
        if (besides.isPresent()) {
            return beginAnother(besides.get(), understood.values());
        }
        Optional<String> task = wanted();
        if (task.isPresent()) {
            return begin(task.get(), understood.values());
        }
        Optional<String> finder = understood.values().isEmpty() ? finder() : Optional.empty();
        if (finder.isPresent()) {
            return begin(finder.get(), Map.of());
        }
        if (understood.values().isEmpty() && doesNotMind()) {
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

    /** The task that the caller names where nothing is to be confirmed or chosen. */
    private Optional<String> wanted() {
        if (scene.confirmationOpen() || scene.offer().open()) {
            return Optional.empty();
        }
        String asked = scene.agentWords().strip();
        boolean awaited = !asked.endsWith("?") || AWAITS_A_WISH.matcher(asked).find() || Phrases.closingOffer(asked);
        return start().flatMap(start -> TaskWords.named(start, scene.callerWords(), awaited));
    }

    /** The task of which the caller wants a second one beside a yes: the one that is named, else the one that was begun last. */
    private Optional<String> oneMore(Understanding understood) {
        boolean wantsTwo = scene.confirmationOpen()
                && offered(CONFIRM)
                && understood.has(Act.Affirm.class)
                && !understood.has(Act.Negate.class)
                && ONE_MORE.matcher(scene.callerWords()).find();
        if (!wantsTwo) {
            return Optional.empty();
        }
        Optional<ToolSpec> start = start();
        List<String> all = start.map(TaskWords::names).orElse(List.of());
        return start.flatMap(tool -> TaskWords.named(tool, scene.callerWords(), false))
                .or(() -> begun().filter(all::contains))
                .or(() -> all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty());
    }

    /** The task of which a further one is wanted while the first is asked for: the one that is named. */
    private Optional<String> anotherMeanwhile() {
        boolean open = scene.confirmationOpen() || scene.offer().open();
        boolean collecting =
                !open && asksForValue() && ONE_MORE.matcher(scene.callerWords()).find();
        return collecting
                ? begun().flatMap(task -> start().flatMap(tool -> TaskWords.named(tool, scene.callerWords(), true))
                        .filter(task::equals))
                : Optional.empty();
    }

    /** Whether the caller has no preference where a value is asked for. */
    private boolean doesNotMind() {
        boolean open = scene.confirmationOpen() || scene.offer().open();
        return !open && asksForValue() && offered(CONTROL) && Phrases.anyWillDo(scene.callerWords());
    }

    private boolean asksForValue() {
        String asked = scene.agentWords().strip();
        return asked.endsWith("?") && !AWAITS_A_WISH.matcher(asked).find() && !Phrases.closingOffer(asked);
    }

    /** The task that was begun last. */
    private Optional<String> begun() {
        return Optional.ofNullable(scene.known().get("task")).map(begun -> begun.asString(""));
    }

    /** The task that cancels what the caller wants cancelled beside a yes. */
    private Optional<String> alsoCancelled(Understanding understood) {
        boolean wanted = offered(CONFIRM)
                && understood.has(Act.CancelOther.class)
                && understood.has(Act.Affirm.class)
                && !understood.has(Act.Negate.class);
        return wanted ? start().flatMap(start -> TaskWords.named(start, "cancel", true)) : Optional.empty();
    }

    private Optional<ToolSpec> start() {
        return tools.stream().filter(tool -> tool.name().equals(START)).findFirst();
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

    /** The task that finds what the agent asks for, for a caller who cannot name one and asks what there is. */
    private Optional<String> finder() {
        String asked = scene.agentWords().strip();
        boolean open = scene.confirmationOpen() || scene.offer().open() || !asked.endsWith("?");
        return open || AWAITS_A_WISH.matcher(asked).find() || !Phrases.asksWhatThereIs(scene.callerWords())
                ? Optional.empty()
                : start().flatMap(start -> TaskWords.finding(start, asked.substring(asked.lastIndexOf(". ") + 1)));
    }

    private List<Output> begin(String task, Map<String, JsonNode> values) {
        List<Output> calls = new ArrayList<>();
        calls.add(new Output.CallTool(START, JSON.objectNode().put("task", task)));
        if (!values.isEmpty() && offered(FILL)) {
            calls.add(fill(values));
        }
        return calls;
    }

    private List<Output> beginAnother(String task, Map<String, JsonNode> values) {
        List<Output> calls = new ArrayList<>();
        calls.add(new Output.CallTool(START, JSON.objectNode().put("task", task).put(ANOTHER, true)));
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

    private static boolean offers(List<ToolSpec> tools, String name) {
        return tools.stream().anyMatch(tool -> tool.name().equals(name));
    }
}
