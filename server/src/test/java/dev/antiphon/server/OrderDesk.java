package dev.antiphon.server;

import static dev.antiphon.flow.dsl.FlowDsl.choice;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.say;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.Item;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.session.CallClock;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.brain.SchemaBrain;
import dev.antiphon.testkit.emulator.EmulatorProfile;
import dev.antiphon.testkit.emulator.EmulatorSettings;
import dev.antiphon.testkit.emulator.RealtimeEmulator;
import dev.antiphon.testkit.speech.SpeechRecognizer;
import dev.antiphon.testkit.speech.SpeechSynthesizer;
import dev.antiphon.tool.ToolDispatcher;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A small bot on an emulated model that never misunderstands and has a hum for a voice. */
final class OrderDesk implements AutoCloseable {
    enum Drink {
        COFFEE,
        TEA
    }

    record Order(Drink drink, String name) {}

    private static final PriceCard PRICES = PriceCard.of("0.6", "0.06", "2.4", "10", "0.3", "20", "0.8", "0.08");

    final AtomicInteger orders = new AtomicInteger();
    final Speech speech = new Speech();
    private final RealtimeEmulator emulator;
    private final AntiphonServer server;

    private OrderDesk(Optional<Bot> other, UnaryOperator<ServerSettings> changes, UnaryOperator<Bot> changesOfBot) {
        emulator = RealtimeEmulator.start(
                EmulatorSettings.of(new SchemaBrain(BrainProfile.ByModel.withoutMisunderstandings()), speech, speech)
                        .withProfile(EmulatorProfile.instant()));
        server = AntiphonServer.start(changes.apply(settings()), changesOfBot.apply(other.orElseGet(this::bot)));
    }

    static OrderDesk open() {
        return open(settings -> settings);
    }

    static OrderDesk open(UnaryOperator<ServerSettings> changes) {
        return open(changes, bot -> bot);
    }

    static OrderDesk open(UnaryOperator<ServerSettings> changes, UnaryOperator<Bot> changesOfBot) {
        return new OrderDesk(Optional.empty(), changes, changesOfBot);
    }

    /** Another bot on the same emulated model. */
    static OrderDesk of(Bot bot, UnaryOperator<ServerSettings> changes) {
        return new OrderDesk(Optional.of(bot), changes, unchanged -> unchanged);
    }

    URI http(String path) {
        return server.httpUri().resolve(path);
    }

    URI realtime() {
        return server.realtimeUri();
    }

    /** The operator's console, where the settings have one. */
    URI operator() {
        return server.operatorUri().orElseThrow();
    }

    int port() {
        return server.httpUri().getPort();
    }

    private ServerSettings settings() {
        TierLadder ladder = new TierLadder(List.of(tier("mini", "gpt-realtime-mini"), tier("full", "gpt-realtime")));
        return ServerSettings.defaults(ladder).withSimulatedSpeech(new SimulatedSpeech(speech::register, speech));
    }

    private Tier tier(String name, String model) {
        URI uri = URI.create(emulator.wsUri() + (emulator.wsUri().getQuery() == null ? "?" : "&") + "model=" + model);
        return new Tier(
                name,
                new ModelEndpoint("emulator", model, uri, Map.of("Authorization", "Bearer test"), List.of("realtime")),
                PRICES);
    }

    Bot bot() {
        Flow<Order> flow = flow();
        return Bot.forCallers(
                        "order desk",
                        "Takes orders for drinks.",
                        caller -> FlowConversation.start(
                                        flow(),
                                        CallClock.system(),
                                        ZoneId.of("UTC"),
                                        UUID.randomUUID().toString())
                                .knowing(new Item(caller.id()
                                        .map(id -> Map.of("name", id))
                                        .orElse(Map.of()))))
                .withTools(system -> ToolDispatcher.start(system, List.of()))
                .withDiagram(flow.svg(), flow.mermaid());
    }

    private Flow<Order> flow() {
        Slot<Drink> drink = choice("drink", Drink.class).ask("Coffee or tea?");
        Slot<String> name = personName("name").ask("May I have your name?");
        return Flow.named(
                "order-drink",
                Order.class,
                f -> f.goal("Order one drink")
                        .greetKnown("Hello {name}, nice to hear you.")
                        .collect(drink, name)
                        .confirm(o -> say("{} for {}. Shall I order it?", o.drink(), o.name()))
                        .effect("order", order -> orders.incrementAndGet(), e -> e)
                        .done((o, number) -> say("Ordered, number {}. Goodbye.", number)));
    }

    @Override
    public void close() {
        server.close();
        emulator.close();
    }

    /** Hums as long as words would take, 382 Hz; recognises nothing, but keeps what it heard last. */
    static final class Speech implements SpeechSynthesizer, SpeechRecognizer {
        private static final int BYTES_PER_CHARACTER = 480;

        volatile String registered = "";
        volatile byte[] heard = {};

        @Override
        public byte[] pcm24kHz(String text) {
            byte[] pcm = new byte[text.length() * BYTES_PER_CHARACTER];
            for (int i = 0; i + 1 < pcm.length; i += 2) {
                short sample = (short) (3_000 * Math.sin(i * 0.05));
                pcm[i] = (byte) sample;
                pcm[i + 1] = (byte) (sample >> 8);
            }
            return pcm;
        }

        @Override
        public void register(String text) {
            registered = text;
        }

        @Override
        public Optional<String> recognize(byte[] pcm24kHz) {
            heard = pcm24kHz.clone();
            return Optional.empty();
        }
    }
}
