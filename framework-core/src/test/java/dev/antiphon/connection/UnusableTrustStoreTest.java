package dev.antiphon.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.UnrecoverableKeyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What the JDK says of its trust store, in words. A virtual machine reads it once, so its failures are made here. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class UnusableTrustStoreTest {
    private static final String PROPERTY = "javax.net.ssl.trustStore";

    @TempDir
    private Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    private static Throwable broken(Throwable cause) {
        return new UncheckedIOException(new IOException(new NoSuchAlgorithmException(
                "Error constructing implementation (algorithm: Default, provider: SunJSSE, class:"
                        + " sun.security.ssl.SSLContextImpl$DefaultSSLContext)",
                cause)));
    }

    @Test
    void aFileThatIsNoKeyStoreIsNamedWithItsPropertyAndWhatToDo() throws IOException {
        Path file = Files.writeString(folder.resolve("trust.jks"), "broken");
        System.setProperty(PROPERTY, file.toString());
        assertThat(UnusableTrustStore.in(broken(new IOException("Invalid keystore format"))))
                .hasValueSatisfying(told -> assertThat(told)
                        .hasMessage("the trust store " + file
                                + " (javax.net.ssl.trustStore) cannot be read: it is no key"
                                + " store, or a broken one; name a JKS or PKCS#12 file there, with its password in"
                                + " javax.net.ssl.trustStorePassword, or leave both out to trust whom the JDK trusts"));
    }

    @Test
    void aWrongPasswordIsToldApart() throws IOException {
        System.setProperty(
                PROPERTY, Files.createFile(folder.resolve("trust.jks")).toString());
        assertThat(UnusableTrustStore.in(broken(new IOException(new UnrecoverableKeyException()))))
                .hasValueSatisfying(told -> assertThat(told).hasMessageContaining("its password is wrong;"));
    }

    @Test
    void aFileThatIsNotThereIsToldBeforeAnyServerIsDistrusted() {
        System.setProperty(PROPERTY, folder.resolve("none.jks").toString());
        assertThatThrownBy(UnusableTrustStore::platform)
                .isInstanceOf(UnusableTrustStore.class)
                .hasMessageContaining(
                        "none.jks (javax.net.ssl.trustStore) cannot be read: there is no such file; name a");
    }

    @Test
    void thatOfTheJdkIsNamedByItsFolder() {
        assertThat(UnusableTrustStore.in(broken(new IOException("Invalid keystore format"))))
                .hasValueSatisfying(told -> assertThat(told)
                        .hasMessageContaining("the trust store of the JDK in " + System.getProperty("java.home"))
                        .hasMessageContaining("-Djavax.net.ssl.trustStore=FILE"));
    }

    @Test
    void otherFailuresAreNone() {
        assertThat(UnusableTrustStore.in(new IOException(new NoSuchAlgorithmException("no FOO"))))
                .isEmpty();
    }
}
