package dev.antiphon.server.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.model.Money;
import dev.antiphon.spend.SpendTotals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpendFileTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 30);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatWasSavedLastIsReadAgain() {
        Path file = folder.resolve("new").resolve("spend.json");
        SpendFile written = new SpendFile(file);
        assertThat(written.load()).isEqualTo(SpendTotals.NONE);
        SpendTotals totals = SpendTotals.NONE;
        for (int i = 0; i < 100; i++) {
            totals = totals.plusDay(DAY, Money.usd("0.01")).plusExperiment("voice", Money.usd("0.001"));
            written.save(totals);
        }
        written.flush();

        assertThat(new SpendFile(file).load()).isEqualTo(totals);
        assertThat(folder.resolve("new").toFile().list()).containsExactly("spend.json");
    }

    @Test
    void aFileThatCannotBeReadStopsTheStart() throws Exception {
        Path file = Files.writeString(folder.resolve("spend.json"), "{\"days\":{\"yesterday\":\"1\"}}");

        assertThatThrownBy(() -> new SpendFile(file).load())
                .isInstanceOf(SpendFile.UnusableSpendFile.class)
                .hasMessageContaining("spend.json: DateTimeParseException; mend or remove the file");
    }
}
