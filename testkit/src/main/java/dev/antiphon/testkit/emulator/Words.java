package dev.antiphon.testkit.emulator;

/** How text is cut into deltas: words that carry the space before them. */
final class Words {
    private Words() {}

    /** The pieces of {@code text}; put together they give it again. No piece when it is empty. */
    static String[] split(String text) {
        return text.isEmpty() ? new String[0] : text.split("(?<=\\S)(?=\\s)");
    }
}
