package dev.antiphon.flow;

import java.util.List;
import java.util.Optional;

/** What an author lets the agent say in one step; the read-back is worded once. Not thread-safe. */
final class AuthorWords {
    /** The read-back of these values; without words where the author's code threw. */
    private record Worded(Task<?> task, SlotValues values, Optional<Utterance> words) {}

    private Optional<Worded> last = Optional.empty();

    /** The read-back of the values so far; empty when the author's code throws, which is reported. */
    Optional<Utterance> readBack(Turn turn) {
        Worded worded = last.filter(
                        known -> known.task() == turn.task() && known.values().equals(turn.state.slots()))
                .orElseGet(() -> new Worded(turn.task(), turn.state.slots(), word(turn)));
        last = Optional.of(worded);
        return worded.words();
    }

    private static Optional<Utterance> word(Turn turn) {
        try {
            return Optional.of(turn.words(turn.task().readBack(turn.state.slots(), turn.slots())));
        } catch (RuntimeException e) {
            turn.fault("confirmation", e);
            return Optional.empty();
        }
    }

    /** What an author lets the agent say: values that slots hold are spoken as those speak them. */
    static Utterance of(Turn turn, Saying saying) {
        return switch (saying) {
            case Utterance utterance -> utterance;
            case Saying.Template template ->
                template.worded(value -> spokenBySlot(turn, value)).in(turn.language());
        };
    }

    /** As the slots that hold a value speak it; empty when none does, or not all in the same words. */
    private static Optional<String> spokenBySlot(Turn turn, Object value) {
        Object plain = value instanceof Optional<?> maybe
                ? maybe.<Object>map(each -> each).orElse(value)
                : value;
        List<String> words = turn.flow.slots().stream()
                .filter(slot -> turn.slots().find(slot).filter(plain::equals).isPresent())
                .flatMap(slot -> turn.spoken(slot).stream())
                .distinct()
                .toList();
        return words.size() == 1 ? Optional.of(words.getFirst()) : Optional.empty();
    }
}
