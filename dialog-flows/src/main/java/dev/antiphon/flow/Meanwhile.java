package dev.antiphon.flow;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the caller wants while something runs: it is done when that has ended. What is said later wins.
 *
 * @param values values by slot, as they were given
 * @param at when the caller last wanted something, in ISO 8601 with the zone, by which "tomorrow" is read; empty when nothing is
 *     wanted
 * @param objection whether the caller wants none of it any more
 * @param task the task that is wanted next; empty when none
 * @param questions names of the values that the caller asked about
 * @param person whether the caller wants a person
 * @param leaves whether the caller takes leave
 */
public record Meanwhile(
        Map<String, String> values,
        String at,
        Objection objection,
        Optional<String> task,
        List<String> questions,
        boolean person,
        boolean leaves) {
    static final Meanwhile NOTHING =
            new Meanwhile(Map.of(), "", Objection.NONE, Optional.empty(), List.of(), false, false);

    public Meanwhile {
        values = Map.copyOf(values);
        questions = List.copyOf(questions);
    }

    /** How much the caller minds what runs. */
    public enum Objection {
        /** Not at all. */
        NONE,
        /** A no after the yes. */
        NO,
        /** It is not to be. */
        CANCEL
    }

    /** Whether it is about something else than what runs. */
    boolean leads() {
        return person || leaves || objection == Objection.CANCEL || task.isPresent();
    }

    /** When it was wanted; empty when nothing is. */
    Optional<ZonedDateTime> time() {
        return Optional.of(at).filter(text -> !text.isEmpty()).map(ZonedDateTime::parse);
    }

    Meanwhile giving(Map<String, String> more, ZonedDateTime now) {
        Map<String, String> all = new HashMap<>(values);
        all.putAll(more);
        return new Meanwhile(all, now.toString(), Objection.NONE, task, questions, person, leaves);
    }

    Meanwhile objecting(Objection how, ZonedDateTime now) {
        boolean more = how.compareTo(objection) > 0;
        return new Meanwhile(
                Map.of(), now.toString(), more ? how : objection, Optional.empty(), questions, person, leaves);
    }

    Meanwhile starting(String next, ZonedDateTime now) {
        return new Meanwhile(values, now.toString(), Objection.NONE, Optional.of(next), questions, person, leaves);
    }

    Meanwhile asking(String name, ZonedDateTime now) {
        List<String> more = new ArrayList<>(questions);
        more.add(name);
        return new Meanwhile(values, now.toString(), objection, task, more, person, leaves);
    }

    /** What was given is taken. */
    Meanwhile taken() {
        return new Meanwhile(Map.of(), at, objection, task, questions, person, leaves);
    }

    Meanwhile answered() {
        return new Meanwhile(values, at, objection, task, List.of(), person, leaves);
    }

    Meanwhile wantingPerson(ZonedDateTime now) {
        return new Meanwhile(values, now.toString(), objection, task, questions, true, leaves);
    }

    Meanwhile leaving(ZonedDateTime now) {
        return new Meanwhile(values, now.toString(), objection, task, questions, person, true);
    }
}
