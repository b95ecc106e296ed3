package dev.antiphon.flow.faq;

import static dev.antiphon.flow.faq.FaqEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
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
    void anFaqOfOneEntryDoesNotAnswerWhateverBeginsTheSameWay() {
        Faq one = Faq.of(entry("Do you take insurance?", "Which insurance plans do you accept?", "Is my plan accepted?")
                .answer("All major plans."));

        assertThat(one.answer("what insurance do you take")).isPresent();
        assertThat(one.answer("do you have a wheelchair ramp")).isEmpty();
        assertThat(one.answer("is my order on its way")).isEmpty();
        assertThat(one.best("tomorrow at nine", 3)).allMatch(hit -> hit.score() < 0.1);
    }

    @Test
    void manySeedQuestionsOfOneEntryDoNotDrownAnother() {
        String[] cards = IntStream.range(0, 40)
                .mapToObj(i -> "How do I block my card number " + i + "?")
                .toArray(String[]::new);
        Faq uneven = Faq.of(
                entry(cards).answer("In the app."),
                entry("How do I unblock my card?").answer("By phone."));

        assertThat(uneven.best("how do I unblock my card please", 2))
                .extracting(hit -> hit.entry().answer())
                .containsExactly("By phone.", "In the app.");
    }

    @Test
    void theBestComeFirstWithScoresThatFall() {
        List<Faq.Hit> hits = faq.best("when are you open and where can I park", 3);

        assertThat(hits)
                .hasSize(3)
                .isSortedAccordingTo(Comparator.comparingDouble(Faq.Hit::score).reversed());
        assertThat(hits).allMatch(hit -> hit.score() >= 0 && hit.score() <= 1);
        assertThat(faq.best("when are you open", 1)).hasSize(1);
        assertThat(faq.best("zzz", 3)).isEmpty();
    }

    @Test
    void theWordsOfAnEntryFindIt() {
        assertThat(faq.best("WHERE CAN I PARK", 1).getFirst().score()).isGreaterThan(0.7);
        assertThat(faq.answer("oppening ours")).map(FaqEntry::answer).contains("Nine to five.");
    }

    @Test
    void entriesWithTheSameQuestionAreBothFound() {
        Faq twins = Faq.of(
                entry("Parking here", "Is there parking?").answer("Yes."),
                entry("Parking there", "Is there parking?").answer("No."));

        assertThat(twins.best("is there parking", 3))
                .extracting(hit -> hit.entry().answer())
                .containsExactlyInAnyOrder("Yes.", "No.");
    }

    @Test
    void aThousandEntriesAreSearchedAndAtMostSixteenFound() {
        Faq large = Faq.of(IntStream.range(0, 1000)
                .mapToObj(i -> entry("What is rule " + i + "?", "Explain rule number " + i)
                        .answer("Rule " + i))
                .toList());

        assertThat(large.best("explain rule 707 to me", 20))
                .hasSize(16)
                .first()
                .extracting(hit -> hit.entry().answer())
                .isEqualTo("Rule 707");
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

    @Test
    void twoEntriesOfOneHeadingAreRefusedWithTheirLines(@TempDir Path folder) throws IOException {
        assertThatThrownBy(
                        () -> Faq.of(entry("Why?").answer("So."), entry("why ?").answer("Because.")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("entries of an FAQ need headings of their own, but 'why ?' stands twice");
        Path file = Files.writeString(
                folder.resolve("faq.md"), "# Answers\n\n## Returns\nIn thirty days.\n\n## returns\nNever.\n");
        assertThatThrownBy(() -> Faq.from(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the FAQ file '" + file
                                + "': entries of an FAQ need headings of their own, but 'returns' stands in line 3 and in line 6");
    }

    @Test
    void aHeadingWithoutAnAnswerIsRefusedWithItsLine(@TempDir Path folder) throws IOException {
        for (String text : List.of(
                "# Answers\n\n## Returns\n\n## Parking\nBehind the building.\n",
                "# Answers\n\n## Returns\n- Can I return it?\n\n# More\n## Parking\nBehind the building.\n",
                "## Parking\nBehind the building.\n\n## Returns\n")) {
            Path file = Files.writeString(folder.resolve("faq.md"), text);
            int line = 1 + text.lines().toList().indexOf("## Returns");
            assertThatThrownBy(() -> Faq.from(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "the FAQ file '" + file + "': a heading of an FAQ needs an answer below it, but 'Returns'"
                                    + " in line " + line + " has none");
        }
    }

    @Test
    void headingsOfPartsNeedNoAnswer() {
        assertThat(Faq.parse("# Answers\n\n## Shop\n### Returns\nIn thirty days.\n## Visit\n### Parking\nBehind.\n")
                        .entries())
                .hasSize(2);
    }

    @Test
    void aTitleMayStandAgainAsAHeading() {
        assertThat(Faq.parse("# Returns\n\n## Returns\nIn thirty days.\n").entries())
                .hasSize(1);
        assertThat(Faq.of(entry("???").answer("So."), entry("!!!").answer("Because."))
                        .entries())
                .hasSize(2);
    }

    @Test
    void textBeforeTheFirstHeadingIsRefusedWithItsLine() {
        assertThatThrownBy(() -> Faq.parse("\nWe are open on Mondays.\n\n# When are you open?\nOn Mondays.\n"))
                .hasMessageContaining(
                        "text of an FAQ must stand below a heading, but line 2 'We are open on Mondays.' stands before");
    }
}
