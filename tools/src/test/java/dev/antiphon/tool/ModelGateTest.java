package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.GateDecision;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Another model that looks at what is about to be done. */
class ModelGateTest {
    private static final String REFUSAL = "I can't pay that back myself.";
    private static final String KEY = "sk-canary-4711";
    private static final String YES = "{\"allow\":true,\"reason\":\"fits\"}";

    record Refund(int euros, @Sensitive String iban) {}

    private final List<ModelGate.Decision> decisions = new ArrayList<>();
    private final AtomicInteger paid = new AtomicInteger();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ModelGate.class);
    private PlayedTextModel service;

    @BeforeEach
    void start() throws IOException {
        service = new PlayedTextModel();
        log.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
        service.close();
    }

    private ModelGate gate() {
        return gate(Duration.ofSeconds(20));
    }

    private ModelGate gate(Duration patience) {
        return ModelGate.asking(
                        TextModel.at(service.address(), "small", Optional.of(Secret.of(KEY)))
                                .within(patience),
                        "refund",
                        "Refunds are for damaged goods.",
                        REFUSAL)
                .telling(decisions::add);
    }

    private ToolOutcome refund(ModelGate gate) throws Exception {
        Tool<Refund, String> tool = Tool.of(
                        "refund", "Pays back.", Refund.class, refund -> "paid " + paid.incrementAndGet())
                .timeout(Duration.ofMinutes(1));
        try (Bench bench = new Bench(tool.gated(gate))) {
            return outcome(
                    bench,
                    new Invocation.ModelCall(Bench.ADA, "call_1", "refund", "{\"iban\":\"iban-canary\",\"euros\":40}"));
        }
    }

    private static ToolOutcome outcome(Bench bench, Invocation invocation) throws Exception {
        CompletableFuture<ToolOutcome> settled = new CompletableFuture<>();
        bench.pool.invoke(invocation, settled::complete);
        return settled.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whatTheModelAllowsIsDoneAndItHasSeenTheRulesAndTheValuesWithoutSensitiveOnes() throws Exception {
        service.says(YES);
        assertThat(refund(gate())).isEqualTo(new ToolOutcome.Ok("\"paid 1\""));
        PlayedTextModel.Asked asked = service.asked();
        assertThat(asked.body().at("/messages/0/content").asString())
                .contains("'refund'")
                .contains("Refunds are for damaged goods.");
        assertThat(asked.data().toString())
                .isEqualTo("{\"about_to_do\":\"refund\",\"values\":{\"euros\":40,\"iban\":\"***\"}}");
        assertThat(asked.body()
                        .at("/response_format/json_schema/schema/properties/allow/type")
                        .asString())
                .isEqualTo("boolean");
        assertThat(asked.body().toString()).doesNotContain("iban-canary");
        assertThat(decisions).extracting(ModelGate.Decision::allowed).containsExactly(true);
    }

    @Test
    void whatTheModelRefusesIsNotDoneAndTheCallerHearsTheAuthorsWords() throws Exception {
        service.says("{\"allow\":false,\"reason\":\"Ada says nothing was damaged\"}");
        ToolOutcome outcome = refund(gate());
        assertThat(((ToolOutcome.Failed) outcome).message()).isEqualTo(REFUSAL + " Nothing was done.");
        assertThat(paid).hasValue(0);
        assertThat(decisions.getFirst().reason()).contains("Ada says nothing was damaged");
        assertThat(decisions.getFirst().cause()).isEmpty();
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .endsWith("was refused: the model said no");
    }

    @Test
    void nothingIsLetThroughWithoutAnAnswerAndTheCauseIsKept() throws Exception {
        service.says("Sure, go ahead!");
        assertThat(refund(gate())).isInstanceOf(ToolOutcome.Failed.class);
        service.says("{\"allow\":\"true\",\"reason\":\"fits\"}");
        assertThat(refund(gate())).isInstanceOf(ToolOutcome.Failed.class);
        service.says("{\"allow\":true}");
        assertThat(refund(gate())).isInstanceOf(ToolOutcome.Failed.class);
        service.answers(500, KEY);
        assertThat(refund(gate())).isInstanceOf(ToolOutcome.Failed.class);
        service.answers(401, KEY);
        assertThat(refund(gate())).isInstanceOf(ToolOutcome.Failed.class);
        assertThat(refund(gate(Duration.ofMillis(100)))).isInstanceOf(ToolOutcome.Failed.class);
        assertThat(paid).hasValue(0);
        assertThat(decisions).extracting(ModelGate.Decision::allowed).containsOnly(false);
        assertThat(decisions)
                .extracting(decision -> decision.cause().orElse(""))
                .containsExactly(
                        "the answer of the text model at 127.0.0.1 is none: it does not keep to the schema",
                        "the answer of the text model at 127.0.0.1 is none: it does not keep to the schema",
                        "the answer of the text model at 127.0.0.1 is none: it does not keep to the schema",
                        "the text model at 127.0.0.1 answered with status 500",
                        "the text model at 127.0.0.1 answered with status 401",
                        "the text model at 127.0.0.1 did not answer within 100 ms");
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .hasSize(6)
                .noneMatch(line -> line.contains(KEY));
    }

    @Test
    void anEffectIsLookedAtWithWhatWasSaidInItsCall() throws Exception {
        LastTurns turns = new LastTurns();
        say(turns, Bench.ADA, "The cup was broken.");
        say(turns, Bench.BOB, "Something else.");
        ModelGate gate = gate().knowing(turns);
        service.says(YES);
        try (Bench bench = new Bench()) {
            ToolOutcome outcome = outcome(
                    bench,
                    new Invocation.Effect(
                            Bench.ADA,
                            "refund#1",
                            "refund",
                            "key_1",
                            Bench.policy(Duration.ofSeconds(20), 0),
                            () -> gate.look("key_1", Map.of("amount", "40 euros"))));
            assertThat(outcome).isEqualTo(new ToolOutcome.Ok(GateDecision.allow()));
        }
        assertThat(service.asked().data().toString())
                .isEqualTo("{\"about_to_do\":\"refund\",\"values\":{\"amount\":\"40 euros\"},"
                        + "\"last_turns\":[{\"by\":\"caller\",\"words\":\"The cup was broken.\"}]}");
        assertThat(AtWork.session()).isEmpty();
    }

    private static void say(LastTurns turns, SessionId session, String words) {
        turns.on(new SessionEvent.SessionStarted(session, Instant.EPOCH, "refunds", "", "mini", "small"));
        turns.on(new SessionEvent.CallerTurnTaken(session, Instant.EPOCH, "item_1", Optional.of(words)));
    }

    @Test
    void whatWasSaidIsForgottenWhenTheCallIsOver() {
        LastTurns turns = new LastTurns();
        say(turns, Bench.ADA, "The cup was broken.");
        assertThat(turns.of(Bench.ADA)).hasSize(1);
        turns.on(new SessionEvent.SessionEnded(
                Bench.ADA,
                Instant.EPOCH,
                "refunds",
                "mini",
                new Outcome.Abandoned("gone"),
                Duration.ZERO,
                1,
                Usage.NONE,
                CallCost.NONE));
        assertThat(turns.of(Bench.ADA)).isEmpty();
    }

    @Test
    void aGateWithoutWordsForTheCallerIsNone() {
        assertThatThrownBy(() -> ModelGate.asking(
                        TextModel.at(service.address(), "small", Optional.empty()), "refund", "Rules.", " "))
                .hasMessageContaining("needs a reason");
    }

    @Test
    void argumentsThatCannotBeShownAreNotLetThrough() {
        assertThatThrownBy(() -> gate().look("x", new ToolContext(Bench.ADA, "call_1", "key_1", "")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(service.more()).isZero();
    }
}
