package dev.antiphon.testkit.brain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntryChoiceTest {
    private static final String LEFT = "{\"facts\":{\"entries\":{\"4\":\"Where can I park? / Is there parking?\","
            + "\"5\":\"Insurance / Which insurance plans do you accept?\",\"6\":\"Do you take cash?\"}},"
            + "\"next\":\"Say nothing yet.\"}";

    private static Flow left(String question) {
        return Flow.clinicCall()
                .caller(question)
                .called("ask", "{\"question\":\"" + question + "\"}")
                .answered(LEFT);
    }

    @Test
    void theEntryWithMostOfTheWordsIsChosen() {
        assertThat(left("is my insurance plan accepted").answer())
                .isEqualTo("ask{\"question\":\"is my insurance plan accepted\",\"entry\":5}");
    }

    @Test
    void withoutACommonWordItIsNoneOfThem() {
        assertThat(left("how old are you").answer()).isEqualTo("ask{\"question\":\"how old are you\",\"entry\":0}");
    }

    @Test
    void itIsDoneWhereTheToolIsRequiredToo() {
        assertThat(left("parking").toolChoice("function:ask").answer()).contains("\"entry\":4");
    }

    @Test
    void theAnswerIsSpokenAfterTheChoiceAndTheEntriesNever() {
        assertThat(left("parking")
                        .called("ask", "{\"question\":\"parking\",\"entry\":4}")
                        .answered("{\"say\":\"Behind the building.\"}")
                        .answer())
                .isEqualTo("\"Behind the building.\"");
    }

    @Test
    void aCallerWhoGoesOnIsHeardInsteadOfTheChoice() {
        assertThat(left("parking").caller("goodbye").gist()).isEqualTo("control{\"action\":\"goodbye\"}");
    }
}
