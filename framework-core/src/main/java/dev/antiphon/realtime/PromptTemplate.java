package dev.antiphon.realtime;

import java.util.Optional;

/** A prompt that the provider keeps (protocol section 7); OpenAI ends these on 2026-11-30. */
public sealed interface PromptTemplate {

    /** None. On the wire: {@code null}. */
    record None() implements PromptTemplate {}

    /** This one; {@code variables} is a JSON object of what to put into it. */
    record Stored(String id, Optional<String> version, Optional<RawJson> variables) implements PromptTemplate {}
}
