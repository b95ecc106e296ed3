package dev.antiphon.server.operator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is logged in. After {@value #FREE_ATTEMPTS} wrong passwords in a row from one address the next one is not looked at for a
 * second, then two, four, and so on up to a minute: nothing waits meanwhile. At most {@value #MAX_LOGINS} logins are open, the oldest
 * one ends for a new one. Thread-safe.
 */
final class Logins {
    static final int FREE_ATTEMPTS = 5;
    static final int MAX_LOGINS = 100;
    private static final int MAX_ADDRESSES = 1_000;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /**
     * One login.
     *
     * @param token what the cookie holds
     * @param guard what every order must carry besides the cookie
     * @param name for the audit list
     */
    record Login(String token, String guard, String name, Instant until) {}

    /** What came of a password. */
    sealed interface Attempt {
        /** Right. */
        record Opened(Login login) implements Attempt {}

        /** Wrong. */
        record Wrong() implements Attempt {}

        /** Not looked at. */
        record TooMany(Duration retryAfter) implements Attempt {}
    }

    private record Failures(int count, Instant pauseUntil) {}

    private final byte[] password;
    private final Duration lifetime;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Login> open = new LinkedHashMap<>();
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    Logins(String password, Duration lifetime, InstantSource clock) {
        this.password = digest(password);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** Tries a password that came from this address. */
    synchronized Attempt attempt(String given, String address) {
        Instant now = clock.instant();
        Failures before = failures.getOrDefault(address, new Failures(0, now));
        if (now.isBefore(before.pauseUntil())) {
            return new Attempt.TooMany(Duration.between(now, before.pauseUntil()));
        }
        if (!MessageDigest.isEqual(digest(given), password)) {
            fail(address, before.count() + 1, now);
            return new Attempt.Wrong();
        }
        failures.remove(address);
        return new Attempt.Opened(begin(now));
    }

    private void fail(String address, int count, Instant now) {
        failures.remove(address);
        forgetOldest(failures, MAX_ADDRESSES);
        int doublings = Math.min(count - FREE_ATTEMPTS, 6);
        Duration pause = doublings < 0 ? Duration.ZERO : Duration.ofSeconds(1L << doublings);
        failures.put(
                address, new Failures(count, now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause)));
    }

    private Login begin(Instant now) {
        open.values().removeIf(login -> !now.isBefore(login.until()));
        forgetOldest(open, MAX_LOGINS);
        String token = random(32);
        Login login = new Login(token, random(32), random(4), now.plus(lifetime));
        open.put(token, login);
        return login;
    }

    private static void forgetOldest(Map<String, ?> map, int most) {
        while (map.size() >= most) {
            map.remove(map.keySet().iterator().next());
        }
    }

    /** The login of this cookie, as long as it lasts. */
    synchronized Optional<Login> of(String token) {
        return Optional.ofNullable(open.get(token))
                .filter(login -> clock.instant().isBefore(login.until()));
    }

    /** It is over. */
    synchronized void end(Login login) {
        open.remove(login.token());
    }

    /** Whether both are the same, in a time that tells nothing of either. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(digest(one), digest(other));
    }

    private String random(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
