package dev.antiphon.flow;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.tier.EscalationPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shapes a service inside {@link Flow#service}. Not thread-safe. */
public final class ServiceBuilder {
    private static final int MOST_TOGETHER = 3;

    private final String name;
    private String goal = "";
    private Language language = Language.ENGLISH;
    private final Map<Phrase, String> phrases = new EnumMap<>(Phrase.class);
    private Optional<String> greeting = Optional.empty();
    private Optional<String> knownGreeting = Optional.empty();
    private final Map<RepairPattern, RepairResponse> repairs = new EnumMap<>(RepairPattern.class);
    private String persona = "You are a friendly, brief telephone agent.";
    private final List<Task<?>> tasks = new ArrayList<>();
    private int askTogether = 1;
    private Optional<Faq> faq = Optional.empty();
    private final List<StuckRule> stuckRules = new ArrayList<>();
    private Optional<String> target = Optional.empty();
    private Optional<EscalationPolicy> escalation = Optional.empty();
    private final List<String> extraTools = new ArrayList<>();

    ServiceBuilder(String name) {
        this.name = name;
    }

    /** What the service is for, as an order: {@code Find restaurants and reserve tables}. */
    public ServiceBuilder goal(String order) {
        goal = order;
        return this;
    }

    /** What it speaks; default: English. */
    public ServiceBuilder language(Language spoken) {
        language = spoken;
        return this;
    }

    /**
     * Other words for something that the engine says, with the arguments of {@link Phrase#english()} or fewer; what is broken is
     * refused with the flow.
     */
    public ServiceBuilder phrase(Phrase phrase, String pattern) {
        phrases.put(phrase, pattern);
        return this;
    }

    /** The first words of a call; default: an offer to help with the goal. */
    public ServiceBuilder greet(String words) {
        greeting = Optional.of(words);
        return this;
    }

    /**
     * The first words for a caller of whom all is known that they name, see {@link FlowConversation#knowing}:
     * {@code Hello {name}, welcome back!}
     */
    public ServiceBuilder greetKnown(String words) {
        knownGreeting = Optional.of(words);
        return this;
    }

    /** Who the agent is and how it speaks, for the model. */
    public ServiceBuilder persona(String description) {
        persona = description;
        return this;
    }

    /** One thing that it does, made by {@link dev.antiphon.flow.dsl.FlowDsl#task}. */
    public ServiceBuilder task(Task<?> task) {
        tasks.add(task);
        return this;
    }

    /** All that another service does, beside the tasks of this one; their slots are shared. */
    public ServiceBuilder include(Flow<?> other) {
        tasks.addAll(other.tasks());
        return this;
    }

    /** How many open values one question asks for at most; default 1. More saves turns and asks more of the caller's memory. */
    public ServiceBuilder askTogether(int most) {
        if (most < 1 || most > MOST_TOGETHER) {
            throw new IllegalArgumentException("askTogether must be from 1 to " + MOST_TOGETHER + ", but was " + most);
        }
        askTogether = most;
        return this;
    }

    /** Answers to questions at any time. */
    public ServiceBuilder faq(Faq answers) {
        faq = Optional.of(answers);
        return this;
    }

    /** What is done instead of the usual when this occurs. */
    public ServiceBuilder when(RepairPattern pattern, RepairResponse response) {
        repairs.put(pattern, response);
        return this;
    }

    /** One rung of the repair ladder. */
    public ServiceBuilder onStuck(StuckTrigger trigger, StuckAction action) {
        return onStuck(new StuckRule(trigger, action));
    }

    /** One rung of a slot's own repair ladder; it goes before those of the flow. */
    public ServiceBuilder onStuck(Slot<?> slot, StuckTrigger trigger, StuckAction action) {
        return onStuck(new StuckRule(trigger, action, Optional.of(slot.name())));
    }

    private ServiceBuilder onStuck(StuckRule rule) {
        stuckRules.add(rule);
        if (rule.action() instanceof StuckAction.HandOver handOver && target.isEmpty()) {
            target = Optional.of(handOver.target());
        }
        return this;
    }

    /** Who takes over when the caller wants a person; default: the first target of the repair ladder. */
    public ServiceBuilder handOver(String to) {
        target = Optional.of(to);
        return this;
    }

    /** When a call that struggles with this gets help, and which; default: as the bot usually does, see {@link EscalationPolicy#defaults}. */
    public ServiceBuilder escalation(EscalationPolicy policy) {
        escalation = Optional.of(policy);
        return this;
    }

    /** Names of pool tools that the model may call at any time besides the service's own; those of a task are {@link TaskBuilder#alsoOffers}. */
    public ServiceBuilder alsoOffers(String... toolNames) {
        extraTools.addAll(List.of(toolNames));
        return this;
    }

    Flow<Flow.Nothing> build() {
        Language speaks = language.with(phrases);
        return new Flow<>(
                name,
                goal,
                FlowBuilder.hello(speaks, greeting, goal),
                persona,
                tasks,
                true,
                askTogether,
                faq,
                stuckRules,
                target,
                extraTools,
                speaks,
                knownGreeting,
                repairs,
                escalation);
    }
}
