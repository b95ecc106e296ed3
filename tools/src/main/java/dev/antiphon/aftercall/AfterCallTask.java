package dev.antiphon.aftercall;

import dev.antiphon.http.Webhook;
import dev.antiphon.time.TimeLimit;
import dev.antiphon.tool.ModelQuestion;
import dev.antiphon.tool.TextModel;
import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.TransientFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is done when a call is over. It runs on a virtual thread of its own when the session is gone: nobody waits for it. It is tried
 * again until it works, at most as often as the settings say, so that it may be done twice: hand the key on. Immutable.
 *
 * <pre>{@code AfterCallTask.of("crm", (call, key) -> crm.note(call.caller(), call.outcome().name(), key)).onlyWhen(call -> call.turns() > 0)}</pre>
 */
public final class AfterCallTask {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

    private final String name;
    private final boolean transcript;
    private final Predicate<EndedCall> when;
    private final Optional<Preparation> preparation;
    private final Delivery delivery;

    /** Code for a call that is over. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it; may block.
         *
         * @param key the same for each attempt at this task of this call
         * @throws ToolFailure when another attempt would not help either: it goes to the dead letters at once
         * @throws Exception anything else, a {@link TransientFailure} too: it is tried again
         */
        void run(EndedCall call, String key) throws Exception;
    }

    /** Code for what a text model has made of a call that is over. */
    @FunctionalInterface
    public interface SummaryWork<S> {
        /** Does it, see {@link Work#run}. */
        void run(EndedCall call, S summary, String key) throws Exception;
    }

    /** Makes something of a call, as JSON, that is kept when the rest fails. */
    @FunctionalInterface
    interface Preparation {
        String of(EndedCall call) throws Exception;
    }

    /** The rest. */
    @FunctionalInterface
    interface Delivery {
        void run(EndedCall call, Optional<String> prepared, String key) throws Exception;
    }

    private AfterCallTask(
            String name,
            boolean transcript,
            Predicate<EndedCall> when,
            Optional<Preparation> preparation,
            Delivery delivery) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a task after calls must be 1 to 64 of a-z, 0-9, _ and -, and begin"
                            + " with a letter or digit, but was '" + name + "'");
        }
        this.name = name;
        this.transcript = transcript;
        this.when = when;
        this.preparation = preparation;
        this.delivery = delivery;
    }

    /**
     * Your own code.
     *
     * @param name short and stable: it is a part of the key, and known to meters and operators; a-z, 0-9, _ and -
     */
    public static AfterCallTask of(String name, Work work) {
        return new AfterCallTask(name, false, call -> true, Optional.empty(), (call, none, key) -> work.run(call, key));
    }

    /**
     * Posts the packet to a web service, signed as Standard Webhooks has it, with the key as {@code Idempotency-Key}. Any 2xx is success;
     * 429, 5xx and broken connections are tried again, other answers are not.
     *
     * @param address see {@link Webhook#at}
     * @param secret see {@link Webhook#at}
     */
    public static AfterCallTask webhook(String name, URI address, String secret) {
        Webhook webhook = Webhook.at(address, secret);
        return of(name, (call, key) -> post(webhook, EndedCallJson.of(call), key));
    }

    /**
     * Lets a text model make a record of the packet, and hands both to your code. The model is asked once: what it made is kept when
     * your code fails.
     *
     * @param question for example {@code ModelQuestion.of(CallSummary.INSTRUCTIONS, CallSummary.class)}
     */
    public static <S extends Record> AfterCallTask summary(
            String name, TextModel model, ModelQuestion<S> question, SummaryWork<? super S> work) {
        return new AfterCallTask(
                name,
                false,
                call -> true,
                Optional.of(call -> model.ask(question, EndedCallJson.of(call))),
                (call, json, key) -> work.run(call, question.read(json.orElseThrow()), key));
    }

    /** As {@link #webhook}, with what a text model made of the packet as its {@code summary}. */
    public static AfterCallTask summaryTo(
            String name, TextModel model, ModelQuestion<?> question, URI address, String secret) {
        Webhook webhook = Webhook.at(address, secret);
        return new AfterCallTask(
                name,
                false,
                call -> true,
                Optional.of(call -> model.ask(question, EndedCallJson.of(call))),
                (call, json, key) -> post(webhook, withSummary(call, json.orElseThrow()), key));
    }

    private static ObjectNode withSummary(EndedCall call, String json) {
        ObjectNode packet = EndedCallJson.of(call);
        packet.set("summary", EndedCallJson.MAPPER.readTree(json));
        return packet;
    }

    private static void post(Webhook webhook, ObjectNode packet, String key) throws InterruptedException {
        switch (webhook.post(key, packet.toString(), ANSWER_WITHIN)) {
            case Webhook.Delivery.Taken ignored -> {}
            case Webhook.Delivery.Failed failed ->
                throw failed.passing() ? new TransientFailure(failed.cause()) : new ToolFailure(failed.cause());
            case Webhook.Delivery.Late ignored ->
                throw new TransientFailure(TimeLimit.missed(webhook.host(), ANSWER_WITHIN));
        }
    }

    /** A copy that gets the words of the call as well: whatever was said, sensitive values too. A text model of it gets them, too. */
    public AfterCallTask withTranscript() {
        return new AfterCallTask(name, true, when, preparation, delivery);
    }

    /** A copy for these calls only, of those that it is for already; decided when the call is over, on the task's thread. */
    public AfterCallTask onlyWhen(Predicate<EndedCall> fits) {
        return new AfterCallTask(name, transcript, when.and(fits), preparation, delivery);
    }

    /** Short and stable. */
    public String name() {
        return name;
    }

    /** Whether it gets the words of the call. */
    public boolean wantsTranscript() {
        return transcript;
    }

    boolean isFor(EndedCall call) {
        return when.test(call);
    }

    Optional<Preparation> preparation() {
        return preparation;
    }

    Delivery delivery() {
        return delivery;
    }

    @Override
    public String toString() {
        return "AfterCallTask[" + name + "]";
    }
}
