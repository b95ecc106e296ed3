package dev.antiphon.benchmarks.dialogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.antiphon.benchmarks.dialogs.DialogScores.BenchProblem;
import dev.antiphon.benchmarks.dialogs.DialogScores.Mode;
import dev.antiphon.benchmarks.dialogs.DialogScores.Rate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dialogues that the engine was not written for, replayed and with simulated callers who are misheard. */
class DialogScoresTest {
    private static final Path BENCH =
            Path.of(System.getProperty("antiphon.shared", "../shared")).resolve("bench/dialogs");

    private static DialogScores dev() {
        assumeTrue(Files.exists(BENCH), () -> "../shared is missing: " + BENCH + " does not exist");
        return DialogScores.ofDev(BENCH);
    }

    @Test
    void replayedDialoguesAreRightAndNothingIsDoneWithoutAYes() {
        List<Rate> rates = dev().replay();

        assertThat(rates).extracting(Rate::name).contains("dialogue.joint", "safety.confirmed-transactions");
        assertThat(rates).allMatch(DialogTargets::isReached);
    }

    @Test
    void theSameDialoguesOverTheWireAreAsRight() {
        List<Rate> rates = dev().replayOverTheWire(100, done -> {});

        assertThat(joint(rates)).isGreaterThanOrEqualTo(joint(dev().replay()) - 1);
        assertThat(rates)
                .filteredOn(rate -> rate.name().equals("safety.confirmed-transactions"))
                .singleElement()
                .matches(DialogTargets::isReached);
    }

    private static double joint(List<Rate> rates) {
        return rates.stream()
                .filter(rate -> rate.name().equals("dialogue.joint"))
                .findFirst()
                .orElseThrow()
                .percent();
    }

    @Test
    void callersWhoAreMisheardOnceInTenActsGetWhatTheyWant() {
        List<Mode> told = new ArrayList<>();

        List<Mode> modes = dev().simulate("nlu10", told::add);

        assertThat(modes).isEqualTo(told).hasSize(1).allMatch(DialogTargets::isReached);
        assertThat(modes.getFirst().dialogues()).isGreaterThan(500);
    }

    @Test
    void aFolderWithoutTheBenchIsNamed() {
        assertThatThrownBy(() -> DialogScores.ofDev(Path.of("nowhere")))
                .isInstanceOf(BenchProblem.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("--bench");
    }

    @Test
    void figuresBelowTheirTargetAreMissed() {
        assertThat(DialogTargets.isReached(new Rate("dialogue.joint", 99.4, 600)))
                .isFalse();
        assertThat(DialogTargets.isReached(new Rate("dialogue.joint", 99.5, 600)))
                .isTrue();
        assertThat(DialogTargets.isReached(new Mode("nlu10", 600, 99.5, 0, 4, 0, 1.1)))
                .isFalse();
        assertThat(DialogTargets.isReached(new Mode("nlu10", 600, 99.5, 0, 3, 0, 1.21)))
                .isFalse();
        assertThat(DialogTargets.isReached(new Mode("plain", 600, 100, 1, 0, 0, 1)))
                .isFalse();
        assertThat(DialogTargets.isReached(new Mode("plain", 600, 99.5, 0, 9, 0, 2)))
                .isTrue();
    }
}
