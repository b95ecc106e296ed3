package dev.antiphon.flow;

import static dev.antiphon.flow.faq.FaqEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.session.Conversation.Opening;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a model is told of each step. */
class BriefingTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    private static final String ALL_BUT_TIME =
            "{\"service\":\"CHECKUP\",\"date\":\"2026-11-24\",\"name\":\"Ana Smith\",\"phone\":\"202 555 0147\"}";

    private final Calendar calendar = new Calendar();
    private final Flow<?> flow =
            new ReferenceBooking(calendar, Faq.of(entry("Where can I park?").answer("Behind the building."))).flow;
    private int calls;

    private FlowConversation call(Briefing briefing) {
        return FlowConversation.start(flow, CLOCK, ZoneOffset.UTC, "instance").briefedBy(briefing);
    }

    private List<Directive> fills(FlowConversation call, String arguments) {
        calls++;
        return Stream.concat(
                        call.on(new Event.ToolCalled("c" + calls, "fill_slots", arguments)).stream(),
                        call.on(new Event.CallsComplete()).stream())
                .toList();
    }

    private static List<String> tools(Opening opening) {
        return opening.tools().stream().map(FunctionTool::name).toList();
    }

    private static Opening rebriefed(List<Directive> directives) {
        return directives.stream()
                .filter(Directive.Rebrief.class::isInstance)
                .map(directive -> ((Directive.Rebrief) directive).opening())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aStaticBriefNeverChanges() {
        FlowConversation call = call(Briefing.STATIC);
        Opening first = call.opening();

        assertThat(call.on(new Event.CallStarted())).hasOnlyElementsOfType(Directive.Say.class);
        assertThat(fills(call, ALL_BUT_TIME)).hasOnlyElementsOfType(Directive.Answer.class);
        assertThat(call.opening()).isEqualTo(first);
        assertThat(tools(first))
                .containsExactly("fill_slots", "confirm", "choose", "more_alternatives", "ask", "control");
    }

    @Test
    void aBriefOfANodeHasItsValuesItsQuestionAndTheToolsThatFit() {
        FlowConversation call = call(Briefing.PER_NODE);
        String never = call(Briefing.STATIC).opening().instructions();
        assertThat(call.opening().instructions()).startsWith(never);
        call.on(new Event.CallStarted());

        Opening asking = rebriefed(fills(call, ALL_BUT_TIME));
        assertThat(asking.instructions())
                .startsWith(never)
                .contains("service: checkup")
                .contains("The caller was last asked: What time?")
                .doesNotContain("555");
        assertThat(tools(asking)).containsExactly("fill_slots", "ask", "control");

        Opening confirming = rebriefed(fills(call, "{\"time\":\"15:00\"}"));
        assertThat(tools(confirming)).containsExactly("fill_slots", "confirm", "ask", "control");
        assertThat(confirming.instructions()).contains("confirm_revision: ");
        assertThat(call.opening()).isEqualTo(confirming);
        assertThat(call.ownTools()).contains("choose", "more_alternatives");
    }

    @Test
    void alternativesBringTheToolsToChooseThem() {
        calendar.take(BookedByPhone.TUESDAY, BookedByPhone.THREE);
        FlowConversation call = call(Briefing.PER_NODE);
        call.on(new Event.CallStarted());
        fills(call, ALL_BUT_TIME);

        assertThat(tools(rebriefed(fills(call, "{\"time\":\"15:00\"}"))))
                .containsExactly("fill_slots", "choose", "more_alternatives", "ask", "control");
    }

    @Test
    void aStepThatChangesNothingIsNotToldAgain() {
        FlowConversation call = call(Briefing.PER_NODE);
        call.on(new Event.CallStarted());
        fills(call, ALL_BUT_TIME);

        assertThat(call.on(new Event.CallerSpoke("hm"))).isEmpty();
        assertThat(call.on(new Event.AgentSpoke("What time?", true))).isEmpty();
    }

    @Test
    void anItemOfANodeIsAFewWords() {
        FlowConversation call = call(Briefing.NODE_ITEMS);
        Opening first = call.opening();

        assertThat(call.on(new Event.CallStarted()))
                .contains(new Directive.Note(
                        "Step: service. Open: service, date, time, name, phone. Asked: Which service would you like?"));
        assertThat(fills(call, ALL_BUT_TIME)).contains(new Directive.Note("Step: time. Open: time. Asked: What time?"));
        assertThat(call.on(new Event.AgentSpoke("What time?", true))).isEmpty();
        assertThat(call.opening()).isEqualTo(first);
    }
}
