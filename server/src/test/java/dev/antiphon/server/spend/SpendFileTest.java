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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                .hasMessageContaining(
                        "spend.json: a day must be such as 2026-11-30, but was 'yesterday'; mend or remove the file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"-5\"",
                "-5",
                "\"1e9\"",
                "\"1e999999999\"",
                "\"1e-999999999\"",
                "\"1000000000.01\"",
                "\"\"",
                "\"NaN\"",
                "\"five\"",
                "\"0x10\"",
                "\"+5\"",
                "null",
                "true",
                "[5]",
                "{}",
                "\"5,00\""
            })
    void anAmountThatNobodyCanHaveSpentStopsTheStartWithFileDayAndValue(String odd) throws Exception {
        Path file = Files.writeString(
                folder.resolve("spend.json"), "{\"days\":{\"2026-11-29\":\"1\",\"2026-11-30\":" + odd + "}}");

        assertThatThrownBy(() -> new SpendFile(file).load())
                .isInstanceOf(SpendFile.UnusableSpendFile.class)
                .hasMessageContaining(
                        "spend.json: what was spent on '2026-11-30' must be dollars from 0 to 1000000000 in"
                                + " plain digits, but was '" + odd.replace("\"", "") + "'; mend or remove the file");
        Files.writeString(file, "{\"experiments\":{\"voice\":" + odd + "}}");
        assertThatThrownBy(() -> new SpendFile(file).load()).hasMessageContaining("what was spent on 'voice' must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"x\"", "{\"days\":[]}", "{\"days\":\"5\"}", "{\"experiments\":null}"})
    void aFileOfAnotherFormStopsTheStart(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("spend.json"), text);

        assertThatThrownBy(() -> new SpendFile(file).load()).isInstanceOf(SpendFile.UnusableSpendFile.class);
    }

    @Test
    void amountsAreReadAsTextAndAsNumbers() throws Exception {
        Path file = Files.writeString(
                folder.resolve("spend.json"), "{\"days\":{\"2026-11-30\":1.25,\"2026-11-29\":\"0\"}}");

        assertThat(new SpendFile(file).load().ofDay(DAY)).isEqualTo(Money.usd("1.25"));
    }
}
