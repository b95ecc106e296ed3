package dev.antiphon.testkit.brain;

import dev.antiphon.testkit.emulator.Brain.Entry;
import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import dev.antiphon.testkit.emulator.Brain.Turn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tools beside those of a flow. The flow does not see their answers, so the open question is asked again after them. Pure. */
final class Aside {
    private Aside() {}

    /** The tools that are not the flow's. */
    static List<ToolSpec> tools(List<ToolSpec> offered) {
        return offered.stream().filter(tool -> !ConventionPlanner.owns(tool)).toList();
    }

    /** The question to come back to after the latest answers; empty when one of them is the flow's, or nothing was asked. */
    static Optional<String> backTo(Turn turn, Scene scene) {
        List<Entry> latest = turn.history().reversed().stream()
                .takeWhile(entry -> entry instanceof Entry.ToolAnswered || entry instanceof Entry.ToolCalled)
                .toList();
        Set<String> called = latest.stream()
                .filter(Entry.ToolCalled.class::isInstance)
                .map(call -> ((Entry.ToolCalled) call).name())
                .collect(Collectors.toSet());
        boolean aside = ConventionPlanner.appliesTo(turn.tools())
                && !called.isEmpty()
                && tools(turn.tools()).stream()
                        .map(ToolSpec::name)
                        .collect(Collectors.toSet())
                        .containsAll(called);
        String asked = scene.agentWords().strip();
        return aside && asked.endsWith("?")
                ? Optional.of(asked.replaceFirst("(?s)^.*[.!?]\\s+", ""))
                : Optional.empty();
    }
}
