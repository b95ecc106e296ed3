package dev.antiphon.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which audio of a conversation is cheaper as text. A response reads the whole conversation: what the response before has read
 * too, up to the first change, at the cached price, the rest at the full one (protocol sections 8 and 16). Audio that becomes
 * text is less to read, and makes everything behind it uncached once. Pure.
 */
public final class ContextCost {
    private ContextCost() {}

    /**
     * One item of the conversation.
     *
     * @param audioTokens what it holds as audio; 0 when it is text
     * @param textTokens what its words take as text
     * @param cached whether the response before has read it in its place
     * @param replaceable whether its words may take the place of its audio
     */
    public record Piece(int audioTokens, int textTokens, boolean cached, boolean replaceable) {
        public Piece {
            if (audioTokens < 0 || textTokens < 0) {
                throw new IllegalArgumentException(
                        "token counts must be 0 or more, but were " + audioTokens + " and " + textTokens);
            }
        }
    }

    /**
     * The positions whose audio should become text before the next response, in order; none when keeping all is cheapest. From the
     * best position on all that may be replaced is, since nothing behind it is cached any more.
     *
     * @param responses how many responses are still to come, the next included; at least 1
     */
    public static List<Integer> replacements(List<Piece> conversation, PriceCard prices, int responses) {
        if (responses < 1) {
            throw new IllegalArgumentException("responses must be at least 1, but was " + responses);
        }
        BigDecimal saved = BigDecimal.ZERO;
        BigDecimal most = BigDecimal.ZERO;
        int from = conversation.size();
        for (int i = conversation.size() - 1; i >= 0; i--) {
            Piece piece = conversation.get(i);
            saved = saved.add(kept(piece, prices, responses)).subtract(changed(piece, prices, responses));
            if (isReplaced(piece) && saved.compareTo(most) > 0) {
                most = saved;
                from = i;
            }
        }
        return IntStream.range(from, conversation.size())
                .filter(i -> isReplaced(conversation.get(i)))
                .boxed()
                .toList();
    }

    private static boolean isReplaced(Piece piece) {
        return piece.replaceable() && piece.audioTokens() > 0;
    }

    /** With nothing changed before it or in it. */
    private static BigDecimal kept(Piece piece, PriceCard prices, int responses) {
        int cachedReads = piece.cached() ? responses : responses - 1;
        return piece.audioTokens() > 0
                ? reads(piece.audioTokens(), prices.audioIn(), prices.audioCached(), responses, cachedReads)
                : reads(piece.textTokens(), prices.textIn(), prices.textCached(), responses, cachedReads);
    }

    /** Behind a change: read once at the full price. */
    private static BigDecimal changed(Piece piece, PriceCard prices, int responses) {
        return piece.audioTokens() > 0 && !piece.replaceable()
                ? reads(piece.audioTokens(), prices.audioIn(), prices.audioCached(), responses, responses - 1)
                : reads(piece.textTokens(), prices.textIn(), prices.textCached(), responses, responses - 1);
    }

    private static BigDecimal reads(int tokens, BigDecimal full, BigDecimal cached, int responses, int cachedReads) {
        return full.multiply(BigDecimal.valueOf(responses - cachedReads))
                .add(cached.multiply(BigDecimal.valueOf(cachedReads)))
                .multiply(BigDecimal.valueOf(tokens));
    }
}
