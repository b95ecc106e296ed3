package dev.antiphon.testkit.emulator;

import java.util.List;

/**
 * A telephone call that reaches the emulated service (protocol.md section 15).
 *
 * @param from the SIP header From, for example {@code sip:+15550100@sip.example.com}
 * @param to the SIP header To
 * @param more further SIP headers, in order
 */
public record IncomingCall(String from, String to, List<SipHeader> more) {
    public IncomingCall {
        more = List.copyOf(more);
    }

    /** One SIP header. */
    public record SipHeader(String name, String value) {}

    /** A call between these two, without further headers. */
    public static IncomingCall of(String from, String to) {
        return new IncomingCall(from, to, List.of());
    }

    /**
     * What became of a call that was begun.
     *
     * @param callId {@code rtc_...}
     */
    public record Rung(String callId, Delivery delivery) {}

    /** What became of the webhook's message. It is sent once. */
    public sealed interface Delivery {
        /** Nobody is to be told. */
        record Unaddressed() implements Delivery {}

        /** The receiver answered. */
        record Answered(int httpStatus) implements Delivery {}

        /** The receiver could not be reached within 5 seconds. */
        record Failed(String reason) implements Delivery {}
    }
}
