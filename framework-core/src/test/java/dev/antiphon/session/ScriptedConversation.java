package dev.antiphon.session;

import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.ToolChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A dialog whose reactions a test chooses. */
final class ScriptedConversation implements Conversation {
    final List<Event> events = new CopyOnWriteArrayList<>();
    private final Function<Event, List<Directive>> reactions;

    ScriptedConversation(Function<Event, List<Directive>> reactions) {
        this.reactions = reactions;
    }

    /** Says nothing and wants nothing. */
    static ScriptedConversation quiet() {
        return new ScriptedConversation(event -> List.of());
    }

    @Override
    public String name() {
        return "test-flow";
    }

    @Override
    public Opening opening() {
        return new Opening(
                "Be brief.",
                List.of(new FunctionTool("fill_slots", "Fills.", new RawJson("{\"type\":\"object\"}"))),
                ToolChoice.AUTO);
    }

    @Override
    public List<Directive> on(Event event) {
        events.add(event);
        return reactions.apply(event);
    }

    @Override
    public Optional<String> seed() {
        return Optional.of("Conversation so far: nothing.");
    }

    @Override
    public View view() {
        return new View("step", Map.of(), Optional.empty());
    }
}
