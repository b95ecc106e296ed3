package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.antiphon.session.ToolOutcome;
import jakarta.validation.constraints.Pattern;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Canaries: what must not be seen is looked for wherever it could be. */
class RedactionTest {
    private static final String CANARY = "4929-canary-1111";

    record Card(@Sensitive @Pattern(regexp = "[0-9a-z-]+") String number, Optional<String> holder) {
        Card {
            if (holder.filter("reject"::equals).isPresent()) {
                throw new IllegalArgumentException("the card " + number + " is not welcome");
            }
        }
    }

    record Payment(int cents, Card card) {}

    record Row(
            String name,
            @NotForModel String internalNote,
            @NotForModel @JsonProperty("renamed") String other) {
        @NotForModel
        public String getDerived() {
            return CANARY;
        }
    }

    record Page(List<Row> rows, Map<String, Row> byName, Optional<Row> best) {}

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Level level = root.getLevel();

    @BeforeEach
    void listen() {
        logged.start();
        root.addAppender(logged);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(logged);
        root.setLevel(level);
    }

    private void nothingWasLogged() {
        assertThat(List.copyOf(logged.list))
                .noneSatisfy(event -> assertThat(event.getFormattedMessage()
                                + (event.getThrowableProxy() == null
                                        ? ""
                                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                        .contains(CANARY));
    }

    private static String everythingOf(ToolOutcome outcome) {
        StringWriter text = new StringWriter();
        text.append(outcome.toString());
        if (outcome instanceof ToolOutcome.Failed failed) {
            failed.cause().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }

    private static ToolOutcome pay(String arguments, Tool.Handler<Payment, String> handler) {
        try (Bench bench = new Bench(Tool.of("pay", "Pays.", Payment.class, handler))) {
            return bench.call("pay", arguments).outcome();
        }
    }

    @Test
    void whatIsNotForTheModelIsLeftOutAtAnyDepth() {
        Row row = new Row("Ada", CANARY, CANARY);
        assertThat(ResultText.of(new Page(List.of(row), Map.of("a", row), Optional.of(row)), 1_000, new HashSet<>()))
                .isEqualTo(
                        "{\"rows\":[{\"name\":\"Ada\"}],\"byName\":{\"a\":{\"name\":\"Ada\"}},\"best\":{\"name\":\"Ada\"}}");
        assertThat(ResultText.of(
                        NextAction.after(ToolResult.alternative("taken", List.of(row))), 1_000, new HashSet<>()))
                .contains("\"offer_instead\":[{\"name\":\"Ada\"}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cents\":1,\"card\":{\"number\":\"4929-canary-1111 with more than fits\"}}",
                "{\"cents\":1,\"card\":{\"number\":[\"4929-canary-1111\"]}}",
                "{\"cents\":1,\"card\":\"4929-canary-1111\"}",
                "{\"cents\":1,\"card\":{\"number\":\"4929-canary-1111\",\"holder\":\"reject\"}}",
                "{\"cents\":9000000000,\"card\":{\"number\":\"4929-canary-1111\"}}",
                "[\"4929-canary-1111\"]",
                "4929-canary-1111",
                "\"4929-canary-1111\""
            })
    void aRefusalDoesNotRepeatASensitiveValue(String arguments) {
        ToolOutcome refused = pay(arguments, payment -> "paid");
        assertThat(refused).isInstanceOf(ToolOutcome.Rejected.class);
        assertThat(everythingOf(refused)).doesNotContain(CANARY).doesNotContain("4929");
        nothingWasLogged();
    }

    @Test
    void aFailureDoesNotRepeatASensitiveValue() {
        String right = "{\"cents\":1,\"card\":{\"number\":\"" + CANARY + "\"}}";
        ToolOutcome told = pay(right, payment -> {
            throw new ToolFailure("the card " + payment.card().number() + " was declined");
        });
        ToolOutcome thrown = pay(right, payment -> {
            throw new IllegalStateException(
                    "while paying",
                    new IllegalArgumentException("with " + payment.card().number()));
        });
        assertThat(told)
                .isInstanceOfSatisfying(
                        ToolOutcome.Failed.class,
                        failed -> assertThat(failed.message()).isEqualTo("the card *** was declined"));
        assertThat(everythingOf(told)).doesNotContain(CANARY);
        assertThat(everythingOf(thrown))
                .doesNotContain(CANARY)
                .contains("while paying")
                .contains("with ***");
        nothingWasLogged();
    }

    @Test
    void argumentsAreMaskedForLogsAndJournals() {
        try (Bench bench = new Bench(
                Tool.of("pay", "Pays.", Payment.class, payment -> "paid"),
                Tool.of("plain", "Plain.", Row.class, row -> "x"))) {
            assertThat(bench.pool.masked("pay", "{\"cents\":1,\"card\":{\"number\":\"" + CANARY + "\"}}"))
                    .isEqualTo("{\"cents\":1,\"card\":{\"number\":\"***\"}}");
            assertThat(bench.pool.masked("pay", "{\"cents\":1,\"Card\":\"" + CANARY + "\"}"))
                    .isEqualTo("{\"cents\":1,\"Card\":\"***\"}");
            assertThat(bench.pool.masked("pay", "{\"cents\":" + CANARY)).isEmpty();
            assertThat(bench.pool.masked("pay", "\"" + CANARY + "\"")).isEmpty();
            assertThat(bench.pool.masked("plain", "{\"name\":\"Ada\"}")).isEqualTo("{\"name\":\"Ada\"}");
            assertThat(bench.pool.masked("nobody", "{}")).isEqualTo("{}");
            assertThat(bench.pool.masked("nobody", "{\"pin\":12,\"card\":{\"number\":\"" + CANARY + "\"}}"))
                    .isEqualTo("{\"pin\":\"***\",\"card\":\"***\"}");
            assertThat(bench.pool.masked("nobody", CANARY)).isEmpty();
        }
    }

    @Test
    void theCodeGetsTheValueAndTheModelKnowsThatItIsWriteOnly() {
        assertThat(pay(
                        "{\"cents\":1,\"card\":{\"number\":\"" + CANARY + "\"}}",
                        payment -> "ends in " + payment.card().number().substring(12)))
                .isEqualTo(new ToolOutcome.Ok("\"ends in 1111\""));
        assertThat(InputSchema.of(Payment.class).text()).contains("\"writeOnly\":true");
    }

    record Receipt(int cents, @Sensitive String code, Map<String, String> notes, Optional<Receipt> before) {}

    @Test
    void anAnswerIsMaskedForPeopleAndWholeForTheModel() {
        String arguments = "{\"cents\":1,\"card\":{\"number\":\"" + CANARY + "\"}}";
        Receipt first = new Receipt(1, "code-1", Map.of("paid with", "card " + CANARY), Optional.empty());
        try (Bench bench = new Bench(
                Tool.of(
                        "pay",
                        "Pays.",
                        Payment.class,
                        payment -> new Receipt(2, "code-2", Map.of("number", CANARY), Optional.of(first))),
                Tool.of("say", "Says.", Payment.class, payment -> "paid with " + CANARY),
                Tool.of("long", "Is long.", Payment.class, payment -> List.of(first, "x".repeat(9_000))))) {
            String answer = String.valueOf(
                    ((ToolOutcome.Ok) bench.call("pay", arguments).outcome()).value());
            assertThat(answer).contains(CANARY, "code-1", "code-2");
            assertThat(bench.pool.maskedAnswer("pay", arguments, answer))
                    .isEqualTo("{\"cents\":2,\"code\":\"***\",\"notes\":{\"number\":\"***\"},\"before\":{\"cents\":1,"
                            + "\"code\":\"***\",\"notes\":{\"paid with\":\"card ***\"},\"before\":null}}");
            assertThat(bench.pool.maskedAnswer("say", arguments, "\"paid with " + CANARY + "\""))
                    .isEqualTo("\"paid with ***\"");
            String cut = String.valueOf(
                    ((ToolOutcome.Ok) bench.call("long", arguments).outcome()).value());
            assertThat(bench.pool.maskedAnswer("long", arguments, cut))
                    .contains("\"truncated\":true", "\"beginning\":\"***\"")
                    .doesNotContain("code-1");
            assertThat(bench.pool.maskedAnswer("nobody", arguments, "{\"a\":1}"))
                    .isEqualTo("{\"a\":1}");
        }
    }
}
