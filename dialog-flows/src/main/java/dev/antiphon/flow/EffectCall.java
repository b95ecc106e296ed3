package dev.antiphon.flow;

import java.util.concurrent.Callable;

/** An effect's code with its values, which still lacks its key. */
@FunctionalInterface
interface EffectCall<X> extends Callable<X> {

    /** Does it under this key. */
    X call(String idempotencyKey) throws Exception;

    /** Does it where nobody asks for a key. */
    @Override
    default X call() throws Exception {
        return call("");
    }
}
