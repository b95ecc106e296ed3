package dev.antiphon.testkit.emulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who is told of incoming calls, signed as Standard Webhooks say (protocol.md section 15).
 *
 * @param url an http or https address
 * @param secret base64 after {@code whsec_}, or without that beginning the key's bytes themselves; not empty
 */
public record Webhook(URI url, String secret) {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    public Webhook {
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("url must begin with http:// or https://, but was " + url);
        }
        if (key(secret).length == 0) {
            throw new IllegalArgumentException("secret must not be empty; write whsec_ and base64, or plain text");
        }
    }

    /** The header {@code webhook-signature} of one message. */
    String signature(String id, long unixSeconds, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(secret), ALGORITHM));
            byte[] signed = mac.doFinal((id + "." + unixSeconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, missing);
        }
    }

    private static byte[] key(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
        return ItemFactory.decodedBytes(secret.substring(PREFIX.length()))
                .orElseThrow(() -> new IllegalArgumentException("secret must be base64 after whsec_"));
    }

    @Override
    public String toString() {
        return "Webhook[" + url + "]";
    }
}
