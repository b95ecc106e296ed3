package dev.antiphon.realtime;

import java.util.List;
import java.util.Optional;

/**
 * One entry of a conversation (protocol section 9).
 *
 * <p>{@link #id()} is empty on items that a client creates without choosing an id.
 */
public sealed interface Item {

    /** The item id, or empty when the server is to choose it. */
    Optional<String> id();

    /** Where an item stands. */
    enum Status {
        IN_PROGRESS,
        COMPLETED,
        INCOMPLETE
    }

    /** Who speaks in a message. */
    enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    /** A message of one of the three roles. */
    record Message(Optional<String> id, Role role, Status status, List<ContentPart> content) implements Item {
        public Message {
            content = List.copyOf(content);
        }

        /** A system message to be created by a client. */
        public static Message system(String text) {
            return new Message(
                    Optional.empty(), Role.SYSTEM, Status.COMPLETED, List.of(new ContentPart.InputText(text)));
        }

        /** A typed user message to be created by a client. */
        public static Message user(String text) {
            return new Message(Optional.empty(), Role.USER, Status.COMPLETED, List.of(new ContentPart.InputText(text)));
        }

        /** An assistant message to be replayed by a client; the protocol accepts text only. */
        public static Message assistant(String text) {
            return new Message(
                    Optional.empty(), Role.ASSISTANT, Status.COMPLETED, List.of(new ContentPart.OutputText(text)));
        }
    }

    /** The model calls a function. {@code argumentsJson} is JSON text as the model wrote it, possibly malformed. */
    record FunctionCall(Optional<String> id, Status status, String callId, String name, String argumentsJson)
            implements Item {}

    /** The answer to a function call. {@code output} is free text, usually JSON. */
    record FunctionCallOutput(Optional<String> id, String callId, String output) implements Item {}

    /** An item of a type this package does not model (MCP items, future types). */
    record Unknown(Optional<String> id, String type, RawJson raw) implements Item {}
}
