package dev.antiphon.testkit.emulator;

import java.util.random.RandomGenerator;

/** Identifiers in the shapes that the service uses, from a seeded stream. Not thread-safe. */
final class Ids {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final RandomGenerator random;

    Ids(RandomGenerator random) {
        this.random = random;
    }

    String event() {
        return "event_" + letters(21);
    }

    String session() {
        return "sess_" + letters(21);
    }

    String conversation() {
        return "conv_" + letters(21);
    }

    String item() {
        return "item_" + letters(21);
    }

    String response() {
        return "resp_" + letters(21);
    }

    String call() {
        return "call_" + letters(16);
    }

    /** A telephone or browser call. */
    String mediaCall() {
        return "rtc_" + letters(22);
    }

    String webhookEvent() {
        return "evt_" + letters(24);
    }

    String mcpListing() {
        return "mcpl_" + letters(21);
    }

    String mcpApprovalRequest() {
        return "mcpr_" + letters(21);
    }

    String mcpApprovalResponse() {
        return "mcpa_" + letters(21);
    }

    String mcpCall() {
        return "mcp_" + letters(21);
    }

    /** Padding as deltas carry it, so that their size does not tell their content. */
    String obfuscation() {
        return letters(4 + random.nextInt(12));
    }

    private String letters(int count) {
        char[] chars = new char[count];
        for (int i = 0; i < count; i++) {
            chars[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return new String(chars);
    }
}
