package dev.antiphon.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages as Standard Webhooks does: HMAC-SHA256 over {@code id.timestamp.body}. Its secret is never shown. Thread-safe. */
public final class WebhookSignature {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 16;

    private final SecretKeySpec key;

    private WebhookSignature(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * With this secret: Base64 behind {@code whsec_}, or any text of {@value #SHORTEST} characters or more, without control characters.
     *
     * @throws IllegalArgumentException which does not hold the secret
     */
    public static WebhookSignature with(String secret) {
        if (secret.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the secret must be one line without control characters, but has one; a file"
                            + " that was written under Windows leaves a carriage return");
        }
        byte[] key;
        try {
            key = secret.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                    : secret.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the secret behind " + PREFIX + " must be Base64", e);
        }
        if (key.length < SHORTEST) {
            throw new IllegalArgumentException("the secret must have at least " + SHORTEST + " bytes");
        }
        return new WebhookSignature(key);
    }

    /** The value of {@code webhook-signature}. */
    public String of(String id, long epochSecond, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + epochSecond + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must have " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "WebhookSignature";
    }
}
