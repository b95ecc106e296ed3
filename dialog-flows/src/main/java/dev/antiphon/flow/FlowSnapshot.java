package dev.antiphon.flow;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.faq.FaqEntry;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Conversation.EffectPolicy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything of a flow that is data, as plain values: what {@link Flow#version()} hashes and {@link FlowDiff} compares. Code is
 * not in it: of checks and wordings that are functions it tells whether there are any. Immutable; equal when the versions are.
 *
 * @param name the flow's name
 * @param goal what it is for
 * @param greeting the first words of a call
 * @param persona who the agent is
 * @param service whether tasks begin when the caller wants them
 * @param askTogether how many values one question asks for at most
 * @param slots what is known of each slot, in order
 * @param tasks what it does, in order
 * @param faq its approved answers
 * @param faqRule when an answer is clear; empty without an FAQ
 * @param ladder the rungs of the repair ladder, in order
 * @param handOver who takes over; empty when nobody does
 * @param tools the tools that a model gets: the generated ones, then those of the pool
 * @param language the tag of the language that it speaks
 * @param phrases the patterns of the engine's sentences that are not those of the library, by phrase
 * @param knownGreeting the first words for a known caller; empty for none
 * @param repairs what is done instead of the usual repair, by pattern, in the words of the DSL
 */
public record FlowSnapshot(
        String name,
        String goal,
        String greeting,
        String persona,
        boolean service,
        int askTogether,
        List<SlotPart> slots,
        List<TaskPart> tasks,
        List<FaqEntry> faq,
        String faqRule,
        List<Rung> ladder,
        String handOver,
        List<String> tools,
        String language,
        Map<String, String> phrases,
        String knownGreeting,
        Map<String, String> repairs) {
    public FlowSnapshot {
        slots = List.copyOf(slots);
        tasks = List.copyOf(tasks);
        faq = List.copyOf(faq);
        ladder = List.copyOf(ladder);
        tools = List.copyOf(tools);
        phrases = Collections.unmodifiableMap(new TreeMap<>(phrases));
        repairs = Collections.unmodifiableMap(new TreeMap<>(repairs));
    }

    /**
     * A slot. Texts are empty where there is nothing.
     *
     * @param values the keywords of its JSON Schema: which values it takes
     * @param simpler how it is asked after a misunderstanding
     * @param proposal how a value that the call has made is proposed, with {@code {}} for it
     * @param within how far ahead, as an ISO period
     * @param onlyWhen the rule in words
     * @param confirm how the caller learns what was understood
     * @param verifiedWithin how long its check that may wait may take, as an ISO duration
     */
    public record SlotPart(
            String name,
            String label,
            Map<String, String> values,
            String question,
            String simpler,
            String proposal,
            List<String> dependsOn,
            String within,
            String onlyWhen,
            boolean optional,
            boolean checked,
            boolean keptIfStillPossible,
            boolean sensitive,
            String confirm,
            String verifiedWithin) {
        public SlotPart {
            values = Collections.unmodifiableMap(new TreeMap<>(values));
            proposal = Objects.requireNonNullElse(proposal, ""); // snapshots of earlier versions have none
            dependsOn = List.copyOf(dependsOn);
        }

        static SlotPart of(Slot<?> slot, Language language) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            slot.type().describe(schema);
            Map<String, String> values = new LinkedHashMap<>();
            schema.properties()
                    .forEach(keyword -> values.put(
                            keyword.getKey(),
                            keyword.getValue().isString()
                                    ? keyword.getValue().asString()
                                    : keyword.getValue().toString()));
            return new SlotPart(
                    slot.name(),
                    slot.label(),
                    values,
                    slot.prompt().orElse(""),
                    slot.simplerPrompt(language),
                    slot.proposal().orElse(""),
                    slot.dependencies().stream().map(Slot::name).toList(),
                    slot.horizon().map(Object::toString).orElse(""),
                    slot.occasion().orElse(""),
                    slot.isOptional(),
                    slot.isChecked(),
                    slot.isKeptIfStillPossible(),
                    slot.isSensitive(),
                    slot.confirmPolicy().name(),
                    slot.verifiedWithin().map(Object::toString).orElse(""));
        }
    }

    /**
     * A task.
     *
     * @param collects the slots that are asked for, in order
     * @param takes the slots that are taken and never asked for, with what is usual, empty for nothing
     * @param confirmed whether the author words the read-back
     * @param completed whether the author words the success
     * @param search what is looked up; empty for a transaction
     * @param effects what is done after a yes, in order
     * @param groups which slots make a record of their own, by its name
     * @param rules how many rules there are over the whole record
     * @param after the task that must be done before; empty for none
     * @param undoes whether it takes back what was done before
     */
    public record TaskPart(
            String name,
            String label,
            List<String> collects,
            Map<String, String> takes,
            boolean confirmed,
            boolean completed,
            Optional<SearchPart> search,
            List<EffectPart> effects,
            Map<String, String> groups,
            int rules,
            String after,
            boolean undoes) {
        public TaskPart {
            groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
            collects = List.copyOf(collects);
            takes = Collections.unmodifiableMap(new LinkedHashMap<>(takes));
            effects = List.copyOf(effects);
        }

        static TaskPart of(Task<?> task) {
            Map<String, String> takes = new LinkedHashMap<>();
            task.extras()
                    .forEach(extra ->
                            takes.put(extra.slot().name(), extra.usualNormal().orElse("")));
            Map<String, String> groups = new LinkedHashMap<>();
            task.groups()
                    .forEach(group -> groups.put(
                            group.name(),
                            String.join(
                                    ", ", group.slots().stream().map(Slot::name).toList())));
            return new TaskPart(
                    task.name(),
                    task.label(),
                    task.slots().stream().map(Slot::name).toList(),
                    takes,
                    task.confirmation().isPresent(),
                    task.completion().isPresent(),
                    task.search().map(SearchPart::of),
                    task.effects().stream().map(EffectPart::of).toList(),
                    groups,
                    task.rules().size(),
                    task.after().orElse(""),
                    task.undoes());
        }
    }

    /**
     * A search: which value tells items apart, which are told, how many at once, how it runs, whether the only one is taken unasked, and
     * whether what it finds is all that there is.
     */
    public record SearchPart(
            String key, List<String> tells, int page, Policy policy, boolean takesTheOnlyOne, boolean isAll) {
        public SearchPart {
            tells = List.copyOf(tells);
        }

        static SearchPart of(Search<?> search) {
            return new SearchPart(
                    search.key(),
                    search.tells(),
                    search.page(),
                    Policy.of(search.policy(), ""),
                    search.takesTheOnlyOne(),
                    search.isAll());
        }
    }

    /** An effect: how it runs, and the types of failures that lead elsewhere. */
    public record EffectPart(String name, Policy policy, List<String> handles) {
        public EffectPart {
            handles = List.copyOf(handles);
        }

        static EffectPart of(EffectPlan<?> effect) {
            return new EffectPart(
                    effect.name(),
                    Policy.of(effect.policy(), effect.filler().orElse("")),
                    effect.handlers().stream()
                            .map(handler -> handler.type().getSimpleName())
                            .toList());
        }
    }

    /** How work runs: ISO durations, {@code fillerAfter} and {@code filler} empty for none. */
    public record Policy(String timeout, int retries, String fillerAfter, String filler) {
        static Policy of(EffectPolicy policy, String filler) {
            return new Policy(
                    policy.timeout().toString(),
                    policy.retries(),
                    policy.slowAfter().map(Object::toString).orElse(""),
                    filler);
        }
    }

    /** One rung of the repair ladder, in the words of the DSL: {@code noMatch(2)}, {@code simplify()}; {@code slot} is empty for all. */
    public record Rung(String when, String then, String slot) {
        static Rung of(StuckRule rule) {
            String when = switch (rule.trigger()) {
                case StuckTrigger.NoMatch noMatch -> "noMatch(" + noMatch.times() + ")";
                case StuckTrigger.Rejected rejected -> "rejected(" + rejected.times() + ")";
                case StuckTrigger.NoInput noInput -> "noInput(" + noInput.times() + ")";
                case StuckTrigger.Attempts attempts -> "attempts(" + attempts.times() + ")";
            };
            String then = switch (rule.action()) {
                case StuckAction.Simplify simplify -> "simplify()";
                case StuckAction.Escalate escalate -> "escalate()";
                case StuckAction.Rephrase rephrase -> "rephrase(" + rephrase.question() + ")";
                case StuckAction.LeaveOut leaveOut -> "leaveOut()";
                case StuckAction.HandOver handOver -> "handOver(" + handOver.target() + ")";
                case StuckAction.HangUp hangUp -> "hangUp(" + hangUp.words() + ")";
            };
            return new Rung(when, then, rule.slot().orElse(""));
        }
    }

    /** That of a flow. */
    public static FlowSnapshot of(Flow<?> flow) {
        return new FlowSnapshot(
                flow.name(),
                flow.goal(),
                flow.greeting(),
                flow.persona(),
                flow.isService(),
                flow.askTogether(),
                flow.slots().stream()
                        .map(slot -> SlotPart.of(slot, flow.language()))
                        .toList(),
                flow.tasks().stream().map(TaskPart::of).toList(),
                flow.faq().map(Faq::entries).orElse(List.of()),
                flow.faq().map(Faq::rule).orElse(""),
                flow.stuckRules().stream().map(Rung::of).toList(),
                flow.handOverTarget().orElse(""),
                Stream.of(
                                FlowTools.names(flow).stream(),
                                flow.extraTools().stream(),
                                flow.tasks().stream()
                                        .flatMap(task -> task.extraTools().stream()
                                                .map(tool -> tool + " (" + task.name() + ")")))
                        .flatMap(names -> names)
                        .toList(),
                flow.language().locale().toLanguageTag(),
                ownPhrases(flow.language()),
                flow.knownGreeting().orElse(""),
                repairs(flow));
    }

    private static Map<String, String> ownPhrases(Language language) {
        Optional<Language> library = Language.named(language.locale().toLanguageTag());
        Map<String, String> own = new TreeMap<>();
        for (Phrase phrase : Phrase.values()) {
            String pattern = language.pattern(phrase);
            if (library.map(usual -> usual.pattern(phrase))
                    .filter(pattern::equals)
                    .isEmpty()) {
                own.put(phrase.name(), pattern);
            }
        }
        return own;
    }

    private static Map<String, String> repairs(Flow<?> flow) {
        Map<String, String> repairs = new TreeMap<>();
        flow.repairs()
                .forEach((pattern, response) -> repairs.put(
                        pattern.name(),
                        switch (response) {
                            case RepairResponse.Answer answer -> "answer(" + answer.words() + ")";
                            case RepairResponse.AskFirst first -> "askFirst(" + first.question() + ")";
                            case StuckAction.HandOver handOver -> "handOver(" + handOver.target() + ")";
                            case StuckAction.HangUp hangUp -> "hangUp(" + hangUp.words() + ")";
                        }));
        return repairs;
    }

    FlowSnapshot withoutFaq() {
        return new FlowSnapshot(
                name,
                goal,
                greeting,
                persona,
                service,
                askTogether,
                slots,
                tasks,
                List.of(),
                faqRule,
                ladder,
                handOver,
                tools,
                language,
                phrases,
                knownGreeting,
                repairs);
    }

    /** The version: a hash of all this, 12 hexadecimal digits. */
    public String version() {
        return FlowVersion.of(this);
    }
}
