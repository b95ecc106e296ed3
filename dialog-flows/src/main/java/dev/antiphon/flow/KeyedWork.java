package dev.antiphon.flow;

/** Code of an effect that has its key; run without one, it has an empty key. */
record KeyedWork<R, X>(EffectWork.Keyed<R, X> work, boolean handsItsKeyOn) implements EffectWork<R, X> {
    @Override
    public X run(R values) throws Exception {
        return work.run(values, "");
    }

    @Override
    public X run(R values, String idempotencyKey) throws Exception {
        return work.run(values, idempotencyKey);
    }
}
