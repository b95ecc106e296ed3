package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.slot.PhoneNumber;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims in the words in which the flow itself tells a success. */
class SuccessWordsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    enum Tone {
        BELL,
        BIRDS
    }

    record Alarm(LocalTime time) {}

    record Wish(Tone tone, LocalDate date, LocalTime time, int count, PhoneNumber phone) {}

    record Entry(String reference, LocalTime time, Tone tone) {}

    private static Flow<Alarm> alarm(BiFunction<Alarm, String, Saying> words) {
        return Flow.named(
                "alarm",
                Alarm.class,
                f -> f.goal("Set an alarm")
                        .collect(time("time").ask("What time?"))
                        .confirm(alarm -> say("At {}. Is that right?", alarm.time()))
                        .effect("set", alarm -> "A1")
                        .done(words::apply));
    }

    private final Flow<Alarm> flow = alarm((alarm, id) -> say("Your alarm for {} is set. Thank you.", alarm.time()));

    private static boolean claimed(Flow<?> flow, String words) {
        return Claims.unbacked(flow, FlowState.initial(), words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your alarm for seven is set.",
                "Your alarm is set!",
                "Great, the alarm is now set for 7 AM.",
                "I've set your alarm.",
                "We have just set the alarm for tomorrow at seven.",
                "Okay: alarm set for seven.",
                "Your alarm has been set.",
                "All right, your alarm is set, anything else?  Your alarm is set."
            })
    void theFlowsOwnWordsOfSuccessAreAClaim(String words) {
        assertThat(claimed(flow, words)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Shall I set the alarm?",
                "Is your alarm set?",
                "Your alarm is not set yet.",
                "Your alarm isn't set.",
                "I will set your alarm.",
                "I'll set your alarm in a moment.",
                "I'm going to set your alarm now.",
                "Once you say yes, your alarm is set.",
                "Your alarm is set, once you say yes.",
                "Your alarm will be set for seven.",
                "So you want your alarm set for seven.",
                "Let me set the alarm.",
                "I can set an alarm for you.",
                "For which time is the alarm to be set?",
                "I set alarms all day.",
                "An alarm, for what time?",
                "Thank you.",
                "Thank you, goodbye."
            })
    void talkOfWhatIsToComeIsNoClaim(String words) {
        assertThat(claimed(flow, words)).isFalse();
    }

    @Test
    void aSentenceWithOneWordThatTellsMustBeThereAsAWhole() {
        Flow<Alarm> calls = alarm((alarm, id) -> say("Thank you, we will call you at {}.", alarm.time()));
        assertThat(claimed(calls, "Thank you, we will call you at three.")).isTrue();
        assertThat(claimed(calls, "So we will call you at 3 PM, goodbye.")).isTrue();
        assertThat(claimed(calls, "We can call you at three.")).isFalse();
        assertThat(claimed(calls, "When should we call you?")).isFalse();
        assertThat(claimed(calls, "We will call you at three if you say yes.")).isFalse();
        assertThat(claimed(calls, "Thank you for your call.")).isFalse();

        Flow<Alarm> ticket = alarm((alarm, id) -> say("You have the ticket."));
        assertThat(claimed(ticket, "Great, you have the ticket now.")).isTrue();
        assertThat(claimed(ticket, "A ticket, then.")).isFalse();
        assertThat(claimed(ticket, "You have chosen the ticket for adults.")).isFalse();

        Flow<Alarm> stored = alarm((alarm, id) -> say("Stored as {}.", id));
        assertThat(claimed(stored, "It is stored.")).isTrue();
        assertThat(claimed(stored, "Great, stored as A7.")).isTrue();
        assertThat(claimed(stored, "The data that we stored last year may be old."))
                .isFalse();
    }

    @Test
    void aWordOfSuccessWithACodeIsAClaim() {
        Flow<Alarm> done = alarm((alarm, id) -> say("Done {}.", id));
        assertThat(claimed(done, "Done X1.")).isTrue();
        assertThat(claimed(done, "Great, done A 1 7.")).isTrue();
        assertThat(claimed(done, "Done with the date, and what time?")).isFalse();
        assertThat(claimed(done, "Not done X1.")).isFalse();
        assertThat(claimed(done, "That can be done at 7.")).isFalse();
    }

    @Test
    void aShortClaimIsSeenThoughTheWordWasSaidBefore() {
        Flow<Alarm> busy = Flow.named(
                "alarm",
                Alarm.class,
                f -> f.goal("Set an alarm")
                        .collect(time("time").ask("What time?"))
                        .confirm(alarm -> say("Six is booked already, so at {}. Is that right?", alarm.time()))
                        .effect("set", alarm -> "S42")
                        .done((alarm, id) -> say("Your reference is {}.", spelled(id))));
        FlowTest.of(busy, CLOCK)
                .fills(Map.of("time", "07:00"))
                .expectSay("Six is booked already")
                .agentSays("Six is booked already, so at 7 AM. Is that right?")
                .expectNotSaid("to be clear");
        FlowTest.of(busy, CLOCK)
                .fills(Map.of("time", "07:00"))
                .expectSay("Six is booked already")
                .agentSays("Booked. Your reference is S 4 2.")
                .expectStruggle(Signal.UNBACKED_CLAIM);
        assertThat(claimed(busy, "Booked. Your reference is S 4 2.")).isTrue();
    }

    @Test
    void politeWordsOfASuccessAreNoClaim() {
        Flow<Alarm> polite =
                alarm((alarm, id) -> say("Noted. Thank you, and have a nice day. Is there anything else?"));
        assertThat(polite.tasks().getFirst().successWords()).hasSize(1);
        assertThat(claimed(polite, "Noted, at seven.")).isFalse();
        assertThat(claimed(polite, "Thank you. Have a nice day.")).isFalse();
    }

    @Test
    void wordsAreFoundWithoutTheirValues() {
        Flow<Wish> written = Flow.named(
                "wish",
                Wish.class,
                f -> f.goal("Set an alarm")
                        .collect(
                                choice("tone", Tone.class).ask("Which tone?"),
                                date("date").ask("Which day?"),
                                time("time").ask("What time?"),
                                number("count", 1, 5).ask("How often?"),
                                phone("phone", "US").ask("Which number?"))
                        .confirm(wish -> say("At {}?", wish.time()))
                        .effect("set", wish -> new Entry("R1", wish.time(), wish.tone()))
                        .done((wish, entry) -> Utterance.of(
                                "It rings {} times on {} at {}, as {}.",
                                false,
                                wish.count(),
                                wish.date(),
                                entry.time(),
                                spelled(entry.reference())))
                        .claimedBy("The bell waits for {}"));
        assertThat(written.tasks().getFirst().successWords())
                .containsExactly("It rings {} times on {} at {} , as {} .", "The bell waits for {}");
        assertThat(claimed(written, "It rings three times on Monday at seven.")).isTrue();
        assertThat(claimed(written, "The bell waits for you.")).isTrue();
        assertThat(claimed(written, "It rings how many times?")).isFalse();
    }

    record Receipt(String shop, Optional<Entry> entry, List<String> lines) {}

    private static Receipt bought(Alarm alarm) {
        return new Receipt("Harbour", Optional.empty(), List.of());
    }

    private static Saying receipt(Alarm alarm, Receipt receipt) {
        return say("{} has your order.", receipt.shop());
    }

    @Test
    void theTypeOfWhatTheLastEffectGivesIsThatOfTheCodeThatWordsIt() {
        SuccessWords<Alarm, Receipt> lambda = (alarm, receipt) -> say("{}", receipt.shop());
        SuccessWords<Alarm, Receipt> reference = SuccessWordsTest::receipt;
        BiFunction<Alarm, Receipt, Saying> plain = SuccessWordsTest::receipt;
        assertThat(LambdaTypes.parameter(lambda, 1)).contains(Receipt.class);
        assertThat(LambdaTypes.parameter(reference, 1)).contains(Receipt.class);
        assertThat(LambdaTypes.parameter(reference, 2)).isEmpty();
        assertThat(LambdaTypes.parameter(plain, 1)).isEmpty();
        assertThat(LambdaTypes.parameter("no lambda", 0)).isEmpty();

        Flow<Alarm> shop = Flow.named(
                "shop",
                Alarm.class,
                f -> f.goal("Order")
                        .collect(time("time").ask("What time?"))
                        .confirm(alarm -> say("At {}?", alarm.time()))
                        .effect("order", SuccessWordsTest::bought)
                        .done(SuccessWordsTest::receipt));
        assertThat(shop.tasks().getFirst().successWords()).containsExactly("{} has your order.");
        assertThat(claimed(shop, "Harbour has your order.")).isTrue();
    }

    @Test
    void codeThatCastsWhatItIsGivenLeavesTheUsualWordsWhateverTheExceptionSays() {
        Flow<Alarm> casts = alarm((alarm, id) -> {
            throw new ClassCastException("class java.lang.String cannot be cast to class java.lang.Integer");
        });
        assertThat(casts.tasks().getFirst().successWords()).isEmpty();
        assertThat(claimed(casts, "I've booked it.")).isTrue();
    }

    @Test
    void wordsThatDependOnTheValuesAreAllFound() {
        Flow<Alarm> either = alarm((alarm, id) ->
                alarm.time().getHour() < 12 ? say("Your morning is saved.") : say("Your evening awaits {}.", id));
        assertThat(either.tasks().getFirst().successWords())
                .containsExactly("Your morning is saved.", "Your evening awaits {}.");
    }

    @Test
    void codeThatCannotBeTriedLeavesTheUsualWords() {
        Flow<Alarm> broken = alarm((alarm, id) -> {
            throw new IllegalStateException("no such entry " + id);
        });
        assertThat(broken.tasks().getFirst().successWords()).isEmpty();
        assertThat(claimed(broken, "I've booked it.")).isTrue();
        assertThat(claimed(broken, "Your alarm is set.")).isFalse();
    }

    @Test
    void aClaimInTheFlowsWordsIsPutRightAloudAndCounted() {
        FlowTest.of(flow, CLOCK)
                .fills(Map.of("time", "07:00"))
                .expectSay("At 7 AM. Is that right?")
                .agentSays("Your alarm for 7 AM is set.")
                .expectSay("Sorry, to be clear: that is not done yet.")
                .expectStruggle(Signal.UNBACKED_CLAIM)
                .expectEffects(0);
    }

    @Test
    void whatIsDoneMayBeSaidAgain() {
        FlowTest.of(flow, CLOCK)
                .fills(Map.of("time", "07:00"))
                .confirmsYes()
                .expectSay("Your alarm for 7 AM is set.")
                .agentSays("Your alarm for 7 AM is set.")
                .asks("Is it on?")
                .agentSays("Yes, your alarm is set.")
                .expectNotSaid("to be clear")
                .expectNoStruggle();
    }

    @Test
    void aServiceMayRepeatWhatItDidBeforeAndClaimsNothingElse() {
        EveningOut evening = new EveningOut();
        FlowTest call = FlowTest.of(evening.restaurants(), CLOCK);
        call.inOneTurn(caller -> caller.wants("reserve").fills(Map.of("restaurant", "Kos", "time", "20:00")))
                .confirmsYes()
                .expectSay("Reserved at Kos.")
                .agentSays("Reserved at Kos.")
                .inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "thai"))
                .expectSay("I have Lotus")
                .agentSays("It is reserved at Kos. And I have Lotus.")
                .expectNotSaid("to be clear");
        call.wants("reserve").agentSays("Reserved at Kos.").expectSay("Sorry, to be clear:");
    }

    private final Slot<LocalTime> zeit = time("zeit").called("Uhrzeit").ask("Um wie viel Uhr?");
    private final Flow<Alarm> german = Flow.named(
            "wecker",
            Alarm.class,
            f -> f.goal("einen Wecker stellen")
                    .language(Language.GERMAN)
                    .collect(zeit)
                    .confirm(alarm -> say("Um {}. Ist das richtig?", alarm.time()))
                    .effect("set", alarm -> "A1")
                    .done((alarm, id) -> say("Ihr Wecker ist auf {} gestellt. Vielen Dank.", alarm.time())));

    @Test
    void germanWordsOfSuccessAreAClaim() {
        assertThat(List.of(
                        "Ihr Wecker ist auf 7 Uhr gestellt.",
                        "Super, der Wecker ist gestellt!",
                        "Ich habe Ihren Wecker gestellt.",
                        "Gestellt habe ich den Wecker auf sieben."))
                .allMatch(words -> claimed(german, words));
    }

    @Test
    void germanTalkOfWhatIsToComeIsNoClaim() {
        assertThat(List.of(
                        "Soll ich den Wecker stellen?",
                        "Ist der Wecker gestellt?",
                        "Der Wecker ist noch nicht gestellt.",
                        "Ich werde den Wecker stellen.",
                        "Sobald Sie ja sagen, ist der Wecker gestellt.",
                        "Der Wecker ist gestellt, sobald Sie ja sagen.",
                        "Der Wecker wird gleich gestellt.",
                        "Sie möchten den Wecker auf sieben gestellt haben.",
                        "Vielen Dank."))
                .noneMatch(words -> claimed(german, words));
    }
}
