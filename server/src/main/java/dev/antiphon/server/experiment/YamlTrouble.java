package dev.antiphon.server.experiment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** Why a text is no YAML, in one line. */
public final class YamlTrouble {
    private static final Pattern MARK = Pattern.compile("(?m)^ +in .*, line (\\d+), column \\d+");

    private YamlTrouble() {}

    /** The line of it, from 1: the last one that the parser's message names, which is where it gave up. */
    public static int line(JacksonException broken) {
        int line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
        Matcher marks = MARK.matcher(String.valueOf(broken.getOriginalMessage()));
        while (marks.find()) {
            line = Integer.parseInt(marks.group(1));
        }
        return Math.max(1, line);
    }

    /** The parser's sentences, without the excerpts that stand indented below them. */
    public static String of(JacksonException broken) {
        String told = String.valueOf(broken.getOriginalMessage())
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .map(String::strip)
                .collect(Collectors.joining(": "));
        return told.isEmpty() ? "it cannot be read" : told;
    }
}
