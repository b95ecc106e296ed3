package dev.antiphon.flow;

import dev.antiphon.session.GateDecision;

/** The author's code of an effect. It runs on a thread of the tool pool and may block and throw. */
@FunctionalInterface
public interface EffectWork<R, X> {

    /** Does it; the result is handed to {@link FlowBuilder#done}. */
    X run(R values) throws Exception;

    /**
     * As {@link #run(Object)}; what calls it is the same work as long as the key is the same.
     *
     * @param idempotencyKey of the run of the flow, the effect and the revision of the values, for systems that refuse what they
     *     have done already
     */
    default X run(R values, String idempotencyKey) throws Exception {
        return run(values);
    }

    /**
     * Whether the key goes on to a system that refuses what it has done already, so that the work may be done again when nobody knows
     * what became of it. Default: no.
     */
    default boolean handsItsKeyOn() {
        return false;
    }

    /** Code that wants the key of its work. */
    @FunctionalInterface
    interface Keyed<R, X> {
        /** Does it, see {@link EffectWork#run(Object, String)}. */
        X run(R values, String idempotencyKey) throws Exception;
    }

    /** The code of an effect that hands the key of its work on: {@code effect("book", keyed((visit, key) -> clinic.book(visit, key)))}. */
    static <R, X> EffectWork<R, X> keyed(Keyed<R, X> work) {
        return new KeyedWork<>(work, true);
    }

    /** A second look at the values before something is done with them, on the same thread; it may block and throw: then nothing is done. */
    @FunctionalInterface
    interface Gate<R> {
        /**
         * Looks.
         *
         * @param idempotencyKey as in {@link EffectWork#run(Object, String)}
         */
        GateDecision look(R values, String idempotencyKey) throws Exception;
    }

    /**
     * Code that is run only when a gate allows it; the caller is told why it was refused and asked what to change. The effect's timeout
     * covers both.
     *
     * <pre>{@code effect("refund", gated((refund, key) -> refund.amount() > 500 ? refuse("That is more than I may pay back.") : allow(),
     *         refund -> bank.pay(refund)))}</pre>
     */
    static <R, X> EffectWork<R, X> gated(Gate<? super R> gate, EffectWork<? super R, ? extends X> work) {
        return new KeyedWork<>(
                (values, key) -> {
                    if (gate.look(values, key) instanceof GateDecision.Refused refused) {
                        throw new EffectRefused(refused.reason());
                    }
                    return work.run(values, key);
                },
                work.handsItsKeyOn());
    }
}
