package dev.antiphon.testkit.emulator;

/** The emulator could not begin to listen; the message says what to do. */
public final class EmulatorStartFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    EmulatorStartFailure(int port, Throwable cause) {
        super(
                "The emulator cannot listen on 127.0.0.1:%d (%s). Choose another port, or 0 for a free one."
                        .formatted(port, reason(cause)),
                cause);
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
