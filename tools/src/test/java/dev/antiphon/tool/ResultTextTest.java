package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultTextTest {
    record Slot(LocalDate date, Optional<String> note) {}

    private static final class Secret {
        @Override
        public String toString() {
            return "not JSON";
        }
    }

    @Test
    void aRecordBecomesJson() {
        assertThat(ResultText.of(
                        List.of(new Slot(LocalDate.of(2026, 11, 20), Optional.of("quiet"))), 1_000, new HashSet<>()))
                .isEqualTo("[{\"date\":\"2026-11-20\",\"note\":\"quiet\"}]");
    }

    @Test
    void aLongResultIsCutAndSaysSo() {
        JsonNode cut = JsonMapper.shared().readTree(ResultText.of("x".repeat(5_000), 200, new HashSet<>()));
        assertThat(cut.get("truncated").asBoolean()).isTrue();
        assertThat(cut.get("total_chars").asInt()).isEqualTo(5_002);
        assertThat(cut.get("beginning").asString()).hasSize(200).startsWith("\"xxx");
    }

    @Test
    void aResultOfExactlyTheBoundIsWhole() {
        assertThat(ResultText.of("x".repeat(98), 100, new HashSet<>())).isEqualTo("\"" + "x".repeat(98) + "\"");
    }

    @Test
    void whatHasNoPropertiesIsNotJson() {
        assertThatThrownBy(() -> ResultText.of(new Secret(), 100, new HashSet<>()))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void anEndlessResultIsCutToo() {
        Iterable<String> endless =
                () -> java.util.stream.Stream.generate(() -> "again and again").iterator();
        JsonNode cut = JsonMapper.shared().readTree(ResultText.of(endless, 100, new HashSet<>()));
        assertThat(cut.get("truncated").asBoolean()).isTrue();
        assertThat(cut.get("total_chars").asInt()).isGreaterThan(1_000_000);
        assertThat(cut.get("beginning").asString()).hasSize(100);
    }
}
