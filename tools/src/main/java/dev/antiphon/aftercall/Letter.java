package dev.antiphon.aftercall;

import java.time.Instant;
import java.util.Optional;

/**
 * One task of one call that is not done yet. Immutable.
 *
 * @param task its name
 * @param call what the task gets to know; without the transcript unless the task has opted in
 * @param state what happens to it
 * @param attempts how many were made since the call, or since it was last revived
 * @param prepared what the task's first half has made already, as JSON, so that it is not made again
 * @param error of the last attempt; empty when none was made
 * @param since when the call had ended, or the last attempt failed
 */
public record Letter(
        String task,
        EndedCall call,
        State state,
        int attempts,
        Optional<String> prepared,
        String error,
        Instant since) {

    /** What happens to a letter. */
    public enum State {
        /** It is delivered, now or after a pause, also by another process later. */
        PENDING,
        /** Nobody tries it any more until somebody says so. */
        DEAD
    }

    static Letter of(AfterCallTask task, EndedCall call) {
        return new Letter(
                task.name(),
                task.wantsTranscript() ? call : call.withoutTranscript(),
                State.PENDING,
                0,
                Optional.empty(),
                "",
                call.ended());
    }

    /** The same for each attempt: the call's id, a colon and the task's name. */
    public String key() {
        return call.call() + ":" + task;
    }

    Letter prepared(String json) {
        return new Letter(task, call, state, attempts, Optional.of(json), error, since);
    }

    Letter failed(String why, Instant when) {
        return new Letter(task, call, state, attempts + 1, prepared, why, when);
    }

    Letter dead() {
        return new Letter(task, call, State.DEAD, attempts, prepared, error, since);
    }

    Letter dead(String why, Instant when) {
        return new Letter(task, call, State.DEAD, attempts, prepared, why, when);
    }

    Letter revived() {
        return new Letter(task, call, State.PENDING, 0, prepared, error, since);
    }

    /** Without what callers said: it may stand in a log. */
    @Override
    public String toString() {
        return "Letter[" + key() + " " + state + "]";
    }
}
