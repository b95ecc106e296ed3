package dev.antiphon.session;

import java.time.Duration;

/** Tokens as they are estimated where the service has not told them (protocol section 3); text at four characters a token. Pure. */
final class TokenEstimate {
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int CALLER_MS_PER_TOKEN = 100;
    private static final int AGENT_MS_PER_TOKEN = 50;

    /** A picture counts as some hundred tokens, whatever its bytes. */
    static final int CHARACTERS_OF_A_PICTURE = 800 * CHARACTERS_PER_TOKEN;

    private TokenEstimate() {}

    static int ofText(int characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    static int ofCallerAudio(Duration length) {
        return (int) (length.toMillis() / CALLER_MS_PER_TOKEN);
    }

    static int ofAgentAudio(Duration length) {
        return (int) (length.toMillis() / AGENT_MS_PER_TOKEN);
    }
}
