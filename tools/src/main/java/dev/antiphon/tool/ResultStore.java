package dev.antiphon.tool;

import java.util.Optional;

/**
 * What has been done, kept beyond the process and for all nodes: a call that goes on after its process ended does nothing twice. Asked
 * on the thread of the work, around effects that may change something; may block. Thread-safe. {@link JdbcResultStore} is one.
 *
 * <p>What it throws before the work means that nothing is done; the caller is told that it did not work.
 */
public interface ResultStore {

    /** What is known of some work. */
    sealed interface Known {
        /** Nobody has begun it, or it is known to have failed: it is begun now. */
        record Nothing() implements Known {}

        /** It was begun, here or elsewhere, and nobody has said how it ended. */
        record Begun() implements Known {}

        /** It was done, with this result; empty when it gave none. */
        record Done(Optional<Object> result) implements Known {}
    }

    /**
     * Notes that it begins, unless something is known of it. Of several that ask at once, one gets {@link Known.Nothing}. When this
     * returns, it is kept.
     *
     * @param idempotencyKey at most 300 characters
     */
    Known begin(String idempotencyKey);

    /** It was done, with this result. */
    void done(String idempotencyKey, Optional<Object> result);

    /** It has failed: it may be begun again. */
    void failed(String idempotencyKey);

    /** Keeps nothing beyond the process; the default. */
    static ResultStore none() {
        return new ResultStore() {
            @Override
            public Known begin(String idempotencyKey) {
                return new Known.Nothing();
            }

            @Override
            public void done(String idempotencyKey, Optional<Object> result) {}

            @Override
            public void failed(String idempotencyKey) {}
        };
    }
}
