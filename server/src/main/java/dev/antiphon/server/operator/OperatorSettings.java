package dev.antiphon.server.operator;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/**
 * Where the operator's console listens and who may see it. Immutable.
 *
 * @param host the address to listen on; default {@code 127.0.0.1}. There is no TLS here: another address wants a proxy that has
 * @param port 0 to 65,535; default 9090; 0 for any free one
 * @param portsTried how many ports from {@code port} on are tried, at least 1; default 1
 * @param password what opens it, at least {@value #SHORTEST_PASSWORD} characters; printed nowhere
 * @param hosts further host names by which browsers reach it, for example through a proxy; default none
 * @param lifetime how long a login lasts; default 8 hours
 * @param notice a sentence that every view shows, for example that its figures are simulated; default none
 */
public record OperatorSettings(
        String host, int port, int portsTried, String password, Set<String> hosts, Duration lifetime, String notice) {
    /** Shorter passwords are refused. */
    public static final int SHORTEST_PASSWORD = 8;

    private static final int DEFAULT_PORT = 9_090;

    public OperatorSettings {
        hosts = Set.copyOf(hosts);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the console's port must be between 0 and 65535, but was " + port);
        }
        if (portsTried < 1) {
            throw new IllegalArgumentException("portsTried must be 1 or more, but was " + portsTried);
        }
        if (password.length() < SHORTEST_PASSWORD) {
            throw new IllegalArgumentException("the console's password must have at least " + SHORTEST_PASSWORD
                    + " characters, but has " + password.length());
        }
        if (!lifetime.isPositive()) {
            throw new IllegalArgumentException("lifetime must be positive, but was " + lifetime);
        }
    }

    /** With this password, at 127.0.0.1:9090. */
    public static OperatorSettings withPassword(String password) {
        return new OperatorSettings("127.0.0.1", DEFAULT_PORT, 1, password, Set.of(), Duration.ofHours(8), "");
    }

    /** A password that nobody guesses: 120 random bits. */
    public static String newPassword() {
        byte[] random = new byte[15];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** A copy that listens elsewhere; the next free one of so many ports. */
    public OperatorSettings withAddress(String otherHost, int otherPort, int ports) {
        return new OperatorSettings(otherHost, otherPort, ports, password, hosts, lifetime, notice);
    }

    /** A copy that browsers reach by these names, too. */
    public OperatorSettings withHosts(Set<String> others) {
        return new OperatorSettings(host, port, portsTried, password, others, lifetime, notice);
    }

    /** A copy whose logins last so long. */
    public OperatorSettings withLifetime(Duration other) {
        return new OperatorSettings(host, port, portsTried, password, hosts, other, notice);
    }

    /** A copy whose views all show this sentence. */
    public OperatorSettings withNotice(String sentence) {
        return new OperatorSettings(host, port, portsTried, password, hosts, lifetime, sentence);
    }

    @Override
    public String toString() {
        return "OperatorSettings[" + host + ":" + port + ", hosts=" + hosts + ", lifetime=" + lifetime + "]";
    }
}
