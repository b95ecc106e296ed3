package dev.antiphon.benchmarks.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The index of the flows on other people's questions. The floors are a little below what it reaches. */
class FaqRecallTest {
    private static final Path DATA =
            Path.of(System.getProperty("antiphon.shared", "../shared")).resolve("bench/dialogs/dev/faq-dev.jsonl.gz");

    @ParameterizedTest
    @CsvSource({
        "clinc, 1, 0.620, 0.800, 0.38",
        "clinc, 3, 0.700, 0.860, 0.55",
        "clinc, 5, 0.765, 0.895, 0.62",
        "banking, 1, 0.670, 0.835, 0.12",
        "banking, 3, 0.770, 0.885, 0.24",
        "banking, 5, 0.805, 0.905, 0.28"
    })
    void theRightEntryIsAmongTheFirst(String name, int seeds, double first, double firstThree, double rejected) {
        assumeThat(DATA).as("../shared is missing").exists();
        FaqSet set = FaqSet.read(DATA).stream()
                .filter(read -> read.name().equals(name))
                .findFirst()
                .orElseThrow();
        FaqMeasure reached = FaqMeasure.of(set, () -> FaqSearch.antiphon(set, seeds));
        FaqMeasure plain = FaqMeasure.of(set, () -> new PlainBm25(set, seeds));

        assertThat(reached.recallAt1()).isGreaterThanOrEqualTo(first).isGreaterThan(plain.recallAt1() + 0.08);
        assertThat(reached.recallAt3()).isGreaterThanOrEqualTo(firstThree).isGreaterThan(plain.recallAt3() + 0.05);
        FaqChoices choices = reached.choices().orElseThrow();
        assertThat(choices.right())
                .isGreaterThanOrEqualTo(0.97 * reached.recallAt3())
                .isGreaterThan(reached.recallAt1());
        assertThat(choices.wrong()).isLessThan(0.035);
        assertThat(choices.refused()).isGreaterThan(0.7);
        assertThat(reached.rejectedAt5()).isGreaterThanOrEqualTo(rejected);
    }
}
