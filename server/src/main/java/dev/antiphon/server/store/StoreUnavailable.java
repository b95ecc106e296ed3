package dev.antiphon.server.store;

import org.jspecify.annotations.Nullable;

/** The store cannot be read or changed now; the message says which and why, without user and password. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreUnavailable(StoreAddress address, @Nullable Throwable cause) {
        super("the store " + address + " cannot be used: " + StoreDatabase.reason(cause), cause);
    }

    StoreUnavailable(String message) {
        super(message);
    }
}
