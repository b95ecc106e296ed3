package dev.antiphon.handover;

/** What came of asking a person to take a call over. */
public sealed interface HandoverResult {

    /** The bounded name used in meters and journals: {@code accepted}, {@code busy}, {@code no_answer}, … */
    String name();

    /** For people who read it later, never for the caller; may be empty. */
    String detail();

    /** Somebody has the call. {@code reference} is by what the other side knows it, for example a ticket; may be empty. */
    record Accepted(String reference) implements HandoverResult {
        @Override
        public String name() {
            return "accepted";
        }

        @Override
        public String detail() {
            return reference;
        }
    }

    /** Everybody there is taken. */
    record Busy() implements HandoverResult {
        @Override
        public String name() {
            return "busy";
        }

        @Override
        public String detail() {
            return "";
        }
    }

    /** Nobody answered in time. */
    record NoAnswer() implements HandoverResult {
        @Override
        public String name() {
            return "no_answer";
        }

        @Override
        public String detail() {
            return "";
        }
    }

    /** The other side does not want the call. */
    record Refused(String reason) implements HandoverResult {
        @Override
        public String name() {
            return "refused";
        }

        @Override
        public String detail() {
            return reason;
        }
    }

    /** The other side could not be asked, or answered what nobody understands. {@code cause} holds no credentials. */
    record Failed(String cause) implements HandoverResult {
        @Override
        public String name() {
            return "failed";
        }

        @Override
        public String detail() {
            return cause;
        }
    }

    /** The call ended while the other side was still being asked. Told by sessions only. */
    record Withdrawn(String reason) implements HandoverResult {
        @Override
        public String name() {
            return "withdrawn";
        }

        @Override
        public String detail() {
            return reason;
        }
    }
}
