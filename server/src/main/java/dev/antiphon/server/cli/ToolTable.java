package dev.antiphon.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tools as a table for people, at most {@value #WIDTH} characters wide where words allow. */
final class ToolTable {
    private static final int WIDTH = 110;
    private static final int LEAST_TEXT = 40;

    private final PrintWriter out;
    private final Ink ink;

    ToolTable(PrintWriter out, Ink ink) {
        this.out = out;
        this.ink = ink;
    }

    void print(List<ToolBench.Known> tools) {
        int names = tools.stream()
                .mapToInt(tool -> tool.function().name().length())
                .max()
                .orElse(0);
        String row = "%-" + Math.max(names, 4) + "s  %-9s  %-7s  ";
        out.println(ink.bold(String.format(row, "TOOL", "ACCESS", "TIMEOUT") + "WHAT IT IS FOR"));
        tools.forEach(tool -> print(tool, row));
    }

    private void print(ToolBench.Known tool, String row) {
        String first = String.format(row, tool.function().name(), access(tool), timeout(tool));
        String rest = " ".repeat(first.length());
        int width = Math.max(LEAST_TEXT, WIDTH - first.length());
        List<String> lines = wrapped(tool.function().description(), width);
        for (int i = 0; i < lines.size(); i++) {
            out.println((i == 0 ? first : rest) + lines.get(i));
        }
        tool.policy()
                .map(policy -> String.join("; ", PolicyText.differences(policy).values()))
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> wrapped(text, width).forEach(line -> out.println(rest + ink.dim(line))));
    }

    /** {@code read-only}, {@code changing}, {@code flow}, or nothing when it is not known. */
    static String access(ToolBench.Known tool) {
        if (tool.ofFlow()) {
            return "flow";
        }
        return tool.policy().isEmpty() ? "" : tool.changes() ? "changing" : "read-only";
    }

    private static String timeout(ToolBench.Known tool) {
        return tool.limit().map(PolicyText::time).orElse("");
    }

    /** At least one line; what a terminal would obey is left out. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        Optional<StringBuilder> line = Optional.empty();
        for (String word : text.strip().split("[\\s\\p{Cntrl}]+")) {
            if (line.isPresent() && line.get().length() + 1 + word.length() <= width) {
                line.get().append(' ').append(word);
            } else {
                line.ifPresent(full -> lines.add(full.toString()));
                line = Optional.of(new StringBuilder(word));
            }
        }
        line.ifPresent(last -> lines.add(last.toString()));
        return lines;
    }
}
