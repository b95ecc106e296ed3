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

    /** The tools that an MCP server offers; without any while they are being listed. */
    record McpListTools(Optional<String> id, String serverLabel, List<McpListedTool> tools) implements Item {
        public McpListTools {
            tools = List.copyOf(tools);
        }
    }

    /**
     * A call of an MCP tool, which the service makes itself.
     *
     * @param argumentsJson JSON text as the model wrote it
     * @param approvalRequestId the request that was approved before it
     * @param output what the tool returned, once it has
     * @param error why it failed, if it did
     */
    record McpCall(
            String itemId,
            String serverLabel,
            String name,
            String argumentsJson,
            Optional<String> approvalRequestId,
            Optional<String> output,
            Optional<McpError> error)
            implements Item {
        @Override
        public Optional<String> id() {
            return Optional.of(itemId);
        }
    }

    /** The service asks whether it may call an MCP tool. */
    record McpApprovalRequest(String itemId, String serverLabel, String name, String argumentsJson) implements Item {
        @Override
        public Optional<String> id() {
            return Optional.of(itemId);
        }
    }

    /** The client's answer to {@link McpApprovalRequest}; its id is the client's to choose. */
    record McpApprovalResponse(String itemId, String approvalRequestId, boolean approve, Optional<String> reason)
            implements Item {
        @Override
        public Optional<String> id() {
            return Optional.of(itemId);
        }
    }

    /** An item of the conversation by its id, in the input of a {@code response.create} only. */
    record Reference(String itemId) implements Item {
        @Override
        public Optional<String> id() {
            return Optional.of(itemId);
        }
    }

    /** An item of a type this package does not model. */
    record Unknown(Optional<String> id, String type, RawJson raw) implements Item {}
}
