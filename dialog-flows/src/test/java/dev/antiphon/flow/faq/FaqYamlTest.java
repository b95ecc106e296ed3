package dev.antiphon.flow.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaqYamlTest {
    private static final String MARKDOWN = """
            # Clinic questions

            ## Do you take insurance?
            - Which plans are accepted?

            Yes, all major plans.
            Bring your card.
            Source: handbook, page 2

            ## Is there parking?
            Behind the building.
            """;
    private static final String YAML = """
            # Clinic questions
            - questions:
                - Do you take insurance?
                - Which plans are accepted?
              answer: |
                Yes, all major plans.
                Bring your card.
              source: handbook, page 2
            - question: Is there parking?
              answer: Behind the building.
            """;

    @ParameterizedTest
    @ValueSource(strings = {"faq.yaml", "faq.yml", "FAQ.YAML"})
    void bothFormsOfOneFaqAreEqual(String name, @TempDir Path folder) throws IOException {
        Faq yaml = Faq.from(Files.writeString(folder.resolve(name), YAML));
        Faq markdown = Faq.from(Files.writeString(folder.resolve("faq.md"), MARKDOWN));

        assertThat(yaml.entries()).isEqualTo(markdown.entries()).hasSize(2);
        assertThat(yaml.fingerprint()).isEqualTo(markdown.fingerprint());
    }

    @Test
    void aPackedFileIsRead() {
        assertThat(Faq.fromResource(FaqYamlTest.class, "clinic.yaml").entries())
                .isEqualTo(Faq.parseYaml(YAML).entries());
    }

    @Test
    void figuresAndTruthValuesAreTexts() {
        assertThat(Faq.parseYaml("- {question: 24, answer: yes}").entries())
                .containsExactly(FaqEntry.entry("24").answer("yes"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    - {question: Why?, answer: So., reply: No.} | line 1: 'reply' is no key of an entry; the keys are questions, question, answer, source
                    - question: Why?~  answer: So.~- question: When? | line 3: an FAQ entry needs an answer, but 'When?' has none
                    - question: Why?~  answer: So.~- question: When?~  answer:  | line 3: an FAQ entry needs an answer, but 'When?' has none
                    - question: Why?~  answer: So.~- question: why ?~  answer: No. | 'why ?' stands in line 1 and in line 3
                    - answer: So. | line 1: an FAQ entry needs at least 1 question, but has none
                    - questions: [Why?, '']~  answer: So. | line 1: a question must not be blank
                    - question: Why?~  answer: [So., No.] | line 2: 'answer' must be one text, but is a list
                    - question: Why?~  answer: {a: b} | line 2: 'answer' must be a text
                    - question: &it Why?~  answer: *it | line 2: 'answer' must be a text
                    - question: Why?~  answer: So.~  answer: No. | 'answer'
                    - Why? | line 1: an entry must have keys (questions, question, answer, source)
                    question: Why? | line 1: an FAQ must be a list of entries
                    - {question: Why?, answer: So.}~---~- {question: When?, answer: So.} | one document
                    - question: Why?~  answer: Note: this | line 2: must be YAML, but
                    ~# nothing | an FAQ needs at least 1 entry, but has none
                    [] | an FAQ needs at least 1 entry, but has none
                    """)
    void whatBreaksARuleIsRefusedWithFileAndLine(String yaml, String message, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("faq.yaml"), yaml.replace('~', '\n'));

        assertThatThrownBy(() -> Faq.from(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the FAQ file '" + file + "': ")
                .hasMessageContaining(message);
    }
}
