package dev.antiphon.realtime;

import java.util.List;
import java.util.Optional;

/** How the caller's audio is transcribed beside the model, which hears it itself (protocol section 7). */
public sealed interface InputTranscription {

    /** Not at all. On the wire: {@code null}. */
    record Off() implements InputTranscription {}

    /**
     * By a model of its own.
     *
     * @param model for example {@code gpt-4o-mini-transcribe}; at Azure the name of a deployment
     * @param language ISO 639-1 code of the language to expect
     * @param languages codes of several
     * @param keywords words that are likely to be said
     * @param prompt free guidance
     * @param delay {@code minimal} to {@code xhigh}: how long to wait for a better transcript
     */
    record Model(
            Optional<String> model,
            Optional<String> language,
            List<String> languages,
            List<String> keywords,
            Optional<String> prompt,
            Optional<String> delay)
            implements InputTranscription {
        public Model {
            languages = List.copyOf(languages);
            keywords = List.copyOf(keywords);
        }

        /** This model with its defaults. */
        public static Model named(String model) {
            return new Model(
                    Optional.of(model), Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty());
        }
    }
}
