package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Conversations that are longer than gpt-realtime reads: 32,768 tokens without the 4,096 of an answer. */
class ContextWindowTest {
    private static final int MOST = 28_672;
    private static final int TOKENS = 5_000;
    private static final int CHARACTERS_OF_A_TOKEN = 4;

    private final VirtualCall call = VirtualCall.open(new Doubles.ScriptedBrain());

    @Test
    void theOldestItemsAreNotReadAnyMore() {
        long first = afterItems(5);
        assertThat(first).isBetween(5L * TOKENS, (long) MOST);
        long full = afterItems(1);
        assertThat(full).isBetween(MOST - 2L * TOKENS, (long) MOST);
        assertThat(itemsInHistory()).isLessThan(7);
    }

    @Test
    void aRetentionRatioCutsDeeperSoThatThePrefixStaysCachedForLonger() {
        truncation("{'type':'retention_ratio','retention_ratio':0.5}");
        long cut = afterItems(6);
        assertThat(cut).isBetween(MOST / 2L - TOKENS, MOST / 2L + TOKENS);
        afterItems(1);
        JsonNode usage = call.last("response.done").path("response").path("usage");
        assertThat(usage.at("/input_token_details/cached_tokens").asLong()).isGreaterThan(cut - 128);
    }

    @Test
    void aLimitOfItsOwnCountsWithoutInstructions() {
        truncation("{'type':'retention_ratio','retention_ratio':1,'token_limits':{'post_instructions':12000}}");
        assertThat(afterItems(4)).isLessThan(13_000);
    }

    @Test
    void withoutTruncationAFullConversationIsNotAnswered() {
        truncation("'disabled'");
        assertThat(afterItems(5)).isGreaterThan(5L * TOKENS);
        say(1);
        call.respond().run();
        assertThat(call.lastError().path("code").asString("")).isEqualTo("context_length_exceeded");
    }

    private void truncation(String value) {
        call.send("{'type':'session.update','session':{'type':'realtime','output_modalities':['text'],'truncation':"
                + value + "}}");
    }

    /** How much was read by an answer to so many more items. */
    private long afterItems(int count) {
        say(count);
        call.respond().run();
        return call.last("response.done")
                .path("response")
                .path("usage")
                .path("input_tokens")
                .asLong();
    }

    private void say(int count) {
        for (int i = 0; i < count; i++) {
            call.userSays("word".repeat(TOKENS * CHARACTERS_OF_A_TOKEN / 4));
        }
    }

    private int itemsInHistory() {
        return call.brain.lastTurn().history().size();
    }
}
