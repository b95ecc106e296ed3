package dev.antiphon.server.cli;

import dev.antiphon.connection.WebSocketLimits;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.server.console.ShownWords;
import dev.antiphon.testkit.caller.CallRecord;
import dev.antiphon.testkit.caller.CallRecord.Utterance;
import dev.antiphon.testkit.caller.CallerAction;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.CallerVoice;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import dev.antiphon.testkit.caller.SimulatedCaller;
import dev.antiphon.time.TimeLimit;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One simulated call over a WebSocket, run on the thread that calls {@link #run}. What the transport and the server's feed report
 * comes through one queue, so the simulated caller and the report have one writer.
 */
final class ScriptedCall {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FEED_GRACE = Duration.ofSeconds(3);
    private static final WebSocketLimits LIMITS = WebSocketLimits.defaults().withSendQueueFrames(4_096);
    private static final int MOST_SAID_CHARS = 300;
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * What all calls of one command share.
     *
     * @param timeout a call that is not over after this is hung up
     */
    record Line(
            WebSocketTransport transport,
            HttpClient http,
            URI realtime,
            Map<String, String> headers,
            CallerVoice voice,
            Duration timeout) {}

    private sealed interface Input {
        record Frame(String text) implements Input {}

        record Closed(int code, String reason) implements Input {}

        record Refused(String detail) implements Input {}

        record Fed(CallFact fact) implements Input {}

        record FeedEnded(boolean existed) implements Input {}
    }

    private enum Feed {
        NOT_ASKED,
        OPEN,
        ENDED,
        ABSENT
    }

    private final Line line;
    private final CallerScript script;
    private final Consumer<CallFact> told;
    private final InstantSource clock = InstantSource.system();
    private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
    private final List<CallFact> facts = new ArrayList<>();
    private final Set<String> troubles = new LinkedHashSet<>();
    private final SimulatedCaller caller;
    private final Instant begun;
    private Optional<String> session = Optional.empty();
    private Optional<String> refused = Optional.empty();
    private Feed feed = Feed.NOT_ASKED;
    private boolean closed;
    private boolean listening;
    private int transcribed;
    private int reportedErrors;

    /** A call; {@code told} gets each fact when it happens, on the thread of {@link #run}. */
    ScriptedCall(Line line, CallerScript script, Consumer<CallFact> told) {
        this.line = line;
        this.script = script;
        this.told = told;
        this.caller = new SimulatedCaller(script, line.voice(), clock);
        this.begun = clock.instant();
    }

    /** Makes the call and waits for its end. */
    CallReport run() throws InterruptedException {
        WebSocketLink link = line.transport().connect(request(), new Reader());
        perform(link, caller.start());
        Instant deadline = begun.plus(line.timeout());
        boolean late = false;
        while (!isOver()) {
            Instant now = clock.instant();
            if (!now.isBefore(deadline)) {
                late = !closed;
                break;
            }
            Instant wake = caller.nextWake().filter(deadline::isAfter).orElse(deadline);
            long wait = closed
                    ? FEED_GRACE.toMillis()
                    : Math.max(0, Duration.between(now, wake).toMillis());
            Input input = inputs.poll(wait, TimeUnit.MILLISECONDS);
            if (input == null && closed) {
                break;
            }
            perform(link, input == null ? caller.wake() : take(input));
            tellErrors();
            tellTranscript();
        }
        link.close(1000, "");
        return report(late);
    }

    private boolean isOver() {
        return refused.isPresent() || (closed && feed != Feed.OPEN);
    }

    private List<CallerAction> take(Input input) {
        return switch (input) {
            case Input.Frame frame -> onFrame(frame.text());
            case Input.Closed end -> {
                closed = true;
                caller.onClosed(end.code(), end.reason());
                yield List.of();
            }
            case Input.Refused refusal -> {
                refused = Optional.of(refusal.detail());
                yield List.of();
            }
            case Input.Fed fed -> {
                onFact(fed.fact());
                yield List.of();
            }
            case Input.FeedEnded ended -> {
                feed = ended.existed() ? Feed.ENDED : Feed.ABSENT;
                yield List.of();
            }
        };
    }

    private void onFact(CallFact fact) {
        if (isMasked(fact)) {
            ownEars();
        } else if (fact instanceof CallFact.Trouble trouble) {
            tellTrouble(trouble);
        } else if (!listening || !isSpeech(fact)) {
            tell(fact);
        }
    }

    /** The server keeps no words of this call; its caller has them all the same. */
    private void ownEars() {
        if (!listening) {
            long told = facts.stream().filter(ScriptedCall::isSpeech).count();
            transcribed = (int) Math.min(told, caller.record().transcript().size());
            listening = true;
        }
    }

    private static boolean isSpeech(CallFact fact) {
        return fact instanceof CallFact.CallerSaid || fact instanceof CallFact.AgentSaid;
    }

    private static boolean isMasked(CallFact fact) {
        return (fact instanceof CallFact.CallerSaid caller && caller.text().equals(ShownWords.MASK))
                || (fact instanceof CallFact.AgentSaid agent && agent.text().equals(ShownWords.MASK));
    }

    private List<CallerAction> onFrame(String text) {
        try {
            JsonNode event = JSON.readTree(text);
            if (feed == Feed.NOT_ASKED && event.path("type").asString("").equals("session.created")) {
                follow(event.path("session").path("id").asString(""));
            }
            return caller.onServerEvent(event);
        } catch (JacksonException e) {
            tell(new CallFact.Trouble(
                    "malformed_frame", "the server sent what is not JSON: " + e.getOriginalMessage()));
            return List.of();
        }
    }

    private void follow(String id) {
        if (!id.matches("[A-Za-z0-9_-]+")) {
            feed = Feed.ABSENT;
            return;
        }
        session = Optional.of(id);
        feed = Feed.OPEN;
        FactReader reader = new FactReader();
        CallFeed events = CallFeed.of(line.http(), line.realtime(), id);
        Thread.ofVirtual().start(() -> {
            boolean existed = false;
            try {
                existed = events.follow(data -> {
                    reader.read(data).ifPresent(fact -> inputs.add(new Input.Fed(fact)));
                    return true;
                });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                inputs.add(new Input.FeedEnded(existed));
            }
        });
    }

    private void perform(WebSocketLink link, List<CallerAction> actions) {
        for (CallerAction action : actions) {
            switch (action) {
                case CallerAction.Send send -> link.send(ByteBuffer.wrap(JSON.writeValueAsBytes(send.event())));
                case CallerAction.HangUp ignored -> link.close(1000, "");
            }
        }
    }

    /** Errors that the server reports to the caller; its feed need not know what this client did wrong. */
    private void tellErrors() {
        List<String> errors = caller.record().errors();
        for (String error : errors.subList(reportedErrors, errors.size())) {
            tellTrouble(new CallFact.Trouble("error", error));
        }
        reportedErrors = errors.size();
    }

    /** The server's feed and the caller's connection may both report it: told once. */
    private void tellTrouble(CallFact.Trouble trouble) {
        if (troubles.add(trouble.message())) {
            tell(trouble);
        }
    }

    /** Without the server's feed, or its words, the caller's own ears are what there is. */
    private void tellTranscript() {
        if (feed != Feed.ABSENT && !listening) {
            return;
        }
        CallRecord record = caller.record();
        for (Utterance utterance :
                record.transcript().subList(transcribed, record.transcript().size())) {
            tell(
                    switch (utterance.speaker()) {
                        case CALLER -> new CallFact.CallerSaid(utterance.text());
                        case AGENT -> new CallFact.AgentSaid(utterance.text(), utterance.cutShort());
                    });
        }
        transcribed = record.transcript().size();
    }

    private void tell(CallFact fact) {
        facts.add(fact);
        told.accept(fact);
    }

    private CallReport report(boolean late) {
        tellErrors();
        tellTranscript();
        Optional<CallFact.Ended> ended = facts.stream()
                .filter(CallFact.Ended.class::isInstance)
                .map(CallFact.Ended.class::cast)
                .findFirst();
        Optional<String> closedAs =
                caller.record().end().flatMap(end -> end.outcome()).map(outcome -> outcome.wireName());
        String outcome;
        String reason;
        if (refused.isPresent()) {
            outcome = CallReport.NOT_CONNECTED;
            reason = "cannot connect to " + line.realtime() + ": " + refused.get();
        } else if (ended.isPresent()) {
            outcome = ended.get().outcome();
            reason = ended.get().reason();
        } else if (session.isEmpty() && !troubles.isEmpty()) {
            // It was let in, to wait, and then turned away.
            outcome = CallReport.NOT_CONNECTED;
            reason = "the server refused the call: " + String.join("; ", troubles);
        } else if (late) {
            outcome = CallReport.UNFINISHED;
            reason = "not over after " + TimeLimit.text(line.timeout()) + "; --timeout allows more";
        } else {
            outcome = closedAs.orElse(CallReport.UNKNOWN);
            reason = closedAs.isPresent() ? "" : "the server closed without telling an outcome";
        }
        return new CallReport(
                script.name(),
                session,
                expected(outcome),
                script.tierChange() && feed != Feed.ABSENT,
                outcome,
                reason,
                Duration.between(begun, clock.instant()),
                caller.record().latencies(),
                facts);
    }

    /** Lines alone say nothing of how the call must end. */
    private String expected(String outcome) {
        return ExpectedOutcome.ofWireName(outcome)
                .filter(script::accepts)
                .orElse(script.expected())
                .wireName();
    }

    private WebSocketTransport.Request request() {
        return new WebSocketTransport.Request(line.realtime(), line.headers(), List.of(), CONNECT_TIMEOUT, LIMITS);
    }

    /** What answered, with which status and words (those of a page say nothing here), and what to do about it. */
    private static String refusalText(WebSocketListener.Refusal refusal) {
        String said = refusal.detail().replaceAll("\\s+", " ").strip();
        if (refusal.httpStatus().isEmpty()) {
            return said;
        }
        int status = refusal.httpStatus().get();
        String answered = "an HTTP server answered with status " + status + " instead of opening a WebSocket";
        boolean isPage = said.startsWith("<");
        String quoted =
                said.isEmpty() || isPage ? "" : ": " + said.substring(0, Math.min(said.length(), MOST_SAID_CHARS));
        return answered + quoted + advice(status);
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> "; the server wants a key, give it in ANTIPHON_API_KEY";
            case 429, 503 -> "; it takes no more calls for now, try again later";
            default -> "; is a Realtime server there? Check host, port and path, which usually ends in /v1/realtime";
        };
    }

    private final class Reader implements WebSocketListener {
        @Override
        public void onOpen(Optional<String> subprotocol) {}

        @Override
        public void onText(ByteBuffer utf8) {
            inputs.add(new Input.Frame(StandardCharsets.UTF_8.decode(utf8).toString()));
        }

        @Override
        public void onBinary(ByteBuffer content) {}

        @Override
        public void onClosed(int code, String reason) {
            inputs.add(new Input.Closed(code, reason));
        }

        @Override
        public void onRefused(Refusal refusal) {
            inputs.add(new Input.Refused(refusalText(refusal)));
        }
    }
}
