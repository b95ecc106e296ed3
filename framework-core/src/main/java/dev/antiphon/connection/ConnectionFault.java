package dev.antiphon.connection;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What broke a connection, in words for whoever reads a log or an error. */
final class ConnectionFault {
    private static final String NO_TLS =
            "the server answers without TLS; use ws:// in the address, or the port where it speaks TLS";

    private ConnectionFault() {}

    /** Netty wraps what happened, and names the system call: only what happened is told. */
    static String words(Throwable failure) {
        if (isWithoutTls(failure)) {
            return NO_TLS;
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
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(ConnectionFault::isPlain);
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
