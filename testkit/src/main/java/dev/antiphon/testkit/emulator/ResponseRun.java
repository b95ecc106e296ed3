package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One response from {@code response.created} to {@code response.done} (protocol section 11). Whatever the brain does, the two are
 * balanced. Not thread-safe.
 */
final class ResponseRun {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseRun.class);

    private final SessionContext context;
    private final String id;
    private final ResponseOptions options;
    private final ResponseObject shown;
    private final Prompt prompt;
    private final Prompt earlier;
    private final ResponseFaults faults;
    private final OfferedTools tools;
    private final Consumer<ResponseRun> onEnd;
    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private final List<StoredItem> output = new ArrayList<>();
    private @Nullable OutputPiece open;
    private Timeline.@Nullable Scheduled next;
    private int characters;
    private long audioMs;
    private Optional<Instant> firstAudioAt = Optional.empty();
    private boolean ended;
    private int emitted;

    private record Step(Duration pause, Runnable action) {}

    /**
     * A response to come.
     *
     * @param tools that it may call
     * @param cache holds what earlier responses have read
     * @param number of the response in its session, from 1
     */
    ResponseRun(
            SessionContext context,
            ResponseOptions options,
            OfferedTools tools,
            PromptCache cache,
            int number,
            Consumer<ResponseRun> onEnd) {
        this.faults = new ResponseFaults(context.faults(), number);
        this.context = context;
        this.id = context.ids().response();
        this.options = options;
        this.tools = tools;
        this.shown = new ResponseObject(id, context.conversationId(), options);
        this.onEnd = onEnd;
        String instructions = options.instructions().orElse(context.session().instructions());
        this.prompt = Prompt.of(instructions, options.tools(), options.context());
        this.earlier = cache.closest(prompt);
    }

    String id() {
        return id;
    }

    boolean outOfBand() {
        return options.outOfBand();
    }

    Prompt prompt() {
        return prompt;
    }

    /** Tokens of prompt and output together. */
    long tokens() {
        return prompt.inputTokens() + outputTokens();
    }

    /** How much of the audio sent so far would still be playing at a client that plays at once and without a gap. */
    Duration playOutLeft(Instant now) {
        return firstAudioAt
                .map(start -> Duration.ofMillis(audioMs).minus(Duration.between(start, now)))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** Announces the response and begins. */
    void start() {
        Optional<Fault.FailResponse> failure = faults.failure();
        Instant started = context.timeline().now();
        context.out().send(event("response.created", shown.with("in_progress")));
        if (failure.isPresent()) {
            Fault.FailResponse error = failure.get();
            fail(error.type(), error.code(), error.message());
            return;
        }
        try {
            plan(pieces(), started);
        } catch (RuntimeException | Error broken) {
            LOG.warn("The brain or the synthesizer failed; the response fails", broken);
            fail("server_error", "server_error", "The server had an error while processing your request.");
            return;
        }
        steps.add(new Step(Duration.ZERO, () -> finish("completed", Optional.empty())));
        proceed();
    }

    /** Calls of remote tools that were approved are made before anything else is thought of. */
    private List<OutputPiece> pieces() {
        OutputPieces pieces = new OutputPieces(context, id, options, tools, faults);
        List<StoredItem> approved = tools.closed() || outOfBand() || !options.readsConversation()
                ? List.of()
                : new McpApprovals(options.context()).toRun();
        return approved.isEmpty() ? pieces.of(faults.instead(think())) : pieces.ofApproved(approved);
    }

    private List<Brain.Output> think() {
        EffectiveSession session = context.session();
        List<Brain.Output> outputs = context.settings()
                .brain()
                .respond(new Brain.Turn(
                        session.model(),
                        session.instructions(),
                        options.instructions(),
                        tools.specs(),
                        tools.choice(),
                        History.of(options.context()),
                        context.timeline().now().atZone(context.settings().zone()),
                        context.brainRandom()));
        if (outputs.isEmpty()) {
            throw new IllegalStateException("a brain must answer with at least one output, but answered with none");
        }
        return outputs;
    }

    private void plan(List<OutputPiece> pieces, Instant started) {
        Duration wait = context.toFirstOutput()
                .minus(Duration.between(started, context.timeline().now()));
        for (OutputPiece piece : pieces) {
            steps.add(new Step(wait, () -> open(piece)));
            wait = Duration.ZERO;
            piece.deltas()
                    .forEach(delta -> steps.add(new Step(delta.pause().plus(faults.slowness()), () -> emit(delta))));
            steps.add(new Step(Duration.ZERO, () -> closeOpen(true)));
        }
    }

    private void proceed() {
        while (!ended && !context.out().closed()) {
            Step step = steps.poll();
            if (step == null) {
                return;
            }
            if (step.pause().isPositive()) {
                next = context.timeline().schedule(step.pause(), () -> {
                    if (!ended) {
                        step.action().run();
                        proceed();
                    }
                });
                return;
            }
            step.action().run();
        }
    }

    private void open(OutputPiece piece) {
        open = piece;
        output.add(piece.item());
        piece.open();
    }

    private void emit(OutputPiece.Delta delta) {
        if (stalls()) {
            return;
        }
        long after =
                Tokens.ofText(characters + delta.characters()) + Tokens.ofAssistantAudio(audioMs + delta.audioMs());
        if (after > options.tokenLimit()) {
            end("incomplete", Optional.of("max_output_tokens"));
            return;
        }
        characters += delta.characters();
        audioMs += delta.audioMs();
        if (delta.audioMs() > 0 && firstAudioAt.isEmpty()) {
            firstAudioAt = Optional.of(context.timeline().now());
        }
        delta.emit().run();
        emitted++;
        stalls();
    }

    private boolean stalls() {
        boolean stalled = faults.stallAfter().filter(limit -> emitted >= limit).isPresent();
        if (stalled) {
            steps.clear();
        }
        return stalled;
    }

    private long outputTokens() {
        return Tokens.ofText(characters) + Tokens.ofAssistantAudio(audioMs);
    }

    private void closeOpen(boolean complete) {
        OutputPiece piece = open;
        if (piece != null) {
            open = null;
            piece.close(complete);
        }
    }

    /** Ends early; {@code reason} is {@code client_cancelled} or {@code turn_detected}. */
    void cancel(String reason) {
        end("cancelled", Optional.of(reason));
    }

    /** Stops without a word: the session is over. */
    void abandon() {
        ended = true;
        cancelNext();
    }

    private void end(String status, Optional<String> reason) {
        if (!ended) {
            cancelNext();
            closeOpen(false);
            finish(status, Optional.of(ResponseObject.details(status, reason)));
        }
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel();
        }
    }

    private void fail(String type, String code, String message) {
        ObjectNode details = ResponseObject.details("failed", Optional.empty());
        details.putObject("error").put("type", type).put("code", code).put("message", message);
        steps.clear();
        ObjectNode response = shown.with("failed");
        response.set("status_details", details);
        writeUsage(response, false);
        done(response);
    }

    private void finish(String status, Optional<ObjectNode> details) {
        ObjectNode response = shown.with(status);
        details.ifPresent(why -> response.set("status_details", why));
        ArrayNode items = (ArrayNode) response.path("output");
        output.forEach(item -> items.add(item.shown()));
        writeUsage(response, true);
        done(response);
    }

    private void writeUsage(ObjectNode response, boolean counted) {
        if (faults.omitsUsage()) {
            response.remove("usage");
            return;
        }
        ObjectNode usage = response.putObject("usage");
        if (counted) {
            prompt.writeUsage(usage, earlier, Tokens.ofText(characters), Tokens.ofAssistantAudio(audioMs));
        } else {
            Prompt.nothing().writeUsage(usage, Prompt.nothing(), 0, 0);
        }
    }

    private void done(ObjectNode response) {
        ended = true;
        context.out().send(event("response.done", response));
        onEnd.accept(this);
    }

    private ObjectNode event(String type, ObjectNode response) {
        ObjectNode event = context.out().event(type);
        event.set("response", response);
        return event;
    }
}
