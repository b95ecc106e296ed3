package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.WebSocketLink.Breakdown;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that goes wrong in an emulated session. Numbers of events count the server events of the session; those of
 * responses and of events of one type begin with 1; what breaks that is refused with an {@link IllegalArgumentException}. The type
 * of an event is a name that the protocol has; one of the beta dialect is kept by its GA name.
 */
public sealed interface Fault {

    // The connection.

    /** The upgrade is answered with an HTTP status instead of 101. */
    record RefuseUpgrade(int httpStatus, String body) implements Fault {
        public RefuseUpgrade {
            Bounds.within("httpStatus", httpStatus, 400, 599);
        }
    }

    /** The upgrade succeeds, one error event follows, and the session closes, as the service treats bad keys. */
    record Reject(String type, String code, String message, int closeCode) implements Fault {
        public Reject {
            Bounds.closeCode("closeCode", closeCode);
        }
    }

    /** The upgrade succeeds and nothing is ever said. */
    record NeverAnswer() implements Fault {}

    /** After {@code events} server events (0 is before the first) the session closes. */
    record CloseAfter(int events, int code, String reason) implements Fault {
        public CloseAfter {
            Bounds.atLeast("events", events, 0);
            Bounds.closeCode("code", code);
        }
    }

    /** The session closes right after the {@code occurrence}th event of a type. */
    record CloseAt(String type, int occurrence, int code, String reason) implements Fault {
        public CloseAt {
            type = Bounds.eventType("type", type);
            Bounds.atLeast("occurrence", occurrence, 1);
            Bounds.closeCode("code", code);
        }
    }

    /** After {@code events} server events the line breaks without a close frame. */
    record DropAfter(int events) implements Fault {
        public DropAfter {
            Bounds.atLeast("events", events, 0);
        }
    }

    /** After {@code events} server events the line is torn within a frame, or stays open and dead: not even pings are answered. */
    record BreakAfter(int events, Breakdown how) implements Fault {
        public BreakAfter {
            Bounds.atLeast("events", events, 0);
        }
    }

    /** The session reaches its maximum duration after {@code lifetime}. */
    record ExpireAfter(Duration lifetime) implements Fault {
        public ExpireAfter {
            Bounds.positive("lifetime", lifetime);
        }
    }

    // The stream of events.

    /** The {@code occurrence}th event of a type, and all that follows, comes so much later. */
    record Delay(String type, int occurrence, Duration by) implements Fault {
        public Delay {
            type = Bounds.eventType("type", type);
            Bounds.atLeast("occurrence", occurrence, 1);
            Bounds.positive("by", by);
        }
    }

    /** The {@code occurrence}th event of a type comes after the one that should follow it. */
    record Reorder(String type, int occurrence) implements Fault {
        public Reorder {
            type = Bounds.eventType("type", type);
            Bounds.atLeast("occurrence", occurrence, 1);
        }
    }

    /** The {@code occurrence}th event of a type comes twice. */
    record Duplicate(String type, int occurrence) implements Fault {
        public Duplicate {
            type = Bounds.eventType("type", type);
            Bounds.atLeast("occurrence", occurrence, 1);
        }
    }

    /** After {@code events} server events an event of an unknown type is sent. */
    record UnknownEventAfter(int events, String type) implements Fault {
        public UnknownEventAfter {
            Bounds.atLeast("events", events, 0);
        }
    }

    /** After {@code events} server events the caller presses these keys on a telephone; one of {@code 0-9A-D*#} each. */
    record PressKeys(int events, String keys) implements Fault {
        private static final Pattern KEYS = Pattern.compile("[0-9A-D*#]+");

        public PressKeys {
            Bounds.atLeast("events", events, 0);
            if (!KEYS.matcher(keys).matches()) {
                throw new IllegalArgumentException("keys must be one or more of 0-9A-D*#, but was '" + keys + "'");
            }
        }
    }

    /** After {@code events} server events a frame is sent that is not JSON. */
    record MalformedFrameAfter(int events) implements Fault {
        public MalformedFrameAfter {
            Bounds.atLeast("events", events, 0);
        }
    }

    /** After {@code events} server events the service reports an error of its own, with or without a code; the session goes on. */
    record ReportErrorAfter(int events, String type, Optional<String> code, String message) implements Fault {
        public ReportErrorAfter {
            Bounds.atLeast("events", events, 0);
        }
    }

    // Responses.

    /** {@code response.done} carries no usage. */
    record OmitUsage() implements Fault {}

    /** Each delta comes so much later than the one before, besides its usual pause. */
    record SlowDeltas(Duration pause) implements Fault {
        public SlowDeltas {
            Bounds.positive("pause", pause);
        }
    }

    /** Response number {@code response} of the session fails with this error. */
    record FailResponse(int response, String type, String code, String message) implements Fault {
        public FailResponse {
            Bounds.atLeast("response", response, 1);
        }

        /** The failure of a session that used up its tokens for the minute. */
        public static FailResponse rateLimited(int response) {
            return new FailResponse(
                    response,
                    "tokens",
                    "rate_limit_exceeded",
                    "Rate limit reached for tokens per minute (TPM): Limit 40000. Please try again in 6.946s.");
        }

        /** An account without quota. */
        public static FailResponse insufficientQuota(int response) {
            return new FailResponse(
                    response, "insufficient_quota", "insufficient_quota", "You exceeded your current quota.");
        }

        /** A failure inside the service. */
        public static FailResponse serverError(int response) {
            return new FailResponse(
                    response, "server_error", "server_error", "The server had an error while processing your request.");
        }
    }

    /** The {@code response}th {@code response.create} is never answered. */
    record IgnoreResponse(int response) implements Fault {
        public IgnoreResponse {
            Bounds.atLeast("response", response, 1);
        }
    }

    /** Response number {@code response} says nothing more after so many deltas, and does not end. */
    record StallResponse(int response, int deltas) implements Fault {
        public StallResponse {
            Bounds.atLeast("response", response, 1);
            Bounds.atLeast("deltas", deltas, 0);
        }
    }

    /** Response number {@code response} says these words, whatever it should do: a model that claims success, for example. */
    record Claim(int response, String words) implements Fault {
        public Claim {
            Bounds.atLeast("response", response, 1);
        }

        /** A booking that nobody made. */
        public static Claim success(int response) {
            return new Claim(response, "All done, your appointment is booked. Your reference is A B C 2 3 4.");
        }
    }

    /** Response number {@code response} ends without a word and without a call, whatever it should say or do. */
    record SayNothing(int response) implements Fault {
        public SayNothing {
            Bounds.atLeast("response", response, 1);
        }
    }

    /** Response number {@code response} makes each of its function calls twice, with the same arguments. */
    record CallTwice(int response) implements Fault {
        public CallTwice {
            Bounds.atLeast("response", response, 1);
        }
    }

    /** In response number {@code response} the end of a call's arguments names a call that does not exist. */
    record WrongCallId(int response) implements Fault {
        public WrongCallId {
            Bounds.atLeast("response", response, 1);
        }
    }

    // Transcripts of the caller.

    /** Transcripts come so much later. */
    record LateTranscription(Duration by) implements Fault {
        public LateTranscription {
            Bounds.positive("by", by);
        }
    }

    /** The caller's speech cannot be transcribed. */
    record FailTranscription() implements Fault {}

    /** The bounds of numbers and times. */
    final class Bounds {
        private Bounds() {}

        private static void atLeast(String member, int value, int least) {
            within(member, value, least, Integer.MAX_VALUE);
        }

        private static void within(String member, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(member + " must be "
                        + (most == Integer.MAX_VALUE ? "at least " + least : "from " + least + " to " + most)
                        + ", but was " + value);
            }
        }

        /** What may stand in a close frame (RFC 6455, section 7.4). */
        private static void closeCode(String member, int code) {
            boolean reserved = code == 1004 || code == 1005 || code == 1006 || code == 1015;
            if (code < 1000 || code > 4999 || reserved || code > 1015 && code < 3000) {
                throw new IllegalArgumentException(member
                        + " must be a code that a close frame may have (1000 to 1014 without 1004 to 1006, or 3000 to 4999), but was "
                        + code);
            }
        }

        private static String eventType(String member, String type) {
            return EventTypes.gaName(type)
                    .orElseThrow(() -> new IllegalArgumentException(
                            member + " must be a server event of the protocol, for example response.done, but was '"
                                    + type + "'"));
        }

        private static void positive(String member, Duration time) {
            if (!time.isPositive()) {
                throw new IllegalArgumentException(member + " must be longer than zero, but was " + time);
            }
        }
    }
}
