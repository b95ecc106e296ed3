package dev.antiphon.flow;

import dev.antiphon.flow.FlowDiff.Change;
import dev.antiphon.flow.FlowDiff.Kind;
import dev.antiphon.flow.FlowSnapshot.EffectPart;
import dev.antiphon.flow.FlowSnapshot.Policy;
import dev.antiphon.flow.FlowSnapshot.SearchPart;
import dev.antiphon.flow.FlowSnapshot.SlotPart;
import dev.antiphon.flow.FlowSnapshot.TaskPart;
import dev.antiphon.flow.faq.FaqEntry;
import dev.antiphon.flow.say.Plainly;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Compares two versions of a flow, part by part, and words what is different. */
final class FlowComparison {
    private final String where;
    private final List<Change> changes = new ArrayList<>();

    private FlowComparison(String where) {
        this.where = where;
    }

    /** {@code flow}: named in every sentence; empty where there is only one. */
    static List<Change> of(String flow, FlowSnapshot before, FlowSnapshot after) {
        FlowComparison comparison = new FlowComparison(flow.isEmpty() ? "" : "Flow '" + flow + "': ");
        comparison.flow(before, after);
        return comparison.changes;
    }

    static List<Change> of(DialogSnapshot before, DialogSnapshot after) {
        if (before.flows().size() == 1 && after.flows().size() == 1) {
            return of("", before.flows().getFirst(), after.flows().getFirst());
        }
        FlowComparison all = new FlowComparison("");
        all.text("The dialog's name", before.name(), after.name(), false);
        all.text("The dialog's goal", before.goal(), after.goal(), false);
        all.text("The greeting", before.greeting(), after.greeting(), false);
        all.parts("Flow", before.flows(), after.flows(), FlowSnapshot::name, flow -> "", (was, is) -> {
            all.changes.addAll(of(is.name(), was, is));
        });
        all.order(
                "Flows are in the order",
                names(before.flows(), FlowSnapshot::name),
                names(after.flows(), FlowSnapshot::name));
        return all.changes;
    }

    private void flow(FlowSnapshot before, FlowSnapshot after) {
        text("The name", before.name(), after.name(), true);
        text("The goal", before.goal(), after.goal(), false);
        text("The greeting", before.greeting(), after.greeting(), false);
        text("The greeting of a known caller", before.knownGreeting(), after.knownGreeting(), false);
        text("The persona", before.persona(), after.persona(), false);
        text("The language", before.language(), after.language(), false);
        fact("Tasks begin when the caller wants them", before.service(), after.service(), true);
        plain("Values asked for in one question", before.askTogether(), after.askTogether(), false);
        slots(before.slots(), after.slots());
        parts("Task", before.tasks(), after.tasks(), TaskPart::name, task -> " (" + task.label() + ")", this::task);
        order("Tasks are in the order", names(before.tasks(), TaskPart::name), names(after.tasks(), TaskPart::name));
        faq(before, after);
        entries("The sentence", before.phrases(), after.phrases(), false);
        entries("The repair of", before.repairs(), after.repairs(), false);
        plain("The repair ladder", rungs(before), rungs(after), false);
        text("Who takes over", before.handOver(), after.handOver(), false);
        plain("The model's tools", words(before.tools()), words(after.tools()), false);
    }

    // Slots.

    private void slots(List<SlotPart> before, List<SlotPart> after) {
        List<SlotPart> gone = without(before, after, SlotPart::name);
        List<SlotPart> added = without(after, before, SlotPart::name);
        Set<String> renamed = new LinkedHashSet<>();
        for (SlotPart old : gone) {
            added.stream()
                    .filter(now -> !renamed.contains(now.name()) && now.equals(called(old, now)))
                    .findFirst()
                    .ifPresent(now -> {
                        renamed.add(old.name());
                        renamed.add(now.name());
                        add(Kind.CHANGED, "Slot '" + old.name() + "' is now called '" + now.name() + "'", true);
                    });
        }
        parts(
                "Slot",
                before.stream().filter(slot -> !renamed.contains(slot.name())).toList(),
                after.stream().filter(slot -> !renamed.contains(slot.name())).toList(),
                SlotPart::name,
                slot -> slot.question().isEmpty() ? "" : ", asked \"" + slot.question() + "\"",
                this::slot);
        order("Slots are in the order", names(before, SlotPart::name), names(after, SlotPart::name));
    }

    /** The same slot with the other's name and label. */
    private static SlotPart called(SlotPart slot, SlotPart other) {
        return new SlotPart(
                other.name(),
                other.label(),
                slot.values(),
                slot.question(),
                other.simpler(),
                slot.proposal(),
                slot.dependsOn(),
                slot.within(),
                slot.onlyWhen(),
                slot.optional(),
                slot.checked(),
                slot.keptIfStillPossible(),
                slot.sensitive(),
                slot.confirm(),
                slot.verifiedWithin());
    }

    /** Whether the simpler question is no other than the question made it. */
    private static boolean onlyFollows(SlotPart before, SlotPart after) {
        return before.simpler().startsWith(before.question())
                && after.simpler().startsWith(after.question())
                && before.simpler()
                        .substring(before.question().length())
                        .equals(after.simpler().substring(after.question().length()));
    }

    private void slot(SlotPart before, SlotPart after) {
        String slot = "Slot '" + after.name() + "': ";
        text(slot + "it is called", before.label(), after.label(), false);
        text(slot + "the question", before.question(), after.question(), false);
        if (!onlyFollows(before, after)) {
            text(slot + "the simpler question", before.simpler(), after.simpler(), false);
        }
        text(slot + "the question that proposes a value", before.proposal(), after.proposal(), false);
        Set<String> keywords = new LinkedHashSet<>(before.values().keySet());
        keywords.addAll(after.values().keySet());
        for (String keyword : keywords) {
            text(
                    slot + aspect(keyword),
                    before.values().getOrDefault(keyword, ""),
                    after.values().getOrDefault(keyword, ""),
                    true);
        }
        plain(slot + "depends on", words(before.dependsOn()), words(after.dependsOn()), true);
        plain(slot + "bounded by", days(before.within()), days(after.within()), true);
        text(slot + "only wanted when", before.onlyWhen(), after.onlyWhen(), true);
        fact(slot + "it may be left out", before.optional(), after.optional(), true);
        fact(slot + "it has a check", before.checked(), after.checked(), true);
        fact(
                slot + "it is kept when it is still possible",
                before.keptIfStillPossible(),
                after.keptIfStillPossible(),
                false);
        plain(slot + "it is confirmed", before.confirm(), after.confirm(), false);
        plain(slot + "its check may wait", time(before.verifiedWithin()), time(after.verifiedWithin()), true);
        fact(slot + "it is sensitive", before.sensitive(), after.sensitive(), false);
    }

    /** A keyword of JSON Schema in words. */
    private static String aspect(String keyword) {
        return switch (keyword) {
            case "x-first" -> "the earliest";
            case "x-last" -> "the latest";
            case "minimum" -> "the smallest";
            case "maximum" -> "the largest";
            case "multipleOf" -> "the step";
            case "minLength" -> "the fewest characters";
            case "maxLength" -> "the most characters";
            case "pattern" -> "the form";
            case "enum" -> "the options";
            case "x-synonyms" -> "the words for its options";
            case "x-currencies" -> "the currencies";
            case "format" -> "the kind of value";
            case "type" -> "the type of value";
            case "description" -> "what a model is told of its values";
            case "examples" -> "the examples for a model";
            default -> "'" + keyword + "' of its values";
        };
    }

    // Tasks.

    private void task(TaskPart before, TaskPart after) {
        String task = "Task '" + after.name() + "': ";
        text(task + "it is called", before.label(), after.label(), false);
        plain(task + "collects", words(before.collects()), words(after.collects()), true);
        plain(task + "takes unasked", pairs(before.takes()), pairs(after.takes()), true);
        fact(task + "the author words the read-back", before.confirmed(), after.confirmed(), true);
        fact(task + "the author words the success", before.completed(), after.completed(), false);
        entries(task + "the group", before.groups(), after.groups(), true);
        plain(task + "rules over the record", before.rules(), after.rules(), true);
        text(task + "it comes after", before.after(), after.after(), true);
        fact(task + "it takes back what was done", before.undoes(), after.undoes(), true);
        if (before.search().isPresent() && after.search().isPresent()) {
            search(task, before.search().get(), after.search().get());
        } else {
            fact(
                    task + "it is a search",
                    before.search().isPresent(),
                    after.search().isPresent(),
                    true);
        }
        parts(task + "effect", before.effects(), after.effects(), EffectPart::name, effect -> "", (was, is) -> {
            String effect = task + "effect '" + is.name() + "': ";
            policy(effect, was.policy(), is.policy());
            plain(effect + "failures that lead elsewhere", words(was.handles()), words(is.handles()), false);
        });
        order(
                task + "effects run in the order",
                names(before.effects(), EffectPart::name),
                names(after.effects(), EffectPart::name));
    }

    private void search(String task, SearchPart before, SearchPart after) {
        text(task + "what tells findings apart", before.key(), after.key(), true);
        plain(task + "an offer tells", words(before.tells()), words(after.tells()), false);
        plain(task + "findings in one offer", before.page(), after.page(), true);
        fact(task + "the only finding is taken unasked", before.takesTheOnlyOne(), after.takesTheOnlyOne(), true);
        fact(task + "what is found is all that there is", before.isAll(), after.isAll(), false);
        policy(task, before.policy(), after.policy());
    }

    private void policy(String work, Policy before, Policy after) {
        plain(work + "timeout", time(before.timeout()), time(after.timeout()), false);
        plain(work + "retries", before.retries(), after.retries(), false);
        plain(work + "it is slow after", time(before.fillerAfter()), time(after.fillerAfter()), false);
        text(work + "when it is slow the agent says", before.filler(), after.filler(), false);
    }

    // Answers.

    private void faq(FlowSnapshot before, FlowSnapshot after) {
        text("When an FAQ answer is clear", before.faqRule(), after.faqRule(), false);
        Function<FaqEntry, String> name = entry -> entry.questions().getFirst();
        parts("FAQ", before.faq(), after.faq(), name, entry -> ", answered \"" + entry.answer() + "\"", (was, is) -> {
            String entry = "FAQ '" + name.apply(is) + "': ";
            text(entry + "the answer", was.answer(), is.answer(), false);
            plain(entry + "ways to ask", words(was.questions()), words(is.questions()), false);
            text(entry + "the source", was.source().orElse(""), is.source().orElse(""), false);
        });
        order("FAQ entries are in the order", names(before.faq(), name), names(after.faq(), name));
    }

    // Words.

    private <P> void parts(
            String kind,
            List<P> before,
            List<P> after,
            Function<P, String> name,
            Function<P, String> about,
            BiConsumer<P, P> compare) {
        boolean answers = kind.equals("FAQ");
        boolean newIsWanted = answers || kind.equals("Task") || kind.equals("Flow");
        without(before, after, name)
                .forEach(gone -> add(Kind.REMOVED, kind + " '" + name.apply(gone) + "' is gone", !answers));
        for (P is : after) {
            List<P> was = before.stream()
                    .filter(old -> name.apply(old).equals(name.apply(is)))
                    .toList();
            if (was.isEmpty()) {
                add(Kind.ADDED, kind + " '" + name.apply(is) + "' is new" + about.apply(is), !newIsWanted);
            } else if (!was.contains(is)) {
                compare.accept(was.getFirst(), is);
            }
        }
    }

    /** Of what is in both. */
    private void order(String what, List<String> before, List<String> after) {
        List<String> was = before.stream().filter(after::contains).toList();
        List<String> is = after.stream().filter(before::contains).toList();
        if (!was.equals(is)) {
            add(Kind.CHANGED, what + " " + words(is) + ", before " + words(was), false);
        }
    }

    private void entries(String what, Map<String, String> before, Map<String, String> after, boolean matters) {
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            text(what + " " + name, before.getOrDefault(name, ""), after.getOrDefault(name, ""), matters);
        }
    }

    private void text(String what, String before, String after, boolean matters) {
        plain(what, quoted(before), quoted(after), matters);
    }

    private void fact(String what, boolean before, boolean after, boolean matters) {
        plain(what, before ? "yes" : "no", after ? "yes" : "no", matters);
    }

    private void plain(String what, Object before, Object after, boolean matters) {
        if (!before.equals(after)) {
            add(Kind.CHANGED, what + ": now " + after + ", before " + before, matters);
        }
    }

    private void add(Kind kind, String sentence, boolean matters) {
        changes.add(new Change(kind, where + sentence + ".", matters));
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "nothing" : '"' + text + '"';
    }

    private static String time(String iso) {
        return iso.isEmpty() ? "never" : plainly(iso, text -> Plainly.time(Duration.parse(text)));
    }

    private static String days(String iso) {
        return iso.isEmpty() ? "nothing" : plainly(iso, text -> Plainly.time(Period.parse(text)));
    }

    /** Files of versions may have been written by hand: what is no length of time stands for itself. */
    private static String plainly(String iso, UnaryOperator<String> words) {
        try {
            return words.apply(iso);
        } catch (DateTimeParseException e) {
            return iso;
        }
    }

    private static String words(List<String> all) {
        return all.isEmpty() ? "nothing" : String.join(", ", all);
    }

    private static String pairs(Map<String, String> all) {
        return words(all.entrySet().stream()
                .map(pair -> pair.getKey() + (pair.getValue().isEmpty() ? "" : " (else " + pair.getValue() + ")"))
                .toList());
    }

    private static String rungs(FlowSnapshot flow) {
        return flow.ladder().isEmpty()
                ? "nothing"
                : flow.ladder().stream()
                        .map(rung -> (rung.slot().isEmpty() ? "" : rung.slot() + " ") + rung.when() + " " + rung.then())
                        .collect(Collectors.joining(", "));
    }

    private static <P> List<String> names(List<P> parts, Function<P, String> name) {
        return parts.stream().map(name).toList();
    }

    private static <P> List<P> without(List<P> parts, List<P> others, Function<P, String> name) {
        List<String> known = names(others, name);
        return parts.stream().filter(part -> !known.contains(name.apply(part))).toList();
    }
}
