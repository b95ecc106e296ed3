package dev.antiphon.benchmarks.faq;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One set of a benchmark file: entries that are searched, and other people's questions.
 *
 * @param name of the set, for example {@code clinc}
 */
record FaqSet(String name, List<Entry> entries, List<Query> queries) {

    FaqSet {
        entries = List.copyOf(entries);
        queries = List.copyOf(queries);
    }

    /**
     * What is searched.
     *
     * @param title the topic in a few words; indexed as one more question
     * @param questions the seed questions
     */
    record Entry(String id, String title, List<String> questions) {
        Entry {
            questions = List.copyOf(questions);
        }

        /** The first seed questions and the title. */
        List<String> seeds(int count) {
            List<String> seeds = new ArrayList<>(questions.subList(0, count));
            seeds.add(title);
            return seeds;
        }
    }

    /**
     * A question.
     *
     * @param entry the id of the entry that answers it; none when no entry does
     */
    record Query(String text, Optional<String> entry) {}

    /** The fewest seed questions of all entries. */
    int seeds() {
        return entries.stream()
                .mapToInt(entry -> entry.questions().size())
                .min()
                .orElse(0);
    }

    /**
     * The sets of a file of JSON lines, compressed by gzip or not, in the order in which they begin.
     *
     * @throws IllegalArgumentException when the file is missing or has another form, with the line
     */
    static List<FaqSet> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("the FAQ data must be a file, but " + file + " is not there");
        }
        Map<String, Lines> sets = new LinkedHashMap<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(uncompressed(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    add(sets, line, file + ", line " + number);
                }
            }
        } catch (ZipException | EOFException e) {
            throw new IllegalArgumentException(file + " must be a whole gzip file, but is not: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the FAQ data " + file + " must be readable, but is not", e);
        }
        if (sets.isEmpty()) {
            throw new IllegalArgumentException(file + " must have entries and queries, but is empty");
        }
        return sets.entrySet().stream()
                .map(set -> set.getValue().checked(set.getKey(), file))
                .toList();
    }

    private static InputStream uncompressed(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return zipped ? new GZIPInputStream(in) : in;
    }

    private static void add(Map<String, Lines> sets, String line, String where) {
        JsonNode node;
        try {
            node = JsonMapper.shared().readTree(line);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(where + ": must be one JSON object, but is not", e);
        }
        Lines lines = sets.computeIfAbsent(text(node, "set", where), name -> new Lines());
        String type = text(node, "type", where);
        switch (type) {
            case "entry" -> {
                List<String> questions = node.path("questions")
                        .valueStream()
                        .map(JsonNode::asString)
                        .filter(question -> !question.isBlank())
                        .toList();
                if (questions.isEmpty()) {
                    throw new IllegalArgumentException(where + ": an entry must have questions, but has none");
                }
                lines.entries.add(new Entry(text(node, "id", where), text(node, "title", where), questions));
            }
            case "query" ->
                lines.queries.add(new Query(
                        text(node, "text", where),
                        Optional.of(node.path("entry").asString("")).filter(id -> !id.isEmpty())));
            default ->
                throw new IllegalArgumentException(where + ": type must be entry or query, but was '" + type + "'");
        }
    }

    private static String text(JsonNode node, String field, String where) {
        String text = node.path(field).asString("");
        if (text.isBlank()) {
            throw new IllegalArgumentException(where + ": must have the text '" + field + "', but has none");
        }
        return text;
    }

    /** What was read of a set so far. */
    private static final class Lines {
        private final List<Entry> entries = new ArrayList<>();
        private final List<Query> queries = new ArrayList<>();

        FaqSet checked(String name, Path file) {
            Set<String> ids = entries.stream().map(Entry::id).collect(Collectors.toSet());
            List<String> asked =
                    queries.stream().flatMap(query -> query.entry().stream()).toList();
            if (asked.isEmpty()) {
                throw new IllegalArgumentException(
                        file + ": set " + name + " must have queries with an entry, but has none");
            }
            asked.stream().filter(id -> !ids.contains(id)).findFirst().ifPresent(id -> {
                throw new IllegalArgumentException(
                        file + ": a query of set " + name + " names the entry '" + id + "', which is not there");
            });
            return new FaqSet(name, entries, queries);
        }
    }
}
