package dev.antiphon.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.RecordedListener.Heard;
import dev.antiphon.connection.WebSocketEndpoint.Decision;
import dev.antiphon.connection.WebSocketTransport.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outgoing connections over TLS, against a server whose certificate is made for this test. */
@Timeout(60)
class TlsTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final String PASSWORD = "only-for-this-test";

    @TempDir
    private Path folder;

    private final RecordedListener atServer = new RecordedListener();
    private final RecordedListener atClient = new RecordedListener();
    private Optional<ServerBinding> server = Optional.empty();
    private Optional<SSLContext> context = Optional.empty();

    @BeforeEach
    void startServer() throws Exception {
        SSLContext ssl = contextFor("localhost");
        context = Optional.of(ssl);
        PekkoHttpWebSockets webSockets =
                PekkoHttpWebSockets.of(upgrade -> new Decision.Accept(Optional.empty(), link -> {
                    link.send(utf8("x".repeat(100_000)));
                    link.close(4000, "that is all");
                    return atServer;
                }));
        server = Optional.of(Http.get(KIT.system())
                .newServerAt("127.0.0.1", 0)
                .enableHttps(ConnectionContext.httpsServer(ssl))
                .bindSync(webSockets::handle)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS));
    }

    @AfterEach
    void stopServer() throws Exception {
        server.orElseThrow()
                .terminate(Duration.ofSeconds(1))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    /** What carries the bytes, and verifies who is there. */
    private enum Carrier {
        PEKKO {
            @Override
            WebSocketTransport trusting(SSLContext ssl) {
                return PekkoTransport.create(KIT.system(), ssl);
            }
        },
        NETTY {
            @Override
            WebSocketTransport trusting(SSLContext ssl) {
                return NettyTransport.create(KIT.system(), ssl);
            }
        };

        abstract WebSocketTransport trusting(SSLContext ssl);
    }

    @ParameterizedTest
    @EnumSource
    void textsAndCloseCodesTravelOverTls(Carrier carrier) {
        carrier.trusting(context.orElseThrow()).connect(request("localhost"), atClient);
        atClient.next(Heard.Opened.class);
        assertThat(atClient.next()).isEqualTo(new Heard.Text("x".repeat(100_000)));
        assertThat(atClient.next()).isEqualTo(new Heard.Closed(4000, "that is all"));
        atServer.next(Heard.Opened.class);
        assertThat(atServer.next(Heard.Closed.class).code()).isEqualTo(4000);
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateForAnotherHostIsRefused(Carrier carrier) {
        carrier.trusting(context.orElseThrow()).connect(request("127.0.0.1"), atClient);
        assertThat(atClient.next(Heard.Refused.class).detail()).containsIgnoringCase("127.0.0.1");
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateThatNobodyTrustsIsRefused(Carrier carrier) throws NoSuchAlgorithmException {
        carrier.trusting(SSLContext.getDefault()).connect(request("localhost"), atClient);
        assertThat(atClient.next(Heard.Refused.class).detail()).containsIgnoringCase("certification path");
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatAnswersWithoutTlsIsToldApart(Carrier carrier) throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            carrier.trusting(context.orElseThrow()).connect(request("127.0.0.1", plain.getLocalPort()), atClient);
            try (Socket socket = plain.accept()) {
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                assertThat(atClient.next(Heard.Refused.class).detail())
                        .isEqualTo(
                                "the server answers without TLS; use ws:// in the address, or the port where it speaks TLS");
            }
        }
    }

    private Request request(String host) {
        return request(host, server.orElseThrow().localAddress().getPort());
    }

    private static Request request(String host, int port) {
        return new Request(
                URI.create("wss://" + host + ":" + port + "/"),
                Map.of(),
                List.of(),
                Duration.ofSeconds(10),
                WebSocketLimits.defaults());
    }

    private SSLContext contextFor(String host) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "SAN=dns:" + host,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(trusted);
        SSLContext ssl = SSLContext.getInstance("TLS");
        ssl.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return ssl;
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
