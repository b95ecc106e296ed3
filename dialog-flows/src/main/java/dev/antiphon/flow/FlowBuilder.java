package dev.antiphon.flow;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Spoken;
import dev.antiphon.tier.EscalationPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Shapes a flow inside {@link Flow#named}. Not thread-safe.
 *
 * @param <R> the result record
 * @param <X> what the last effect so far returns
 */
public final class FlowBuilder<R, X> {
    private final String name;
    private final Class<R> resultType;
    private String goal = "";
    private Language language = Language.ENGLISH;
    private final Map<Phrase, String> phrases = new EnumMap<>(Phrase.class);
    private Optional<String> greeting = Optional.empty();
    private Optional<String> knownGreeting = Optional.empty();
    private final Map<RepairPattern, RepairResponse> repairs = new EnumMap<>(RepairPattern.class);
    private String persona = "You are a friendly, brief telephone agent.";
    private final List<Slot<?>> slots = new ArrayList<>();
    private final List<Group<?>> groups = new ArrayList<>();
    private final List<Function<R, Optional<Rejection<?>>>> rules = new ArrayList<>();
    private Optional<Function<R, Saying>> confirmation = Optional.empty();
    private final List<EffectPlan<R>> effects = new ArrayList<>();
    private Optional<BiFunction<R, Object, Saying>> completion = Optional.empty();
    private final List<String> successWords = new ArrayList<>();
    private Optional<Faq> faq = Optional.empty();
    private final List<StuckRule> stuckRules = new ArrayList<>();
    private Optional<String> target = Optional.empty();
    private Optional<EscalationPolicy> escalation = Optional.empty();
    private final List<String> extraTools = new ArrayList<>();

    FlowBuilder(String name, Class<R> resultType) {
        this.name = name;
        this.resultType = resultType;
    }

    /** What the flow is for, as an order: {@code Book one visit at the clinic}. */
    public FlowBuilder<R, X> goal(String order) {
        goal = order;
        return this;
    }

    /** What it speaks; default: English. */
    public FlowBuilder<R, X> language(Language spoken) {
        language = spoken;
        return this;
    }

    /**
     * Other words for something that the engine says, with the arguments of {@link Phrase#english()} or fewer; what is broken is
     * refused with the flow.
     */
    public FlowBuilder<R, X> phrase(Phrase phrase, String pattern) {
        phrases.put(phrase, pattern);
        return this;
    }

    /** The first words of a call; default: an offer to help with the goal. */
    public FlowBuilder<R, X> greet(String words) {
        greeting = Optional.of(words);
        return this;
    }

    /**
     * The first words for a caller of whom all is known that they name, see {@link FlowConversation#knowing}:
     * {@code Hello {name}, welcome back!}
     */
    public FlowBuilder<R, X> greetKnown(String words) {
        knownGreeting = Optional.of(words);
        return this;
    }

    /** Who the agent is and how it speaks, for the model. */
    public FlowBuilder<R, X> persona(String description) {
        persona = description;
        return this;
    }

    /** What is collected, in the order of asking and of the result's components. */
    public FlowBuilder<R, X> collect(Slot<?>... all) {
        slots.addAll(List.of(all));
        return this;
    }

    /** What is asked for together, in order; its record is one component of the result. */
    public FlowBuilder<R, X> collect(Group<?> group) {
        groups.add(group);
        slots.addAll(group.slots());
        return this;
    }

    /**
     * A rule over the whole record, run when everything is known and before it is read back: quick code that names the slot to ask
     * again, or nothing.
     */
    public FlowBuilder<R, X> check(Function<R, Optional<Rejection<?>>> rule) {
        rules.add(rule);
        return this;
    }

    /** How the values are read back, ending in a yes-or-no question. */
    public FlowBuilder<R, X> confirm(Function<R, Saying> words) {
        confirmation = Optional.of(words);
        return this;
    }

    /** What is done after a yes, with the default policy. */
    public <Y> FlowBuilder<R, Y> effect(String effectName, EffectWork<? super R, ? extends Y> work) {
        return effect(effectName, work, shape -> shape);
    }

    /** What is done after a yes: at most once for the values that were confirmed. */
    public <Y> FlowBuilder<R, Y> effect(
            String effectName, EffectWork<? super R, ? extends Y> work, UnaryOperator<EffectPlan.Builder> shape) {
        effects.add(shape.apply(new EffectPlan.Builder()).build(effectName, work));
        @SuppressWarnings("unchecked") // X is only the type of the next done() argument, nothing of it is stored
        FlowBuilder<R, Y> next = (FlowBuilder<R, Y>) this;
        return next;
    }

    /**
     * What is said when everything is done, with the last effect's result.
     *
     * <p>The code is also tried with made-up values when the flow is built: an agent that says the same before it is done is put right
     * aloud. It must do nothing but word.
     */
    public FlowBuilder<R, X> done(SuccessWords<? super R, ? super X> words) {
        @SuppressWarnings("unchecked") // the machine hands over exactly what the last effect gave
        BiFunction<R, Object, Saying> untyped = (BiFunction<R, Object, Saying>) (BiFunction<?, ?, Saying>) words;
        completion = Optional.of(untyped);
        return this;
    }

    /**
     * Other sentences by which an agent would say that it is done, {@code {}} for each value; before it is done they are put right
     * aloud, like those of {@link #done} and the usual ones ("I've booked it").
     */
    public FlowBuilder<R, X> claimedBy(String... sentences) {
        successWords.addAll(List.of(sentences));
        return this;
    }

    /** Answers to questions at any time. */
    public FlowBuilder<R, X> faq(Faq answers) {
        faq = Optional.of(answers);
        return this;
    }

    /** What is done instead of the usual when this occurs. */
    public FlowBuilder<R, X> when(RepairPattern pattern, RepairResponse response) {
        repairs.put(pattern, response);
        return this;
    }

    /** One rung of the repair ladder. */
    public FlowBuilder<R, X> onStuck(StuckTrigger trigger, StuckAction action) {
        return onStuck(new StuckRule(trigger, action));
    }

    /** One rung of a slot's own repair ladder; it goes before those of the flow. */
    public FlowBuilder<R, X> onStuck(Slot<?> slot, StuckTrigger trigger, StuckAction action) {
        return onStuck(new StuckRule(trigger, action, Optional.of(slot.name())));
    }

    private FlowBuilder<R, X> onStuck(StuckRule rule) {
        stuckRules.add(rule);
        if (rule.action() instanceof StuckAction.HandOver handOver && target.isEmpty()) {
            target = Optional.of(handOver.target());
        }
        return this;
    }

    /** Who takes over when the caller wants a person; default: the first target of the repair ladder. */
    public FlowBuilder<R, X> handOver(String to) {
        target = Optional.of(to);
        return this;
    }

    /** When a call that struggles with this gets help, and which; default: as the bot usually does, see {@link EscalationPolicy#defaults}. */
    public FlowBuilder<R, X> escalation(EscalationPolicy policy) {
        escalation = Optional.of(policy);
        return this;
    }

    /** Names of pool tools that the model may call besides the flow's own; no others are offered to it. */
    public FlowBuilder<R, X> alsoOffers(String... toolNames) {
        extraTools.addAll(List.of(toolNames));
        return this;
    }

    Flow<R> build() {
        Language speaks = language.with(phrases);
        Task<R> task = new Task<>(
                name,
                goal,
                slots,
                List.of(),
                resultType,
                confirmation,
                Optional.empty(),
                effects,
                completion,
                groups,
                rules,
                Optional.empty(),
                List.of(),
                SuccessWording.of(completion, resultType, successWords),
                false);
        return new Flow<>(
                name,
                goal,
                hello(speaks, greeting, goal),
                persona,
                List.of(task),
                false,
                1,
                faq,
                stuckRules,
                target,
                extraTools,
                speaks,
                knownGreeting,
                repairs,
                escalation);
    }

    static String hello(Language language, Optional<String> greeting, String goal) {
        return Spoken.sentence(greeting.orElseGet(() -> {
            if (!language.problems().isEmpty()) {
                return ""; // lint refuses the flow
            }
            if (goal.isBlank()) {
                return language.text(Phrase.GREETING_WITHOUT_GOAL);
            }
            return language.text(Phrase.GREETING, "goal", inside(language, goal));
        }));
    }

    /** An order as it stands inside a sentence of the language; in English without its capital. */
    static String inside(Language language, String order) {
        return language.isEnglish() ? lower(order) : order.replaceFirst("[.!]$", "");
    }

    /** An order as it stands inside a sentence. */
    static String lower(String words) {
        return words.substring(0, 1).toLowerCase(Locale.ROOT)
                + words.substring(1).replaceFirst("[.!]$", "");
    }
}
