package dev.antiphon.flow.test;

import dev.antiphon.flow.FlowConversation;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.Struggle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands in for session, model and tool pool in a {@link FlowTest}, and keeps what came of it. */
final class TestedCall {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final FlowConversation conversation;
    final List<Directive.Run> runs = new ArrayList<>();
    final List<Directive.Run> pending = new ArrayList<>();
    final List<Struggle> struggles = new ArrayList<>();
    final List<String> escalations = new ArrayList<>();
    /** The numbers of the entries that the last turn's answer left to the model. */
    final List<Integer> entries = new ArrayList<>();

    Optional<String> instead = Optional.empty();
    String said = "";
    String lastAnswer = "{}";
    int revision;
    boolean inline = true;
    Optional<Outcome> outcome = Optional.empty();

    private final List<String> log = new ArrayList<>();
    private final Map<String, Integer> answers = new HashMap<>();
    private final Set<String> calls = new HashSet<>();

    TestedCall(FlowConversation conversation) {
        this.conversation = conversation;
    }

    void happens(Event event) {
        conversation.on(event).forEach(this::perform);
        while (inline && !pending.isEmpty()) {
            Directive.Run run = pending.removeFirst();
            conversation.on(new Event.EffectSettled(run.effectId(), run(run))).forEach(this::perform);
        }
    }

    void toolCalled(String tool, String argumentsJson) {
        String callId = "call_" + (calls.size() + 1);
        calls.add(callId);
        log.add("call  " + tool + " " + argumentsJson);
        happens(new Event.ToolCalled(callId, tool, argumentsJson));
    }

    /** The response has ended; the transcript of what the caller said comes only now. */
    void responseEnds() {
        entries.clear();
        happens(new Event.CallsComplete());
        happens(new Event.CallerSpoke(""));
    }

    void modelSays(String text) {
        log.add("model " + text);
        happens(new Event.AgentSpoke(text, false));
    }

    /** The agent speaks what it was given, and what it is given for having said that. */
    void agentSpeaks(boolean calledTool) {
        String words = said;
        while (!words.isEmpty()) {
            int before = said.length();
            String spoken = instead.orElse(words);
            instead = Optional.empty();
            happens(new Event.AgentSpoke(spoken, calledTool));
            words = said.substring(before).strip();
        }
    }

    boolean everyCallIsAnsweredOnce() {
        return answers.keySet().equals(calls) && answers.values().stream().allMatch(count -> count == 1);
    }

    AssertionError failure(String expected, String actual) {
        return new AssertionError(
                "expected " + expected + ", but was " + actual + "\nThe conversation:\n  " + String.join("\n  ", log));
    }

    private static ToolOutcome run(Directive.Run run) {
        try {
            return new ToolOutcome.Ok(run.work().call());
        } catch (Exception e) {
            return new ToolOutcome.Failed("failed", e);
        }
    }

    private void perform(Directive directive) {
        switch (directive) {
            case Directive.Answer given -> answered(given);
            case Directive.Say say -> say(say.speech().text());
            case Directive.Run run -> {
                log.add("run   " + run.name() + " " + run.idempotencyKey());
                runs.add(run);
                pending.add(run);
            }
            case Directive.Rebrief forTheModel -> {}
            case Directive.Note forTheModel -> {}
            case Directive.Report report -> {
                log.add("note  " + report.struggle());
                struggles.add(report.struggle());
            }
            case Directive.Escalate escalate -> escalations.add(escalate.reason());
            case Directive.End end -> {
                log.add("end   " + end.outcome());
                outcome = Optional.of(end.outcome());
            }
        }
    }

    private void answered(Directive.Answer given) {
        answers.merge(given.callId(), 1, Integer::sum);
        lastAnswer = given.outputJson();
        JsonNode answer = JSON.readTree(lastAnswer);
        revision = answer.path("confirm_revision").asInt(revision);
        JsonNode left = answer.path("facts").path("entries");
        if (!left.isEmpty()) {
            log.add("left  " + left);
            left.properties().forEach(entry -> entries.add(Integer.valueOf(entry.getKey())));
        }
        say(answer.path("say").asString(""));
    }

    private void say(String words) {
        if (!words.isEmpty()) {
            log.add("agent " + words);
            said = said.isEmpty() ? words : said + " " + words;
        }
    }
}
