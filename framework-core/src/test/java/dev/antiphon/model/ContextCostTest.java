package dev.antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.ContextCost.Piece;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ContextCostTest {
    private static final PriceCard FULL = prices("gpt-realtime-2.1");
    private static final PriceCard MINI = prices("gpt-realtime-2.1-mini");
    private static final Piece CACHED_AUDIO = new Piece(100, 20, true, true);
    private static final Piece NEW_AUDIO = new Piece(100, 20, false, true);
    private static final Piece CACHED_TEXT = new Piece(0, 500, true, false);
    private static final Piece CALLER_NOW = new Piece(30, 10, false, false);

    @Test
    void audioThatWasNotYetReadIsCheaperAsTextSinceItBreaksNothing() {
        assertThat(ContextCost.replacements(List.of(CACHED_TEXT, NEW_AUDIO, CALLER_NOW), FULL, 1))
                .containsExactly(1);
    }

    @Test
    void cachedAudioStaysWhenTooLittleIsToComeToPayForTheBrokenPrefix() {
        List<Piece> call = List.of(CACHED_AUDIO, CACHED_TEXT, CALLER_NOW);
        assertThat(ContextCost.replacements(call, FULL, 3)).isEmpty();
        assertThat(ContextCost.replacements(call, FULL, 200)).containsExactly(0);
    }

    @Test
    void aModelWhoseTextIsCheapPaysForABrokenPrefixSooner() {
        List<Piece> call = List.of(CACHED_AUDIO, CACHED_AUDIO, CALLER_NOW);
        assertThat(ContextCost.replacements(call, FULL, 2)).isEmpty();
        assertThat(ContextCost.replacements(call, MINI, 2)).containsExactly(0, 1);
    }

    @Test
    void whatMayNotBeReplacedNeverIs() {
        assertThat(ContextCost.replacements(List.of(CALLER_NOW, CALLER_NOW), FULL, 100))
                .isEmpty();
    }

    /** The cost of each choice is added up read by read; no suffix of the conversation is a better choice. */
    @Property(tries = 300)
    void noOtherPlaceToBeginWouldHaveBeenCheaper(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 400) Integer> audio,
            @ForAll @IntRange(min = 0, max = 12) int cached,
            @ForAll @IntRange(min = 1, max = 40) int responses) {
        List<Piece> call = new ArrayList<>();
        for (int i = 0; i < audio.size(); i++) {
            int tokens = i % 3 == 2 ? 0 : audio.get(i);
            call.add(new Piece(tokens, audio.get(i) / 4 + i, i < cached, i < audio.size() - 1));
        }
        List<Integer> chosen = ContextCost.replacements(call, FULL, responses);
        BigDecimal best = cost(call, chosen.isEmpty() ? call.size() : chosen.get(0), responses);
        for (int from = 0; from <= call.size(); from++) {
            assertThat(best).isLessThanOrEqualTo(cost(call, from, responses));
        }
    }

    private static BigDecimal cost(List<Piece> call, int from, int responses) {
        int first = from;
        while (first < call.size()
                && !(call.get(first).replaceable() && call.get(first).audioTokens() > 0)) {
            first++;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (int read = 0; read < responses; read++) {
            for (int i = 0; i < call.size(); i++) {
                Piece piece = call.get(i);
                boolean asText = piece.audioTokens() == 0 || (i >= first && piece.replaceable());
                boolean isCached = read > 0 || (piece.cached() && i < first);
                BigDecimal price = asText
                        ? (isCached ? FULL.textCached() : FULL.textIn())
                        : (isCached ? FULL.audioCached() : FULL.audioIn());
                int tokens = asText ? piece.textTokens() : piece.audioTokens();
                sum = sum.add(price.multiply(BigDecimal.valueOf(tokens)));
            }
        }
        return sum;
    }

    private static PriceCard prices(String model) {
        return ModelCatalogue.bundled().find(model).orElseThrow().prices();
    }
}
