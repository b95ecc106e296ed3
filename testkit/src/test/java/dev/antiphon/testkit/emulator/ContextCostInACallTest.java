package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.ContextCost;
import dev.antiphon.model.ContextCost.Piece;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.model.Money;
import dev.antiphon.model.PriceCard;
import dev.antiphon.realtime.Usage;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A booking call of five minutes at the emulator's usage arithmetic: 20 turns, in each the caller speaks for 4 s, the model calls a
 * tool, and answers for 6 s. The figures of docs/operations.md.
 */
class ContextCostInACallTest {
    private static final int TURNS = 20;
    private static final int RESPONSES = 2 * TURNS;
    private static final String INSTRUCTIONS = "i".repeat(6_000);
    private static final String CALLER_WORDS = "w".repeat(52);
    private static final String AGENT_WORDS = "a".repeat(120);
    private static final String OUTPUT = "o".repeat(250);

    private record Entry(String itemId, int audio, int text, boolean cached, String role) {}

    private final Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();
    private final VirtualCall call = VirtualCall.open(brain);
    private final List<Entry> entries = new ArrayList<>();
    private int items;

    /** The cost with audio kept and with the policy, in US cents rounded; the saving in per cent. */
    @ParameterizedTest
    @CsvSource({"gpt-realtime-2.1, 36.7, 28.1, 24", "gpt-realtime-2.1-mini, 11.2, 7.3, 35"})
    void wordsInPlaceOfHeardAudioSaveAPartOfTheCost(String model, String kept, String replaced, int percent) {
        PriceCard prices = ModelCatalogue.bundled().find(model).orElseThrow().prices();
        Money all = cost(prices, false);
        ContextCostInACallTest other = new ContextCostInACallTest();
        Money less = other.cost(prices, true);

        assertThat(cents(all) + ", " + cents(less) + ", " + Math.round(100 * (1 - ratio(less, all))))
                .isEqualTo(kept + ", " + replaced + ", " + percent);
        assertThat(other.brain.lastTurn().history())
                .hasSameSizeAs(brain.lastTurn().history());
    }

    private static String cents(Money money) {
        return money.usd().movePointRight(2).setScale(1, RoundingMode.HALF_UP).toPlainString();
    }

    private static double ratio(Money a, Money b) {
        return a.usd().doubleValue() / b.usd().doubleValue();
    }

    private Money cost(PriceCard prices, boolean policy) {
        call.send("{'type':'session.update','session':{'type':'realtime','instructions':'" + INSTRUCTIONS
                + "','audio':{'input':{'turn_detection':null}}}}");
        Money sum = Money.ZERO;
        for (int turn = 0; turn < TURNS; turn++) {
            callerSpeaks();
            brain.then(new Brain.Output.CallTool(
                    "fill_slots", JsonNodeFactory.instance.objectNode().put("value", "v".repeat(48))));
            sum = sum.plus(respond(prices, policy, 2 * turn));
            answerCall();
            brain.says(AGENT_WORDS);
            sum = sum.plus(respond(prices, policy, 2 * turn + 1));
        }
        return sum;
    }

    private void callerSpeaks() {
        call.hear(Doubles.tone(4_000, 8_000))
                .send("{'type':'input_audio_buffer.commit'}")
                .run();
        entries.add(new Entry(
                call.last("input_audio_buffer.committed").path("item_id").asString(""),
                40,
                (int) Tokens.ofText(CALLER_WORDS),
                false,
                "user"));
    }

    private void answerCall() {
        JsonNode item = call.last("response.output_item.done").path("item");
        entries.add(new Entry("", 0, (int) Tokens.ofText(60), false, ""));
        call.send("{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'"
                        + item.path("call_id").asString("") + "','output':'" + OUTPUT + "'}}")
                .run();
        entries.add(new Entry("", 0, (int) Tokens.ofText(OUTPUT), false, ""));
    }

    private Money respond(PriceCard prices, boolean policy, int before) {
        if (policy) {
            replace(prices, Math.max(4, RESPONSES - before));
        }
        call.respond().run();
        entries.replaceAll(e -> new Entry(e.itemId(), e.audio(), e.text(), true, e.role()));
        JsonNode done = call.last("response.done").path("response");
        JsonNode said = done.path("output").path(0);
        if (said.path("role").asString("").equals("assistant")) {
            entries.add(new Entry(
                    said.path("id").asString(""),
                    AGENT_WORDS.length(),
                    (int) Tokens.ofText(AGENT_WORDS),
                    false,
                    "assistant"));
        }
        return prices.cost(usage(done.path("usage")));
    }

    private void replace(PriceCard prices, int responses) {
        int lastTurn = entries.size() - 1;
        while (!entries.get(lastTurn).role().equals("user")) {
            lastTurn--;
        }
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry e = entries.get(i);
            boolean heard = e.role().equals("assistant") || e.cached();
            pieces.add(new Piece(e.audio(), e.text(), e.cached(), i < lastTurn && heard));
        }
        List<Integer> chosen = ContextCost.replacements(pieces, prices, responses);
        chosen.forEach(this::tell);
        for (int i = chosen.isEmpty() ? entries.size() : chosen.get(0); i < entries.size(); i++) {
            Entry e = entries.get(i);
            entries.set(i, new Entry(e.itemId(), chosen.contains(i) ? 0 : e.audio(), e.text(), false, e.role()));
        }
    }

    private void tell(int index) {
        Entry e = entries.get(index);
        boolean user = e.role().equals("user");
        call.send("{'type':'conversation.item.create','previous_item_id':'" + e.itemId() + "','item':{'id':'text_"
                        + items++
                        + "','type':'message','role':'" + e.role() + "','content':[{'type':'"
                        + (user ? "input_text" : "output_text") + "','text':'" + (user ? CALLER_WORDS : AGENT_WORDS)
                        + "'}]}}")
                .send("{'type':'conversation.item.delete','item_id':'" + e.itemId() + "'}")
                .run();
    }

    private static Usage usage(JsonNode usage) {
        JsonNode in = usage.path("input_token_details");
        JsonNode cached = in.path("cached_tokens_details");
        JsonNode out = usage.path("output_token_details");
        return new Usage(
                in.path("text_tokens").asInt(0),
                in.path("audio_tokens").asInt(0),
                0,
                cached.path("text_tokens").asInt(0),
                cached.path("audio_tokens").asInt(0),
                0,
                out.path("text_tokens").asInt(0),
                out.path("audio_tokens").asInt(0));
    }
}
