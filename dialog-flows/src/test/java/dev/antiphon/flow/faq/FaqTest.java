package dev.antiphon.flow.faq;

import static dev.antiphon.flow.faq.FaqEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaqTest {
    private final Faq faq = Faq.of(
            entry("Do you take insurance?", "Which insurance plans do you accept?")
                    .answer("All major plans."),
            entry("Where can I park?", "Is there parking?")
                    .answer("Behind the building.")
                    .source("handbook, page 3"),
            entry("What are your opening hours?", "When are you open?").answer("Nine to five."));

    @Test
    void otherWordsForTheSameQuestionAreFound() {
        assertThat(faq.answer("do u accept my insurance plan?"))
                .map(FaqEntry::answer)
                .contains("All major plans.");
        assertThat(faq.answer("parking?")).map(FaqEntry::answer).contains("Behind the building.");
        assertThat(faq.answer("when do you open in the morning"))
                .map(FaqEntry::answer)
                .contains("Nine to five.");
    }

    @Test
    void aQuestionAboutSomethingElseHasNoAnswer() {
        assertThat(faq.answer("what is the capital of France")).isEmpty();
        assertThat(faq.answer("can my dog have chocolate")).isEmpty();
        assertThat(faq.answer("")).isEmpty();
        assertThat(faq.answer("???")).isEmpty();
    }

    @Test
    void veryLongQuestionsAreCutAndAnswered() {
        assertThat(faq.best("insurance ".repeat(10_000), 1)).hasSize(1);
    }

    @Test
    void aMarkdownFileIsRead(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("faq.md"), """
                # Clinic questions

                ## Do you take insurance?
                - Which plans are accepted?

                Yes, all major plans.
                Bring your card.
                Source: handbook, page 2

                ## Is there parking?
                Behind the building.
                """);
        assertThat(Faq.from(file).entries())
                .extracting(FaqEntry::answer)
                .containsExactly("Yes, all major plans. Bring your card.", "Behind the building.");
        assertThat(Faq.from(file).entries().getFirst().source()).contains("handbook, page 2");
        assertThat(Faq.from(file).entries().getFirst().questions()).hasSize(2);
    }

    @Test
    void aFileThatIsNotPackedIsNamed() {
        assertThatThrownBy(() -> Faq.fromResource(FaqTest.class, "no.md"))
                .hasMessageContaining("'no.md' must be packed beside dev.antiphon.flow.faq.FaqTest");
    }

    @Test
    void anEntryWithoutAnAnswerIsRefused() {
        assertThatThrownBy(() -> Faq.of(entry("Why?"))).hasMessageContaining("needs an answer, but 'Why?' has none");
    }
}
