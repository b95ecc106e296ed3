package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.group;
import static dev.antiphon.flow.dsl.FlowDsl.phone;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.verbatim;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.slot.PhoneNumber;
import dev.antiphon.flow.slot.Slot;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Words that no caller could agree to, or hear, are refused when the flow is built. */
class SpokenWordsTest {
    record Contact(String name, String town) {}

    record Order(String article, Contact contact) {}

    record Secret(PhoneNumber phone) {}

    private final Slot<String> article = freeText("article").ask("What?");
    private final Slot<String> name = freeText("name").ask("Who?");
    private final Slot<String> town = freeText("town").ask("Where?");

    private Flow<Order> reading(Function<Order, Saying> words) {
        return flow(words, f -> {});
    }

    private Flow<Order> flow(Function<Order, Saying> words, Consumer<FlowBuilder<Order, ?>> more) {
        return Flow.named("order", Order.class, f -> {
            more.accept(f);
            return f.goal("Order things")
                    .collect(article)
                    .collect(group("contact", Contact.class, name, town))
                    .confirm(words)
                    .effect("place", order -> "O1")
                    .done((order, id) -> say("Ordered."));
        });
    }

    @Test
    void aReadBackThatNamesNoValueIsRefused() {
        assertThatThrownBy(() -> reading(order -> say("Shall I do it?")))
                .hasMessageContaining(
                        "read-back-without-values: task 'order': confirm(...) must read back what the effect"
                                + " does, but names none of the values [article, name, town]");
        assertThatThrownBy(() -> reading(order -> verbatim("Shall I do it?")))
                .hasMessageContaining("read-back-without-values");
    }

    @Test
    void aReadBackOfSomeValuesIsAsTheAuthorWantsIt() {
        assertThatCode(() -> reading(order -> say("{}. Right?", order.article())))
                .doesNotThrowAnyException();
        assertThatCode(() -> reading(order -> say("Shall I order " + order.article() + "?")))
                .doesNotThrowAnyException();
    }

    @Test
    void sensitiveValuesMayBeLeftOut() {
        assertThatCode(() -> Flow.named(
                        "secret",
                        Secret.class,
                        f -> f.goal("Note a number")
                                .collect(
                                        phone("phone", "US").ask("Your number?").sensitive())
                                .confirm(secret -> say("Shall I note your number?"))
                                .effect("note", secret -> "N1")
                                .done((secret, id) -> say("Noted."))))
                .doesNotThrowAnyException();
    }

    @Test
    void aRecordInAGapIsRefused() {
        assertThatThrownBy(() -> reading(order -> say("{} for {}. Right?", order.article(), order.contact())))
                .hasMessageContaining("wording: task 'order': a gap of say(...) in confirm(...) must hold what can be"
                        + " spoken, but holds the record Contact");
        assertThatThrownBy(() -> reading(order -> say("{}. Right?", order))).hasMessageContaining("the record Order");
    }

    @Test
    void aToolThatTheFlowHasItselfOrThatHasNoLegalNameIsNotOffered() {
        Function<Order, Saying> words = order -> say("{}. Right?", order.article());
        assertThatThrownBy(() -> flow(words, f -> f.alsoOffers("fill_slots")))
                .hasMessageContaining(
                        "tool-name: alsoOffers(\"fill_slots\") must name a tool of the pool, but the flow itself has that one");
        assertThatThrownBy(() -> flow(words, f -> f.alsoOffers("a b")))
                .hasMessageContaining("1 to 64 letters, digits, '_' or '-', but was 'a b'");
        assertThatCode(() -> flow(words, f -> f.alsoOffers("price_of-2"))).doesNotThrowAnyException();
    }
}
