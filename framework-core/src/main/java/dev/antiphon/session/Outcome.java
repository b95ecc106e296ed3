package dev.antiphon.session;

/** How a call ended: always exactly one of four. */
public sealed interface Outcome {

    /** The bounded name used in meters, journals and scripts: {@code completed}, {@code handed_over}, … */
    String name();

    /** For people: why. */
    String reason();

    /** The flow reached its goal. {@code result} is the outcome in words, for example a reference; never a secret. */
    record Completed(String flow, String result) implements Outcome {
        @Override
        public String name() {
            return "completed";
        }

        @Override
        public String reason() {
            return result;
        }
    }

    /** A person took over; where no {@link dev.antiphon.handover.HandoverDesk} is asked, the caller was sent to one. */
    record HandedOver(String target, String reason) implements Outcome {
        @Override
        public String name() {
            return "handed_over";
        }
    }

    /** The caller hung up, cancelled, fell silent, or found nobody to take over before the goal. */
    record Abandoned(String reason) implements Outcome {
        @Override
        public String name() {
            return "abandoned";
        }
    }

    /** Our error or the model's. */
    record Failed(String reason) implements Outcome {
        @Override
        public String name() {
            return "failed";
        }
    }
}
