package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.model.PriceCard;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.session.HistoryEntry.AgentWords;
import dev.antiphon.session.HistoryEntry.CallerTurn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContextPruningTest {
    private static final PriceCard MINI =
            ModelCatalogue.bundled().find("gpt-realtime-2.1-mini").orElseThrow().prices();
    private static final CallHistory HISTORY = new CallHistory(
            List.of(caller("u1", "a visit, please", 40), agent("a1"), caller("u2", "tomorrow", 20)),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            1);

    @Test
    void wordsStandInThePlaceOfTheAudioBeforeItGoes() {
        ContextPruning pruning = pruned(ContextSettings.AUTOMATIC, Set.of());

        assertThat(pruning.replaced()).containsExactly("u1", "a1");
        assertThat(pruning.events())
                .extracting(ContextPruningTest::inShort)
                .containsExactly("create behind u1", "delete u1", "create behind a1", "delete a1");
        assertThat(pruning.history().entries())
                .extracting(HistoryEntry::audioTokens)
                .containsExactly(0, 0, 20);
        assertThat(pruning.history().read())
                .as("nothing is cached behind the change")
                .isZero();
    }

    @Test
    void whatMayStillBeCutOffStaysAudio() {
        assertThat(pruned(ContextSettings.AUTOMATIC, Set.of("a1")).replaced()).doesNotContain("a1");
    }

    @Test
    void nothingChangesUnlessItIsWanted() {
        ContextPruning pruning = pruned(ContextSettings.OFF, Set.of());
        assertThat(pruning.events()).isEmpty();
        assertThat(pruning.history()).isEqualTo(HISTORY);
    }

    @Test
    void whatTheCallerHasJustSaidAndWhatFollowedItStaysAudio() {
        assertThat(pruned(ContextSettings.AUTOMATIC, Set.of()).replaced()).doesNotContain("u2");
        assertThat(replacedOf(List.of(caller("u1", "a visit", 400), agent("a1"), agent("a2"))))
                .as("the only turn is the last one")
                .isEmpty();
        assertThat(replacedOf(List.of(agent("a1"), agent("a2"), agent("a3"))))
                .as("nobody has spoken")
                .isEmpty();
    }

    @Test
    void aCallerWhomTheModelHasNotHeardYetStaysAudio() {
        List<HistoryEntry> entries =
                List.of(caller("u1", "a visit", 400), caller("u2", "please", 400), caller("u3", "tomorrow", 20));

        assertThat(replacedOf(entries)).containsExactly("u1");
    }

    /** With the first entry read. */
    private static List<String> replacedOf(List<HistoryEntry> entries) {
        CallHistory history = new CallHistory(entries, Optional.empty(), List.of(), Optional.empty(), 1);
        return ContextPruning.of(history, ContextSettings.AUTOMATIC, MINI, 2, Set.of())
                .replaced();
    }

    private static ContextPruning pruned(ContextSettings settings, Set<String> open) {
        return ContextPruning.of(HISTORY, settings, MINI, 2, open);
    }

    private static CallerTurn caller(String id, String words, int audio) {
        return new CallerTurn(Optional.of(id), Optional.of(words), audio);
    }

    private static AgentWords agent(String id) {
        return new AgentWords(Optional.of(id), "Which day, please?", Duration.ofSeconds(5), Optional.empty());
    }

    private static String inShort(ClientEvent event) {
        return switch (event) {
            case ClientEvent.ItemCreate create ->
                "create behind " + create.previousItemId().orElse("nothing");
            case ClientEvent.ItemDelete delete -> "delete " + delete.itemId();
            case ClientEvent other -> other.toString();
        };
    }
}
