package dev.antiphon.aftercall;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a server does when its calls are over, besides the tasks of its bot. Immutable.
 *
 * @param tasks with names of their own; default none
 * @param settings how they run
 * @param box opened when there is a task, once for each server; default a {@link LetterShelf}, which is lost with the process
 */
public record AfterCallPlan(List<AfterCallTask> tasks, AfterCallSettings settings, Supplier<LetterBox> box) {
    public AfterCallPlan {
        tasks = List.copyOf(tasks);
    }

    /** No tasks. */
    public static AfterCallPlan none() {
        return new AfterCallPlan(List.of(), AfterCallSettings.defaults(), LetterShelf::new);
    }

    /** A copy with another task. */
    public AfterCallPlan with(AfterCallTask task) {
        List<AfterCallTask> more = new ArrayList<>(tasks);
        more.add(task);
        return new AfterCallPlan(more, settings, box);
    }

    /** A copy that runs them otherwise. */
    public AfterCallPlan withSettings(AfterCallSettings other) {
        return new AfterCallPlan(tasks, other, box);
    }

    /** A copy that keeps them in this folder, see {@link LetterFolder#at}. */
    public AfterCallPlan keptIn(Path folder) {
        return keptBy(() -> LetterFolder.at(folder));
    }

    /** A copy that keeps them elsewhere. */
    public AfterCallPlan keptBy(Supplier<LetterBox> other) {
        return new AfterCallPlan(tasks, settings, other);
    }
}
