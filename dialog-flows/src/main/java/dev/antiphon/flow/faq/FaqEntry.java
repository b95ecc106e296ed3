package dev.antiphon.flow.faq;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * One approved answer.
 *
 * @param questions one or more ways of asking for it
 * @param answer what the agent says, word for word
 * @param source where the answer is written down, for people
 */
public record FaqEntry(List<String> questions, String answer, Optional<String> source) {
    public FaqEntry {
        questions = List.copyOf(questions);
        if (questions.isEmpty() || questions.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "an FAQ entry needs at least 1 question, none of them blank: " + questions);
        }
    }

    /** A hash of entries, in their order. */
    public static String fingerprint(List<FaqEntry> entries) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(JsonMapper.shared().writeValueAsString(entries).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    /** Begins an entry; {@link #answer(String)} completes it. */
    public static FaqEntry entry(String... questions) {
        return new FaqEntry(List.of(questions), "", Optional.empty());
    }

    /** A copy with this answer. */
    public FaqEntry answer(String words) {
        return new FaqEntry(questions, words, source);
    }

    /** A copy with this source. */
    public FaqEntry source(String where) {
        return new FaqEntry(questions, answer, Optional.of(where));
    }
}
