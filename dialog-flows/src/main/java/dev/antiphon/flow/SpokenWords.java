package dev.antiphon.flow;

import dev.antiphon.flow.say.Speakable;
import dev.antiphon.flow.slot.Slot;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What is wrong with an author's words, found by trying them with two sets of made-up values. Pure. */
final class SpokenWords {
    private SpokenWords() {}

    /** Records in gaps, which would be spoken as Java writes them. */
    static <R> Optional<String> recordInGap(String part, BiFunction<R, Object, Saying> words, Task<R> task) {
        return Stream.of(MadeUp.ONE, MadeUp.OTHER)
                .flatMap(values -> template(words, task, values).stream())
                .flatMap(template -> template.values().stream())
                .filter(value -> value instanceof Record && !(value instanceof Speakable))
                .filter(value -> task.allSlots().stream()
                        .noneMatch(slot -> slot.type().valueType().isInstance(value)))
                .findFirst()
                .map(value -> "a gap of say(...) in " + part
                        + "(...) must hold what can be spoken, but holds the record "
                        + value.getClass().getSimpleName() + ", which would be read out as Java writes it: name its"
                        + " components, or let it implement Speakable");
    }

    /** A read-back before an effect that says the same whatever the values are; values that are all sensitive may be left out. */
    static <R> Optional<String> readsNothingBack(BiFunction<R, Object, Saying> words, Task<R> task) {
        List<String> open = task.allSlots().stream()
                .filter(slot -> !slot.isSensitive())
                .map(Slot::name)
                .toList();
        Optional<Object> one = MadeUp.ONE.of(task.resultType());
        if (task.effects().isEmpty()
                || open.isEmpty()
                || one.isEmpty()
                || one.equals(MadeUp.OTHER.of(task.resultType()))) {
            return Optional.empty();
        }
        Optional<Saying> first = said(words, task, MadeUp.ONE);
        boolean same = first.isPresent() && first.equals(said(words, task, MadeUp.OTHER));
        boolean gaps = first.filter(saying -> saying instanceof Saying.Template template
                        && !template.values().isEmpty())
                .isPresent();
        boolean blank = first.filter(saying -> switch (saying) {
                    case Utterance utterance -> utterance.text().isBlank();
                    case Saying.Template template -> template.template().isBlank();
                })
                .isPresent();
        return same && !gaps && !blank
                ? Optional.of("confirm(...) must read back what the effect does, but names none of the values " + open
                        + ": write for example say(\"{}. Shall I do it?\", values." + open.getFirst() + "())")
                : Optional.empty();
    }

    private static <R> Optional<Saying.Template> template(
            BiFunction<R, Object, Saying> words, Task<R> task, MadeUp values) {
        return said(words, task, values)
                .flatMap(saying ->
                        saying instanceof Saying.Template template ? Optional.of(template) : Optional.empty());
    }

    private static <R> Optional<Saying> said(BiFunction<R, Object, Saying> words, Task<R> task, MadeUp values) {
        return SayingTrial.of(words, task.resultType(), values) instanceof SayingTrial.Said said
                ? Optional.of(said.words())
                : Optional.empty();
    }
}
