package dev.antiphon.testkit.brain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a caller does with words: the dialogue acts that this simulation tells apart. */
sealed interface Act {

    /** The caller gives or corrects values, by property name. */
    record Inform(Map<String, JsonNode> values) implements Act {
        public Inform {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /** Yes. */
    record Affirm() implements Act {}

    /** No. */
    record Negate() implements Act {}

    /** The caller picks one of the offered alternatives, 1-based. */
    record Select(int option) implements Act {}

    /** The caller wants something else than what was offered. */
    record WantOther() implements Act {}

    /** The caller asks something. */
    record Ask(String question) implements Act {}

    /** The caller steers the call. */
    record Order(Control control, String detail) implements Act {}

    /** The caller wants something else cancelled than what is asked about, beside a yes: "yes, and cancel my old one". */
    record CancelOther() implements Act {}

    /** The values of the {@code action} of the {@code control} tool. */
    enum Control {
        CANCEL,
        REPEAT,
        SLOWER,
        SKIP,
        HUMAN,
        UNCLEAR,
        GOODBYE,
        CHITCHAT;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
