package dev.antiphon.connection;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.UnrecoverableKeyException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** The platform's trust store cannot be read, so that no server can be verified. The message says which file it is and what to do. */
public final class UnusableTrustStore extends RuntimeException {
    private static final String PROPERTY = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

    private UnusableTrustStore(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * TLS with the platform's trust store.
     *
     * @throws UnusableTrustStore when it cannot be read
     */
    static SSLContext platform() {
        try {
            missing().ifPresent(file -> {
                throw new UnusableTrustStore(named(file, "there is no such file"), new IllegalStateException(file));
            });
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException broken) {
            throw of(broken);
        }
    }

    /** The JDK takes a file that is not there for an empty one, and says later that no server can be trusted. */
    private static Optional<String> missing() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .filter(file -> !file.isEmpty() && !file.equals("NONE") && !Files.exists(Path.of(file)));
    }

    /** What a failure comes from, when it comes from the platform's trust store. */
    public static Optional<UnusableTrustStore> in(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return causes.stream()
                .filter(UnusableTrustStore.class::isInstance)
                .map(UnusableTrustStore.class::cast)
                .findFirst()
                .or(() -> causes.stream().anyMatch(UnusableTrustStore::isOfTheDefault)
                        ? Optional.of(of(failure))
                        : Optional.empty());
    }

    private static boolean isOfTheDefault(Throwable failure) {
        return failure instanceof NoSuchAlgorithmException
                && String.valueOf(failure.getMessage()).contains("DefaultSSLContext");
    }

    private static UnusableTrustStore of(Throwable failure) {
        String file = Optional.ofNullable(System.getProperty(PROPERTY)).orElse("");
        boolean password = causes(failure).stream().anyMatch(UnrecoverableKeyException.class::isInstance);
        String why = !file.isEmpty() && !Files.isReadable(Path.of(file))
                ? "this user may not read it"
                : password ? "its password is wrong" : "it is no key store, or a broken one";
        return new UnusableTrustStore(named(file, why), failure);
    }

    private static String named(String file, String why) {
        return file.isEmpty()
                ? "the trust store of the JDK in " + System.getProperty("java.home") + " cannot be read: " + why
                        + "; install the JDK again, or name a trust store of your own with -D" + PROPERTY + "=FILE"
                : "the trust store " + file + " (" + PROPERTY + ") cannot be read: " + why
                        + "; name a JKS or PKCS#12 file there, with its password in " + PASSWORD
                        + ", or leave both out to trust whom the JDK trusts";
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .toList();
    }
}
