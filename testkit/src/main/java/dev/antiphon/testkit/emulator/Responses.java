package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.ApiError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** All responses of one session: at most one in the default conversation, any number beside it. Not thread-safe. */
final class Responses {
    private static final ApiError UNKNOWN_REFERENCE = ApiError.invalidAt(
            "response.input",
            "invalid_value",
            "Invalid 'response.input': an item reference names no item of the conversation.");
    private static final ApiError FULL = ApiError.invalid(
            "context_length_exceeded",
            "The conversation is longer than the model reads, and this session's truncation is disabled.");

    private final SessionContext context;
    private final ContextWindow window = new ContextWindow();
    private final McpListings listings;
    private final RateLimits rateLimits = new RateLimits();
    private final List<ResponseRun> beside = new ArrayList<>();
    private @Nullable ResponseRun active;
    private Runnable onBegin = () -> {};
    private Consumer<Duration> onQuiet = playOut -> {};
    private final PromptCache cache = new PromptCache();
    private int created;
    private boolean owed;

    Responses(SessionContext context, McpListings listings) {
        this.context = context;
        this.listings = listings;
    }

    /** Says whom to tell that a response of the conversation begins. */
    void whenBegun(Runnable listener) {
        onBegin = listener;
    }

    /** Says whom to tell that no response is active any more, and how long the last one would still be heard. */
    void whenQuiet(Consumer<Duration> listener) {
        onQuiet = listener;
    }

    boolean isActive() {
        return active != null;
    }

    /** {@code response.create}. */
    void create(JsonNode overrides, Optional<String> eventId) {
        Optional<ApiError> problem = whyNotCreate(overrides);
        if (problem.isPresent()) {
            context.out().error(problem.get(), eventId);
            return;
        }
        boolean ownInput = overrides.path("input").isArray();
        Optional<List<StoredItem>> items =
                ownInput ? ResponseOptions.input(overrides.path("input"), context) : inContext();
        items.ifPresentOrElse(
                read -> begin(ResponseOptions.of(overrides, context, read)),
                () -> context.out().error(ownInput ? UNKNOWN_REFERENCE : FULL, eventId));
    }

    /** The items of the conversation that fit into what the model reads. */
    private Optional<List<StoredItem>> inContext() {
        return window.of(context.session(), context.conversation().items());
    }

    private Optional<ApiError> whyNotCreate(JsonNode overrides) {
        boolean outOfBand = ResponseOptions.outOfBand(overrides);
        ResponseRun running = active;
        if (!outOfBand && running != null) {
            return Optional.of(ApiError.invalid(
                    "conversation_already_has_active_response",
                    ("Conversation already has an active response in progress: %s. Wait until the response is finished"
                                    + " before creating a new one.")
                            .formatted(running.id())));
        }
        JsonNode voice = overrides.path("audio").path("output").path("voice");
        boolean otherVoice = !voice.isMissingNode()
                && !voice.isNull()
                && !voice.equals(context.session().audioOutput().path("voice"));
        return otherVoice && context.session().hasSpoken()
                ? Optional.of(EffectiveSession.voiceIsLocked())
                : ModelLimits.answerTooLong(
                                "response.max_output_tokens",
                                overrides.path("max_output_tokens"),
                                context.session().model())
                        .or(() -> ModelLimits.notForModel(
                                "response", overrides, context.session().model()));
    }

    /** The response that follows a turn; waits for the active one to end when that may not be interrupted. */
    void createAfterTurn() {
        if (isActive()) {
            owed = true;
        } else {
            JsonNode none = JsonNodeFactory.instance.objectNode();
            inContext()
                    .ifPresentOrElse(
                            read -> begin(ResponseOptions.of(none, context, read)),
                            () -> context.out().error(FULL));
        }
    }

    private void begin(ResponseOptions options) {
        created++;
        int number = created;
        if (context.faults()
                .first(Fault.IgnoreResponse.class, fault -> fault.response() == number)
                .isPresent()) {
            return;
        }
        listings.ofResponse(options);
        OfferedTools tools = OfferedTools.of(options.tools(), options.toolChoice(), listings);
        ResponseRun run = new ResponseRun(context, options, tools, cache, number, this::ended);
        if (options.outOfBand()) {
            beside.add(run);
        } else {
            active = run;
            onBegin.run();
        }
        run.start();
    }

    private void ended(ResponseRun run) {
        cache.read(run.prompt());
        rateLimits.spend(run.tokens(), context.timeline().now());
        beside.remove(run);
        if (active == run) {
            active = null;
        }
        Duration wait = context.profile().rateLimits();
        if (wait.isPositive()) {
            context.timeline().schedule(wait, this::sendRateLimits);
        } else {
            sendRateLimits();
        }
        if (!run.outOfBand()) {
            afterDefault(run);
        }
    }

    private void afterDefault(ResponseRun run) {
        if (owed) {
            owed = false;
            createAfterTurn();
        } else {
            onQuiet.accept(run.playOutLeft(context.timeline().now()));
        }
    }

    private void sendRateLimits() {
        ObjectNode event = context.out().event("rate_limits.updated");
        rateLimits.write(event, context.timeline().now());
        context.out().send(event);
    }

    /** {@code response.cancel}. */
    void cancel(Optional<String> responseId, Optional<String> eventId) {
        Optional<ResponseRun> run = responseId.isEmpty()
                ? Optional.ofNullable(active)
                : running().stream()
                        .filter(one -> one.id().equals(responseId.get()))
                        .findFirst();
        run.ifPresentOrElse(
                one -> one.cancel("client_cancelled"),
                () -> context.out()
                        .error(
                                ApiError.invalid(
                                        "response_cancel_not_active", "Cancellation failed: no active response found"),
                                eventId));
    }

    /** The caller began to speak: the active response ends, and one that waited for it is not made. */
    void interrupt() {
        owed = false;
        ResponseRun run = active;
        if (run != null) {
            run.cancel("turn_detected");
        }
    }

    /** The session is over. */
    void abandon() {
        running().forEach(ResponseRun::abandon);
        beside.clear();
        active = null;
    }

    private List<ResponseRun> running() {
        List<ResponseRun> all = new ArrayList<>(beside);
        if (active != null) {
            all.add(active);
        }
        return all;
    }
}
