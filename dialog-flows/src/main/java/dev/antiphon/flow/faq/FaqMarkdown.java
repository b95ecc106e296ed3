package dev.antiphon.flow.faq;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the Markdown form of an FAQ, see {@link Faq#from}. */
final class FaqMarkdown {
    private final List<FaqEntry> entries = new ArrayList<>();
    private final List<String> questions = new ArrayList<>();
    private final List<String> answer = new ArrayList<>();
    private final Map<String, Integer> headings = new HashMap<>();
    private Optional<String> source = Optional.empty();
    private int number;
    private int heading;
    private int level;

    private FaqMarkdown() {}

    static List<FaqEntry> parse(String text) {
        FaqMarkdown reader = new FaqMarkdown();
        text.lines().map(String::strip).forEach(reader::line);
        reader.close(false);
        return List.copyOf(reader.entries);
    }

    private void line(String line) {
        number++;
        if (line.startsWith("#")) {
            int deep = line.length() - line.replaceFirst("^#+", "").length();
            close(deep > level);
            heading = number;
            level = deep;
            questions.add(line.replaceFirst("^#+\\s*", ""));
        } else if (line.isEmpty()) {
            return;
        } else if (questions.isEmpty()) {
            throw new IllegalArgumentException("text of an FAQ must stand below a heading, but line " + number + " '"
                    + line + "' stands before the first one");
        } else if (answer.isEmpty() && line.matches("[-*]\\s+.*")) {
            questions.add(line.replaceFirst("^[-*]\\s+", ""));
        } else if (line.regionMatches(true, 0, "Source:", 0, 7)) {
            source = Optional.of(line.substring(7).strip());
        } else {
            answer.add(line);
        }
    }

    /** A heading without an answer is a title when a deeper one follows, else a mistake. */
    private void close(boolean mayBeTitle) {
        if (!questions.isEmpty() && answer.isEmpty() && !mayBeTitle) {
            throw new IllegalArgumentException("a heading of an FAQ needs an answer below it, but '"
                    + questions.getFirst() + "' in line " + heading + " has none");
        }
        if (!questions.isEmpty() && !answer.isEmpty()) {
            Optional.ofNullable(headings.put(Faq.heading(questions.getFirst()), heading))
                    .ifPresent(earlier -> {
                        throw new IllegalArgumentException("entries of an FAQ need headings of their own, but '"
                                + questions.getFirst() + "' stands in line " + earlier + " and in line " + heading);
                    });
            String words = answer.stream().collect(Collectors.joining(" "));
            entries.add(new FaqEntry(questions, words, source));
        }
        questions.clear();
        answer.clear();
        source = Optional.empty();
    }
}
