package dev.antiphon.flow.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The index on other people's questions: three seed questions an entry, titles indexed, no model. */
class FaqRecallTest {
    private static final Path DATA =
            Path.of(System.getProperty("antiphon.shared", "../shared")).resolve("bench/dialogs/dev/faq-dev.jsonl.gz");

    /** What the lexical baselines of the benchmark reach is the floor. */
    @ParameterizedTest
    @CsvSource({"clinc, 0.67, 0.84", "banking, 0.70, 0.86"})
    void theRightEntryIsAmongTheFirst(String set, double first, double firstThree) throws IOException {
        assumeTrue(Files.exists(DATA), () -> "../shared is missing: " + DATA + " does not exist");
        Corpus corpus = Corpus.read(set);
        List<Query> answerable = corpus.queries().stream()
                .filter(query -> query.entry().isPresent())
                .toList();
        List<Query> strangers = corpus.queries().stream()
                .filter(query -> query.entry().isEmpty())
                .toList();
        double at1 = share(answerable, query -> corpus.rank(query) == 1);
        double at3 = share(answerable, query -> corpus.rank(query) <= 3);
        double answered = share(answerable, corpus::isAnswered);
        double refused = share(strangers, query -> !corpus.isAnswered(query));
        System.out.printf(
                "FAQ %s, %d queries: recall@1 %.3f, recall@3 %.3f, in scope answered %.3f, out of scope refused %.3f%n",
                set, answerable.size(), at1, at3, answered, refused);
        assertThat(at1).isGreaterThanOrEqualTo(first);
        assertThat(at3).isGreaterThanOrEqualTo(firstThree);
        assertThat(answered).isGreaterThanOrEqualTo(0.93);
    }

    private static double share(List<Query> asked, Predicate<Query> holds) {
        return asked.stream().filter(holds).count() / (double) asked.size();
    }

    private record Query(String text, Optional<String> entry) {}

    private record Corpus(Faq faq, List<Query> queries) {

        static Corpus read(String set) throws IOException {
            List<FaqEntry> entries = new ArrayList<>();
            List<Query> queries = new ArrayList<>();
            JsonMapper json = JsonMapper.builder().build();
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(DATA)), StandardCharsets.UTF_8))) {
                for (String line : lines.lines().toList()) {
                    JsonNode node = json.readTree(line);
                    if (!node.path("set").asString().equals(set)) {
                        continue;
                    }
                    if (node.path("type").asString().equals("entry")) {
                        List<String> seeds = new ArrayList<>();
                        for (int i = 0; i < 3; i++) {
                            seeds.add(node.path("questions").get(i).asString());
                        }
                        seeds.add(node.path("title").asString());
                        entries.add(new FaqEntry(seeds, node.path("id").asString(), Optional.empty()));
                    } else {
                        queries.add(new Query(
                                node.path("text").asString(),
                                Optional.of(node.path("entry").asString("")).filter(id -> !id.isEmpty())));
                    }
                }
            }
            return new Corpus(Faq.of(entries), queries);
        }

        /** The place of the right entry, from 1; 4 when it is not among the first three. */
        int rank(Query query) {
            List<Faq.Hit> best = faq.best(query.text(), 3);
            return IntStream.range(0, best.size())
                    .filter(place -> query.entry()
                            .equals(Optional.of(best.get(place).entry().answer())))
                    .map(place -> place + 1)
                    .findFirst()
                    .orElse(4);
        }

        boolean isAnswered(Query query) {
            return faq.answer(query.text()).isPresent();
        }
    }
}
