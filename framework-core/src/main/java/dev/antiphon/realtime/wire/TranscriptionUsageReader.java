package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.TranscriptionUsage;
import java.util.Optional;

/** Reads what a transcription is billed for (protocol section 8). */
final class TranscriptionUsageReader {
    private TranscriptionUsageReader() {}

    static Optional<TranscriptionUsage> usage(Fields usage) {
        return switch (usage.textOr("type", "")) {
            case "tokens" -> Optional.of(tokens(usage));
            case "duration" -> Optional.of(new TranscriptionUsage.Audio(usage.seconds("seconds")));
            default -> Optional.empty();
        };
    }

    /** What is not broken down counts as audio, which is what is transcribed. */
    private static TranscriptionUsage tokens(Fields usage) {
        Fields details = usage.objectOrEmpty("input_token_details");
        int text = Math.max(0, details.integer("text_tokens"));
        int audio = details.present("audio_tokens").isPresent()
                ? details.integer("audio_tokens")
                : usage.integer("input_tokens") - text;
        return new TranscriptionUsage.Tokens(text, Math.max(0, audio), Math.max(0, usage.integer("output_tokens")));
    }
}
