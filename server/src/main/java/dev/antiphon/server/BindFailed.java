package dev.antiphon.server;

/** The server could not listen on its address; the message says which and what to do. */
public final class BindFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BindFailed(String host, int port, Throwable cause) {
        super(
                "the server needs a free port, but " + host + ":" + port + " cannot be used (" + reason(cause)
                        + "). Stop the program that uses it, choose another port, or give port 0 for any free one.",
                cause);
    }

    private static String reason(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message;
    }
}
