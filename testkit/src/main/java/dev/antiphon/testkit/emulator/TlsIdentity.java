package dev.antiphon.testkit.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its key, for the emulator's TLS port. Immutable.
 *
 * @param store holds the key under its only alias
 * @param password of store and key
 */
public record TlsIdentity(KeyStore store, String password) {
    private static final String ALIAS = "emulator";
    private static final String THROWAWAY = "emulator-only";
    private static final int LONGEST_SECONDS = 30;

    /**
     * A new certificate for {@code localhost} and {@code 127.0.0.1}, signed by itself; made by the JDK's {@code keytool}, which takes about a second.
     *
     * @throws IllegalStateException when that tool is missing or fails
     */
    public static TlsIdentity selfSigned() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("emulator-tls");
            Path file = folder.resolve("identity.p12");
            keytool(List.of(
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=localhost, O=Antiphon emulator",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-ext",
                    "bc:critical=ca:true",
                    "-validity",
                    "365",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    THROWAWAY));
            return ofStore(file, THROWAWAY);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        } finally {
            delete(folder);
        }
    }

    /**
     * The identity in a PKCS#12 file.
     *
     * @throws IllegalArgumentException when it cannot be read, or the password is wrong
     */
    public static TlsIdentity ofStore(Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return new TlsIdentity(store, password);
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "the identity must be a PKCS#12 file with this password, but " + file + ": "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }

    private static void keytool(List<String> arguments) throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(tool + " could not make a certificate: " + output.strip());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a certificate was made", interrupted);
        } finally {
            process.destroy();
        }
    }

    private static void delete(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException left) {
            // The system's temporary folder is emptied by others.
        }
    }

    /** For servers that show this identity, and clients that trust nobody else. */
    public SSLContext sslContext() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password.toCharArray());
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("the identity cannot be used for TLS: " + unusable.getMessage(), unusable);
        }
    }

    private KeyStore trustStore() {
        try {
            KeyStore trust = KeyStore.getInstance(KeyStore.getDefaultType());
            trust.load(null, null);
            trust.setCertificateEntry("emulator", certificate());
            return trust;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalStateException("a trust store cannot be made: " + unusable.getMessage(), unusable);
        }
    }

    private Certificate certificate() throws GeneralSecurityException {
        return store.getCertificate(store.aliases().nextElement());
    }

    /** The certificate as PEM, for clients that must trust it: {@code NODE_EXTRA_CA_CERTS}, {@code SSL_CERT_FILE}. */
    public String certificatePem() {
        try {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(certificate().getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("the certificate cannot be written: " + unusable.getMessage(), unusable);
        }
    }
}
