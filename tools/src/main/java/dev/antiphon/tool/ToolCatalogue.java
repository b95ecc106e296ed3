package dev.antiphon.tool;

import dev.antiphon.realtime.FunctionTool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools of a pool, checked; all of them may be replaced at once. Thread-safe. */
final class ToolCatalogue {
    private volatile Map<String, OfferedTool<?, ?>> tools;

    private ToolCatalogue(Map<String, OfferedTool<?, ?>> tools) {
        this.tools = tools;
    }

    /**
     * Checks the tools.
     *
     * @throws UnusableTool with everything that is wrong with any of them, in one message
     */
    static ToolCatalogue of(List<? extends Tool<?, ?>> tools) {
        return new ToolCatalogue(checked(tools));
    }

    /** Has other tools from now on. */
    void replace(List<? extends Tool<?, ?>> others) {
        tools = checked(others);
    }

    private static Map<String, OfferedTool<?, ?>> checked(List<? extends Tool<?, ?>> tools) {
        Map<String, OfferedTool<?, ?>> offered = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Tool<?, ?> tool : tools) {
            try {
                if (offered.putIfAbsent(tool.name(), new OfferedTool<>(tool)) != null) {
                    problems.add("tool '" + tool.name() + "' is declared twice; tool names must be distinct");
                }
            } catch (UnusableTool e) {
                problems.add("tool '" + tool.name() + "': " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new UnusableTool(String.join("; ", problems));
        }
        return offered;
    }

    Optional<OfferedTool<?, ?>> named(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    Collection<OfferedTool<?, ?>> all() {
        return tools.values();
    }

    List<FunctionTool> functions() {
        List<FunctionTool> functions = new ArrayList<>();
        tools.values().forEach(tool -> functions.add(tool.function()));
        return List.copyOf(functions);
    }
}
