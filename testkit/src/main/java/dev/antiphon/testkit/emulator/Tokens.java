package dev.antiphon.testkit.emulator;

/**
 * How the emulator counts tokens. Audio as observed: a caller's audio one per 100 ms, the assistant's one per 50 ms, both rounded
 * down. Text is an approximation: one per four characters begun; so are images.
 */
final class Tokens {
    private Tokens() {}

    static long ofText(String text) {
        return ofText(text.length());
    }

    static long ofText(int characters) {
        return (characters + 3) / 4;
    }

    static long ofCallerAudio(long ms) {
        return ms / 100;
    }

    /** An assumption: an image costs the same whatever its size, and less when only a glance at it is asked for. */
    static long ofImage(String detail) {
        return detail.equals("low") ? 85 : 765;
    }

    static long ofAssistantAudio(long ms) {
        return ms / 50;
    }
}
