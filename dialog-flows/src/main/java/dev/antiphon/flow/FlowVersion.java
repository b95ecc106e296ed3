package dev.antiphon.flow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.json.JsonMapper;

/** The hash that pins a call to the flow it began with: two builds of the same source give the same. */
final class FlowVersion {
    private static final int BYTES = 6;

    private FlowVersion() {}

    static String of(FlowSnapshot flow) {
        return hash(flow);
    }

    static String of(DialogSnapshot dialog) {
        return hash(dialog);
    }

    private static String hash(Object data) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(JsonMapper.shared().writeValueAsString(data).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}
