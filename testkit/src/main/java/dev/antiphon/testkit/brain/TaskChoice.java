package dev.antiphon.testkit.brain;

import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Which task of a service a caller wants begun, by the words and by where the conversation stands. */
final class TaskChoice {
    private static final Pattern AWAITS_A_WISH =
            Pattern.compile("\\b(?:what can i|how (?:can|may) i)\\b[^?]*\\?$", Pattern.CASE_INSENSITIVE);
    private static final Pattern ONE_MORE = Pattern.compile(
            "\\b(?:another(?! (?:time|day|date|hour|moment|option|question|thing|number|name))|one more(?! (?:time|thing|question|moment))"
                    + "|a second one|a further one)\\b",
            Pattern.CASE_INSENSITIVE);
    /** Where words may be an answer as well, another task must be wanted outright. */
    private static final Pattern WANTED = Pattern.compile(
            "\\b(?:i(?:'d| would) (?:like|love|rather|prefer)|i (?:want|need)|(?:can|could|would|will) (?:i|we|you|someone|somebody)|(?:someone|somebody|you|we) (?:should|must|could|can)"
                    + "|please|also|first|instead|actually|let's)\\b|^(?:and |also )*(?:call|book|reserve|make|arrange|cancel|move|find)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern WANTED_INSTEAD =
            Pattern.compile("\\b(?:first|instead|actually|rather)\\b", Pattern.CASE_INSENSITIVE);

    private final List<ToolSpec> tools;
    private final Scene scene;
    private final List<Property> slots;

    TaskChoice(List<ToolSpec> tools, Scene scene) {
        this.tools = tools;
        this.scene = scene;
        this.slots = ConventionPlanner.slots(tools);
    }

    /** Whether the words want one more of something. */
    boolean wantsOneMore() {
        return ONE_MORE.matcher(scene.callerWords()).find() || SeveralWishes.isAnother(scene.callerWords());
    }

    /**
     * The task that the caller names where nothing is to be confirmed or chosen, or one more of what is done; else only
     * another task than the one that was begun, when the caller wants something new: "first a new appointment".
     */
    Optional<String> wanted(Understanding understood) {
        if (scene.confirmationOpen() || scene.offer().open()) {
            return newMeanwhile(understood);
        }
        String asked = scene.agentWords().strip();
        boolean closing = !asked.endsWith("?") || Phrases.closingOffer(asked);
        boolean awaited = closing || AWAITS_A_WISH.matcher(asked).find() || Phrases.wantsOne(scene.callerWords());
        Optional<String> named = start().flatMap(start -> TaskWords.named(start, scene.callerWords(), awaited));
        Map<String, JsonNode> values = understood.values();
        return closing && !values.isEmpty() && wantsOneMore() ? named.or(() -> ofTheKind(values)) : named;
    }

    private Optional<String> newMeanwhile(Understanding understood) {
        boolean one = Phrases.wantsOne(scene.callerWords());
        boolean wanted = !understood.has(Act.Affirm.class)
                && !understood.has(Act.Negate.class)
                && (one || TaskWords.wantsNew(scene.callerWords()));
        return wanted
                ? start().flatMap(start -> TaskWords.named(start, scene.callerWords(), one))
                        .filter(task -> begun().filter(task::equals).isEmpty())
                : Optional.empty();
    }

    /** The task of another flow that the caller wants now, whatever is asked. */
    Optional<String> wantedOfOtherFlow() {
        return flow().flatMap(flow -> besides(flow, scene.callerWords()));
    }

    /** What of the values can belong to the flow of a task. */
    Map<String, JsonNode> ofFlow(String task, Map<String, JsonNode> values) {
        Map<String, JsonNode> own = new LinkedHashMap<>(values);
        slots.stream()
                .filter(slot -> !slot.owners().isEmpty() && !slot.owners().contains(TaskWords.flowOf(task)))
                .forEach(slot -> own.remove(slot.name()));
        return own;
    }

    /** Whether words want a task of another flow than those before them, or than the one that is spoken of. */
    boolean isOfOtherFlow(String before, String said) {
        return start().flatMap(start -> TaskWords.named(start, before, true))
                .map(TaskWords::flowOf)
                .or(this::flow)
                .flatMap(flow -> besides(flow, said))
                .isPresent();
    }

    private Optional<String> besides(String flow, String said) {
        boolean text = Expectation.of(scene.agentWords(), slots).properties().stream()
                .anyMatch(asked ->
                        slots.stream().anyMatch(slot -> slot.name().equals(asked) && slot.kind() == PropertyKind.TEXT));
        boolean answers = text && asksForValue() && !scene.confirmationOpen();
        boolean wanted = (answers ? WANTED_INSTEAD : WANTED).matcher(said).find()
                && Clause.split(said).stream().noneMatch(clause -> clause.shape() == Clause.Shape.QUESTION);
        return wanted ? start().flatMap(start -> TaskWords.beside(start, flow, said)) : Optional.empty();
    }

    /** The flow that is spoken of: of the task that was begun, or of the value that was given last. */
    private Optional<String> flow() {
        List<String> known = new ArrayList<>(scene.known().keySet());
        for (String name : known.reversed()) {
            if (name.equals("task")) {
                return begun().map(TaskWords::flowOf).filter(flow -> !flow.isEmpty());
            }
            Optional<String> owner = slots.stream()
                    .filter(slot -> slot.name().equals(name) && slot.owners().size() == 1)
                    .map(slot -> slot.owners().getFirst())
                    .findFirst();
            if (owner.isPresent()) {
                return owner;
            }
        }
        return Optional.empty();
    }

    /** The task of which the caller wants a second one beside a yes: the one that is named, else the one that was begun last. */
    Optional<String> oneMore(Understanding understood) {
        boolean wantsTwo = scene.confirmationOpen()
                && ConventionPlanner.offers(tools, ConventionPlanner.CONFIRM)
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

    /**
     * The task of which a further one is wanted while the first is asked for or read back: the one that is named, and without a name
     * the one that was begun, where the values are others than those of the first.
     */
    Optional<String> anotherMeanwhile(Understanding understood) {
        boolean apart = !scene.offer().open()
                && (scene.confirmationOpen() || asksForValue())
                && !understood.has(Act.Affirm.class)
                && !understood.has(Act.Negate.class)
                && !understood.has(Act.Order.class)
                && wantsOneMore();
        if (!apart) {
            return Optional.empty();
        }
        Optional<String> named = start().flatMap(tool -> TaskWords.named(tool, scene.callerWords(), true));
        boolean others = SeveralWishes.differ(scene.callerWords(), understood.values(), scene.known(), slots);
        return named.isPresent()
                ? named.filter(
                        task -> begun().filter(task::equals).isPresent() && (others || !scene.confirmationOpen()))
                : others ? ofTheKind(understood.values()) : Optional.empty();
    }

    /** The task that a further wish of one utterance is for: the one that it names, else the one of the wish before it. */
    Optional<String> further(Optional<String> before, Map<String, JsonNode> values) {
        return before.map(TaskWords::flowOf)
                .or(this::flow)
                .flatMap(flow -> besides(flow, scene.callerWords()))
                .or(() -> start().flatMap(tool -> TaskWords.named(tool, scene.callerWords(), true)))
                .or(() -> before)
                .or(() -> ofTheKind(values));
    }

    /** The task of the first of several wishes that are of one kind: the one that it names, else the one that gets such values. */
    Optional<String> firstOfSeveral(Map<String, JsonNode> values) {
        return start().flatMap(tool -> TaskWords.named(tool, scene.callerWords(), true))
                .or(() -> ofTheKind(values));
    }

    /** The task that was begun last; where that one only moves or cancels, and there are days or times, the one that gets something. */
    private Optional<String> ofTheKind(Map<String, JsonNode> values) {
        boolean moments = slots.stream()
                .anyMatch(slot -> values.containsKey(slot.name())
                        && switch (slot.kind()) {
                            case DATE, TIME, DATE_TIME -> true;
                            case PERSON_NAME,
                                    CHOICE,
                                    PHONE,
                                    EMAIL,
                                    DURATION,
                                    MONEY,
                                    DIGITS,
                                    IDENTIFIER,
                                    POSTAL_ADDRESS,
                                    WHOLE_NUMBER,
                                    NUMBER,
                                    FLAG,
                                    TOKEN,
                                    TEXT -> false;
                        });
        Optional<String> getting = start().flatMap(start ->
                TaskWords.getting(start, flow().or(() -> owner(values)).orElse("")));
        Optional<String> begun = begun().filter(task ->
                start().filter(start -> !moments || TaskWords.gets(start, task)).isPresent());
        return begun.or(() -> getting);
    }

    private Optional<String> owner(Map<String, JsonNode> values) {
        return slots.stream()
                .filter(slot -> values.containsKey(slot.name()) && slot.owners().size() == 1)
                .map(slot -> slot.owners().getFirst())
                .findFirst();
    }

    /** Whether the caller has no preference where a value is asked for. */
    boolean doesNotMind() {
        boolean open = scene.confirmationOpen() || scene.offer().open();
        return !open
                && asksForValue()
                && ConventionPlanner.offers(tools, ConventionPlanner.CONTROL)
                && Phrases.anyWillDo(scene.callerWords());
    }

    private boolean asksForValue() {
        String asked = scene.agentWords().strip();
        return asked.endsWith("?") && !AWAITS_A_WISH.matcher(asked).find() && !Phrases.closingOffer(asked);
    }

    /** The task that was begun last. */
    Optional<String> begun() {
        return Optional.ofNullable(scene.known().get("task")).map(begun -> begun.asString(""));
    }

    /** The task that cancels what the caller wants cancelled beside a yes. */
    Optional<String> alsoCancelled(Understanding understood) {
        boolean wanted = ConventionPlanner.offers(tools, ConventionPlanner.CONFIRM)
                && understood.has(Act.CancelOther.class)
                && understood.has(Act.Affirm.class)
                && !understood.has(Act.Negate.class);
        return wanted ? start().flatMap(start -> TaskWords.named(start, "cancel", true)) : Optional.empty();
    }

    /** The task that finds what the agent asks for, for a caller who cannot name one and asks what there is. */
    Optional<String> finder() {
        String asked = scene.agentWords().strip();
        boolean open = scene.confirmationOpen() || scene.offer().open() || !asked.endsWith("?");
        return open || AWAITS_A_WISH.matcher(asked).find() || !Phrases.asksWhatThereIs(scene.callerWords())
                ? Optional.empty()
                : start().flatMap(start -> TaskWords.finding(start, asked.substring(asked.lastIndexOf(". ") + 1)));
    }

    private Optional<ToolSpec> start() {
        return tools.stream()
                .filter(tool -> tool.name().equals(ConventionPlanner.START))
                .findFirst();
    }
}
