package dev.antiphon.connection;

/** The close codes of RFC 6455 section 7.4 that this package uses itself. */
final class CloseCode {
    static final int NORMAL = 1000;
    static final int PROTOCOL_ERROR = 1002;
    /** Never on the wire: the close frame named no code. */
    static final int NONE_GIVEN = 1005;
    /** Never on the wire: there was no close frame. */
    static final int ABNORMAL = 1006;

    static final int TOO_LARGE = 1009;
    static final int INTERNAL_ERROR = 1011;

    private CloseCode() {}

    /** Whether a close frame may carry it. */
    static boolean maySend(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
