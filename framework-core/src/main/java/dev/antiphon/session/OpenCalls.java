package dev.antiphon.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tool calls of the model that still owe it an output, and those that got it. Every call id gets exactly one. Pure.
 *
 * @param calls by call id, in the order of the calls
 * @param settled the latest call ids whose output was sent
 */
record OpenCalls(Map<String, Call> calls, List<String> settled) {
    private static final int REMEMBERED = 64;

    /**
     * One call.
     *
     * @param output the answer, once there is one
     * @param isProtected whether what the model makes of the answer may not be interrupted
     * @param nextTool the tool that the model must call next
     */
    record Call(String callId, String tool, Optional<String> output, boolean isProtected, Optional<String> nextTool) {}

    OpenCalls {
        calls = Collections.unmodifiableMap(new LinkedHashMap<>(calls));
        settled = List.copyOf(settled);
    }

    static OpenCalls none() {
        return new OpenCalls(Map.of(), List.of());
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    boolean allAnswered() {
        return calls.values().stream().allMatch(c -> c.output().isPresent());
    }

    boolean isOpen(String callId) {
        return calls.containsKey(callId);
    }

    /** Whether it has no output yet. */
    boolean owes(String callId) {
        return Optional.ofNullable(calls.get(callId))
                .filter(call -> call.output().isEmpty())
                .isPresent();
    }

    boolean wasSettled(String callId) {
        return settled.contains(callId);
    }

    /** The tool that the model must call next, if an answer says so. */
    Optional<String> nextTool() {
        return calls.values().stream().flatMap(call -> call.nextTool().stream()).findFirst();
    }

    List<Call> inOrder() {
        return List.copyOf(calls.values());
    }

    OpenCalls opened(String callId, String tool) {
        Map<String, Call> next = new LinkedHashMap<>(calls);
        next.putIfAbsent(callId, new Call(callId, tool, Optional.empty(), false, Optional.empty()));
        return new OpenCalls(next, settled);
    }

    /** Answers a call; a second answer to the same call changes nothing. */
    OpenCalls answered(String callId, String output) {
        return answered(callId, output, false, Optional.empty());
    }

    OpenCalls answered(String callId, String output, boolean isProtected, Optional<String> nextTool) {
        Call call = calls.get(callId);
        if (call == null || call.output().isPresent()) {
            return this;
        }
        Map<String, Call> next = new LinkedHashMap<>(calls);
        next.put(callId, new Call(callId, call.tool(), Optional.of(output), isProtected, nextTool));
        return new OpenCalls(next, settled);
    }

    /** The outputs of all open calls were sent. */
    OpenCalls allSent() {
        List<String> next = new ArrayList<>(settled);
        next.addAll(calls.keySet());
        return new OpenCalls(Map.of(), next.subList(Math.max(0, next.size() - REMEMBERED), next.size()));
    }
}
