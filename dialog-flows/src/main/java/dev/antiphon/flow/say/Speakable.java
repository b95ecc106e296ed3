package dev.antiphon.flow.say;

/** A value that knows how it sounds, such as an amount of money or an option of a choice. */
@FunctionalInterface
public interface Speakable {

    /** Its words. */
    String spoken(Language language);
}
