package dev.antiphon.http;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Addresses that personal data and credentials may be sent to. */
public final class SafeAddress {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private SafeAddress() {}

    /**
     * The address, if it is {@code https}, or {@code http} of this machine, and without user info.
     *
     * @param whose for the message, for example {@code a webhook's}
     * @throws IllegalArgumentException when not; the message does not hold the address
     */
    public static URI checked(String whose, URI address) {
        String host = Optional.ofNullable(address.getHost()).orElse("");
        boolean safe = "https".equals(address.getScheme())
                || "http".equals(address.getScheme()) && THIS_MACHINE.contains(host);
        if (!safe || host.isEmpty() || address.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    whose + " address must be https (or http of this machine) without user info");
        }
        return address;
    }
}
