package dev.antiphon.flow.dsl;

import dev.antiphon.flow.Done;
import dev.antiphon.flow.EffectWork;
import dev.antiphon.flow.Item;
import dev.antiphon.flow.Rejection;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Verdict;
import dev.antiphon.session.GateDecision;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What checks and the work of effects answer, and how work is run; part of {@link FlowDsl}. */
abstract sealed class OutcomeDsl extends SlotDsl permits RepairDsl {
    OutcomeDsl() {}

    /** The value is fine. */
    public static <T> Verdict<T> ok() {
        return new Verdict.Ok<>(Optional.empty());
    }

    /** The value is fine in this form. */
    public static <T> Verdict<T> ok(T normalised) {
        given(normalised, "ok(value) must give the value in its normal form, or ok() the value as it is, but is null");
        return new Verdict.Ok<>(Optional.of(normalised));
    }

    /** The value is not possible; {@code reason} is a sentence for the caller. */
    public static <T> Verdict<T> reject(String reason) {
        given(reason, "reject(...) must give a reason, a sentence for the caller, but is null");
        return new Verdict.Reject<>(reason);
    }

    /** After a failed effect: ask for this slot again. */
    public static <T> Rejection<T> reject(Slot<T> slot) {
        given(slot, "reject(...) must name a slot of the flow, but is null");
        return new Rejection<>(slot, List.of(), false, Optional.empty());
    }

    /** The value is not possible, but these are, best first. */
    public static <T> Verdict.Alternatives<T> alternatives(List<T> options) {
        return new Verdict.Alternatives<>(options, Optional.empty());
    }

    /** It may be one of these. */
    public static <T> Verdict<T> unsure(List<T> candidates) {
        return new Verdict.Unsure<>(candidates);
    }

    /** It is done. */
    public static <X> Done<X> made(X result) {
        return new Done.Made<>(Optional.empty(), result);
    }

    /** It is done; callers may ask about the item. */
    public static <X> Done<X> made(X result, Item item) {
        return new Done.Made<>(Optional.of(item), result);
    }

    /** It is not done; what differs in this item is possible instead. */
    public static <X> Done<X> instead(Item item) {
        return new Done.Alternative<>(item);
    }

    /** It is not done; {@code reason} is a sentence for the caller. */
    public static <X> Done<X> refused(String reason) {
        return new Done.Refused<>(reason);
    }

    /** Code of an effect that hands the key of its work on, see {@link EffectWork#keyed}. */
    public static <R, X> EffectWork<R, X> keyed(EffectWork.Keyed<R, X> work) {
        return EffectWork.keyed(work);
    }

    /** Code of an effect that is run only when a gate allows it, see {@link EffectWork#gated}. */
    public static <R, X> EffectWork<R, X> gated(
            EffectWork.Gate<? super R> gate, EffectWork<? super R, ? extends X> work) {
        return EffectWork.gated(gate, work);
    }

    /** A gate's answer: it may be done. */
    public static GateDecision allow() {
        return GateDecision.allow();
    }

    /** A gate's answer: it must not be done; the reason is for the caller, as a sentence. */
    public static GateDecision refuse(String reason) {
        return GateDecision.refuse(reason);
    }

    private static void given(@Nullable Object value, String rule) {
        if (value == null) {
            throw new IllegalArgumentException(rule);
        }
    }
}
