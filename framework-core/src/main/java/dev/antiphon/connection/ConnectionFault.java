package dev.antiphon.connection;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What broke a connection, in words for whoever reads a log or an error. */
public final class ConnectionFault {
    /** How a record of TLS begins that refuses what was sent: kind and major version (RFC 8446 section 5.1). */
    static final String ALERT = "\u0015\u0003";

    private static final Pattern EXPECTS_TLS = Pattern.compile(
            "plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|plain HTTP to an SSL-enabled");

    private ConnectionFault() {}

    /**
     * What to change when one side spoke TLS and the other did not; empty for any other fault.
     *
     * @param failure what the client threw, with its causes
     * @param plain the scheme without TLS, {@code http} or {@code ws}; with an {@code s} it is that with TLS
     */
    public static Optional<String> ofTls(Throwable failure, String plain) {
        if (isWithoutTls(failure)) {
            return Optional.of("the server answers without TLS; use " + plain
                    + ":// in the address, or the port where it speaks TLS");
        }
        return causes(failure)
                .map(cause -> String.valueOf(cause.getMessage()))
                .flatMap(message -> ofAnswer(message, plain).stream())
                .findFirst();
    }

    /** As {@link #ofTls}, of what a server answered that expects TLS: an alert, or the words of nginx, Go and Apache. */
    public static Optional<String> ofAnswer(String text, String plain) {
        return text.contains(ALERT) || EXPECTS_TLS.matcher(text).find()
                ? Optional.of(withTls(plain))
                : Optional.empty();
    }

    /** The server refused, in TLS, what was sent without. */
    static String withTls(String plain) {
        return "the server speaks TLS; use " + plain + "s:// in the address, or the port where it speaks none";
    }

    /** Netty wraps what happened, and names the system call: only what happened is told. */
    static String words(Throwable failure) {
        Optional<String> tls = ofTls(failure, "ws");
        if (tls.isPresent()) {
            return tls.get();
        }
        Throwable cause = failure.getCause();
        Throwable told = cause != null && (failure instanceof DecoderException || failure instanceof ConnectException)
                ? cause
                : failure;
        return told.getClass().getSimpleName() + ": " + withoutSystemCall(told);
    }

    /** The message of a failure, without the system call that Netty puts before it. */
    static String withoutSystemCall(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .replaceFirst("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ", "");
    }

    /** Whether the other side answered without TLS where TLS was expected. */
    static boolean isWithoutTls(Throwable failure) {
        return causes(failure).anyMatch(ConnectionFault::isPlain);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    /** Netty repeats in hexadecimal what it read; the JDK says this of anything that is no record of TLS. */
    private static boolean isPlain(Throwable failure) {
        return failure instanceof NotSslRecordException
                || (failure instanceof SSLException
                        && String.valueOf(failure.getMessage())
                                .toLowerCase(Locale.ROOT)
                                .contains("unrecognized ssl message"));
    }
}
