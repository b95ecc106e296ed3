package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of value: its JSON schema, its normal form, how it is read from words and read back to a caller.
 *
 * <p>Pure and thread-safe. {@code read(normal(v), any)} gives {@code v} again.
 *
 * @param <T> the Java type of its values
 */
public interface SlotType<T> {

    /** The Java type of its values. */
    Class<? super T> valueType();

    /** Reads a value; {@code now} resolves relative dates. Never throws. */
    Reading<T> read(String said, ZonedDateTime now);

    /** The normal form, for example an ISO date: what states and journals keep. */
    String normal(T value);

    /** How the agent says it. */
    String spoken(T value, Language language);

    /** How the agent says it in English. */
    default String spoken(T value) {
        return spoken(value, Language.ENGLISH);
    }

    /** Longer values are refused with this limit; default 300. */
    default int mostChars() {
        return Heard.MOST_CHARS;
    }

    /** Adds the JSON Schema keywords of this type to a property. */
    void describe(ObjectNode property);

    /** A few words that ask for it again after a digression, for example {@code So, which day?}; the slot gives its label. */
    Line shortQuestion();

    /** A sentence that helps a caller who was not understood; the slot gives its label. */
    Line hint();

    /** Whether every value is read back as soon as it is given, as with phone numbers. */
    default boolean readBack() {
        return false;
    }

    /** Whether this value is easily misheard, see {@link Slot#spellBackIfUnsure()}. */
    default boolean easilyMisheard(T value) {
        return false;
    }

    /** The value spelled out, see {@link Slot#spellBackIfUnsure()}; default: its spoken form, letter by letter. */
    default String spelled(T value, Language language) {
        return Spoken.spelled(spoken(value, language));
    }

    /** The value spelled out in English. */
    default String spelled(T value) {
        return spelled(value, Language.ENGLISH);
    }

    /** The value of a normal form. */
    default T restore(String normal) {
        return switch (read(normal, Instant.EPOCH.atZone(ZoneOffset.UTC))) {
            case Reading.Understood<T> understood -> understood.value();
            case Reading.Unsure<T> unsure ->
                throw new IllegalArgumentException("not a normal form of this slot type: it has "
                        + unsure.candidates().size() + " meanings");
            case Reading.Unclear<T> unclear ->
                throw new IllegalArgumentException("not a normal form of this slot type: " + unclear.reason());
        };
    }
}
