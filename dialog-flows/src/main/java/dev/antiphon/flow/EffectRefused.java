package dev.antiphon.flow;

/** A second look at an effect has refused it: nothing was done. {@link EffectPlan.Builder#on} may say where that leads. */
public final class EffectRefused extends RuntimeException {

    /** @param reason for the caller, as a sentence */
    public EffectRefused(String reason) {
        super(reason);
    }

    /** For the caller, as a sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
