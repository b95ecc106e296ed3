package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.ToolOutcome;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Size;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever a model writes where a sensitive value belongs, and whatever becomes of the call, nobody reads it afterwards. */
class RedactionProperties {
    private static final String CANARY = "canary7171";

    record Card(@Sensitive @Size(max = 12) String number, Optional<@Size(max = 3) String> holder) {}

    record Payment(@Max(100) int cents, Card card, List<Card> others) {}

    private final OfferedTool<Payment, String> tool =
            new OfferedTool<>(Tool.of("pay", "Pays.", Payment.class, payment -> {
                if (payment.cents() == 1) {
                    throw new ToolFailure("declined: " + payment);
                }
                throw new IllegalStateException("broken: " + payment);
            }));

    @Property(tries = 500)
    void nobodyReadsIt(@ForAll("numbers") String cents, @ForAll("cards") String card, @ForAll("cards") String other) {
        String arguments = "{\"cents\":" + cents + ",\"card\":" + card + ",\"others\":[" + other + "]}";
        ToolOutcome outcome = tool.call(arguments, Bench.CONTEXT).outcome();
        StringWriter seen = new StringWriter();
        seen.append(outcome.toString()).append(tool.masked(arguments));
        if (outcome instanceof ToolOutcome.Failed failed) {
            failed.cause().printStackTrace(new PrintWriter(seen, true));
        }
        assertThat(seen.toString()).doesNotContain(CANARY);
    }

    @Provide
    Arbitrary<String> numbers() {
        return Arbitraries.of("1", "2", "101", "\"two\"", "null", "9000000000", "[]", "{");
    }

    @Provide
    Arbitrary<String> cards() {
        String quoted = "\"" + CANARY + "\"";
        Arbitrary<String> numbers = Arbitraries.of(
                quoted,
                "\"" + CANARY.repeat(3) + "\"",
                "[" + quoted + "]",
                "{\"a\":" + quoted + "}",
                "{\"number\":" + quoted + "}",
                "null");
        Arbitrary<String> holders =
                Arbitraries.of("", ",\"holder\":\"Ada\"", ",\"holder\":\"much too long\"", ",\"more\":1");
        Arbitrary<String> whole =
                numbers.flatMap(number -> holders.map(holder -> "{\"number\":" + number + holder + "}"));
        return Arbitraries.frequencyOf(
                Tuple.of(5, whole), Tuple.of(1, Arbitraries.of(quoted, "[" + quoted + "]", "7")));
    }
}
