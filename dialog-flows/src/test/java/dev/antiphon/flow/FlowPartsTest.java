package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.DialogMachine.Addressed;
import dev.antiphon.flow.EffectProgress.Finished;
import dev.antiphon.flow.EffectProgress.Running;
import dev.antiphon.flow.FlowState.Confirmation;
import dev.antiphon.flow.FlowState.Offer;
import dev.antiphon.flow.FlowState.Purpose;
import dev.antiphon.session.Conversation.EffectPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The values that a flow's state is made of. */
class FlowPartsTest {
    private static final Dialog EVENING = new EveningOut().both();

    // Values: a yes counts for one revision only, so that every change has one of its own.

    @Test
    void everyChangeOfAValueHasARevisionOfItsOwn() {
        SlotValues one = SlotValues.EMPTY.set("time", "15:00");
        assertThat(one.revision()).isEqualTo(1);
        assertThat(one.changedAt()).isEqualTo(1);
        assertThat(one.find("time")).contains(new SlotValues.Value("15:00", 1, false));

        SlotValues two = one.set("time", "16:00");
        assertThat(two.find("time")).contains(new SlotValues.Value("16:00", 2, false));
        assertThat(two.drop("time").revision()).isEqualTo(3);
        assertThat(two.drop("time").changedAt()).isEqualTo(3);
        assertThat(two.none().revision()).isEqualTo(3);
        assertThat(two.none().changedAt()).isEqualTo(3);
        assertThat(two.drop("date")).as("there is no such value").isEqualTo(two);
    }

    @Test
    void aQuestionAskedAgainHasARevisionOfItsOwnAndChangesNothing() {
        SlotValues asked = SlotValues.EMPTY.set("time", "15:00").again();

        assertThat(asked.revision()).isEqualTo(2);
        assertThat(asked.changedAt()).isEqualTo(1);
    }

    @Test
    void aCheckThatFindsTheValueAsItIsChangesNothing() {
        SlotValues given = SlotValues.EMPTY.set("date", "2026-11-24").set("time", "15:00");
        SlotValues same = given.checked("date", "2026-11-24");
        assertThat(same.find("date")).contains(new SlotValues.Value("2026-11-24", 1, true));
        assertThat(same.revision()).isEqualTo(2);
        assertThat(same.unchecked("date")).isEqualTo(given);

        SlotValues other = given.checked("date", "2026-11-25");
        assertThat(other.find("date")).contains(new SlotValues.Value("2026-11-25", 3, true));
        assertThat(other.revision()).isEqualTo(3);
        assertThat(other.changedAt()).isEqualTo(3);
    }

    @Test
    void whatIsSkippedIsWantedAgainWhenItIsGiven() {
        SlotValues skipped = SlotValues.EMPTY.skip("area");
        assertThat(skipped.skipped()).containsExactly("area");
        assertThat(skipped.skip("area")).isEqualTo(skipped);
        assertThat(skipped.revision()).isZero();
        assertThat(skipped.set("area", "north").skipped()).isEmpty();
    }

    // Effects.

    private static Running run(String id) {
        return new Running(id, "book", 3);
    }

    @Test
    void runsAreNumberedAndFailuresInARowCounted() {
        EffectProgress first = EffectProgress.NONE.start(run("book#1"));
        assertThat(first.started()).isEqualTo(1);
        assertThat(first.fillerSaid().running()).contains(new Running("book#1", "book", 3).withFillerSaid());
        EffectProgress second = first.failed().start(run("book#2"));
        assertThat(second.started()).isEqualTo(2);
        assertThat(second.failures()).isEqualTo(1);
        assertThat(second.timedOut().failures()).isEqualTo(2);
        assertThat(second.timedOut().unsettled()).contains(run("book#2"));
        assertThat(second.timedOut().resolved().unsettled()).isEmpty();
        assertThat(second.rejected().failures()).isZero();
        assertThat(second.rejected().running()).isEmpty();
        assertThat(second.failed().failed().failures()).isEqualTo(3);
    }

    @Test
    void whatOnlyLooksHasDoneNothingWhateverBecomesOfIt() {
        EffectPolicy looks = EffectPolicy.DEFAULT.with(EffectPolicy.Again.LOOKS);
        for (EffectProgress.Purpose purpose : EffectProgress.Purpose.values()) {
            EffectProgress looking = EffectProgress.NONE.start(new Running("find#1", "find", 1, purpose, looks));
            assertThat(looking.timedOut().unsettled()).isEmpty();
            assertThat(looking.timedOut().failures()).isEqualTo(1);
            assertThat(looking.running().orElseThrow().lost())
                    .isEqualTo(looking.running().orElseThrow());
        }
        EffectProgress lost = EffectProgress.NONE
                .start(new Running("book#1", "book", 1, EffectProgress.Purpose.TASK, EffectPolicy.DEFAULT))
                .timedOut();
        assertThat(lost.unsettled()).isPresent();
        assertThat(lost.start(new Running("find#2", "find", 2, EffectProgress.Purpose.TASK, looks))
                        .timedOut()
                        .unsettled())
                .as("a look says nothing of what was done before")
                .isEqualTo(lost.unsettled());
    }

    @Test
    void whatWasDoneBeforeThePresentTaskIsNotOfIt() {
        Finished done = new Finished("book", 3, Optional.of("A7"));
        EffectProgress one = EffectProgress.NONE.start(run("book#1")).failed().succeeded(done);
        assertThat(one.failures()).isZero();
        assertThat(one.finishedOfTask()).isEqualTo(1);

        EffectProgress next = one.failed().forNextTask();
        assertThat(next.finishedOfTask()).isZero();
        assertThat(next.failures()).isZero();
        assertThat(next.succeeded(done).finishedOfTask()).isEqualTo(1);
        assertThat(next.succeeded(done).finished()).hasSize(2);
    }

    @Test
    void whoWaitsIsKeptInTheOrderOfComing() {
        EffectProgress held = EffectProgress.NONE.hold("call_1").hold("call_2").keep(new Utterance("First.", false));

        assertThat(held.held()).containsExactly("call_1", "call_2");
        assertThat(held.released().held()).isEmpty();
        assertThat(held.released().kept()).isEmpty();
    }

    // Offers, three at a time.

    @Test
    void optionsAreReadThreeAtATimeUntilThereAreNoMore() {
        Offer first = Offer.first("time", List.of("9", "10", "11", "12"), false);
        assertThat(first.page()).containsExactly("9", "10", "11");
        assertThat(first.next().page()).containsExactly("12");
        assertThat(first.next().exhausted()).isFalse();
        assertThat(first.next().next().page()).containsExactly("12");
        assertThat(first.next().next().exhausted()).isTrue();
        assertThat(Offer.first("time", List.of("9", "10", "11"), false).next().exhausted())
                .isTrue();
    }

    // Which instance of which flow is meant.

    private static FlowState wanting(String task) {
        return FlowState.initial().with(Agenda.EMPTY.start(task));
    }

    private static Optional<String> meant(DialogState state, String flow, int number, DialogueAct act) {
        return Instances.meant(EVENING, state, new Addressed(flow, number, act));
    }

    @Test
    void anotherOneIsNewOnlyWhileOneIsUnderWay() {
        DialogueAct start = new DialogueAct.Start("reserve");
        DialogState one = DialogState.INITIAL.with("restaurants", wanting("reserve"));

        assertThat(meant(DialogState.INITIAL, "restaurants", Addressed.ANOTHER, start))
                .contains("restaurants");
        assertThat(meant(one, "restaurants", Addressed.ANOTHER, start)).contains("restaurants#2");
        assertThat(meant(one, "restaurants", 0, start)).contains("restaurants");
        DialogState rests = DialogState.INITIAL.with(
                "restaurants",
                FlowState.initial().with(Agenda.EMPTY.start("reserve").pause()));
        assertThat(meant(rests, "restaurants", Addressed.ANOTHER, start)).contains("restaurants");
    }

    @Test
    void thereAreNineInstancesAtMost() {
        DialogState state = DialogState.INITIAL.with("restaurants", wanting("reserve"));
        for (int number = 2; number <= 9; number++) {
            assertThat(meant(state, "restaurants", Addressed.ANOTHER, new DialogueAct.Start("reserve")))
                    .contains("restaurants#" + number);
            state = state.with("restaurants#" + number, wanting("reserve"));
        }
        assertThat(meant(state, "restaurants", Addressed.ANOTHER, new DialogueAct.Start("reserve")))
                .contains("restaurants#9");
        assertThat(meant(state, "restaurants", 12, new DialogueAct.Cancel())).contains("restaurants#9");
        assertThat(meant(state, "restaurants", 1, new DialogueAct.Cancel())).contains("restaurants");
    }

    @Test
    void anUnnamedActBelongsToWhatIsSpokenOfElseToWhoTakesItsValues() {
        DialogueAct film = new DialogueAct.Inform(Map.of("film", "Ran"));
        assertThat(meant(DialogState.INITIAL, "", 0, film)).contains("cinema");
        assertThat(meant(DialogState.INITIAL, "", 0, new DialogueAct.Inform(Map.of("film", "Ran", "area", "north"))))
                .as("nobody takes both")
                .contains("restaurants");
        assertThat(meant(DialogState.INITIAL, "", 0, new DialogueAct.Cancel())).contains("restaurants");
        DialogState focused =
                DialogState.INITIAL.with("restaurants#2", wanting("find")).focusing("restaurants#2");
        assertThat(meant(focused, "", 0, film)).contains("restaurants#2");
        assertThat(meant(focused, "hotels", 0, film)).isEmpty();
    }

    @Test
    void aYesWithoutAQuestionOfItsFlowBelongsToWhatWasSpokenOf() {
        DialogState focused = DialogState.INITIAL.with("cinema", wanting("buy")).focusing("cinema");
        for (DialogueAct act : List.of(
                new DialogueAct.Goodbye(),
                new DialogueAct.ChitChat(),
                new DialogueAct.Thanks(),
                new DialogueAct.Negate(1),
                new DialogueAct.Affirm(1))) {
            assertThat(meant(focused, "restaurants", 0, act)).as("%s", act).contains("cinema");
        }
        DialogState open = focused.with(
                "restaurants",
                wanting("reserve").confirming(new Confirmation(1, Purpose.VALUES, "Shall I reserve it?", true)));
        assertThat(meant(open, "restaurants", 0, new DialogueAct.Affirm(1))).contains("restaurants");
        assertThat(meant(open, "restaurants", 0, new DialogueAct.Negate(1))).contains("restaurants");
        assertThat(meant(open, "restaurants", 0, new DialogueAct.Thanks())).contains("cinema");
    }

    @Test
    void whatWasOfferedIsOverWhenAnotherQuestionIsAskedUnlessThatIsWhetherToLeave() {
        FlowState offered = FlowState.initial().offering(FlowState.Offer.first("time", List.of("14:30"), false));

        assertThat(Purpose.values())
                .filteredOn(purpose -> offered.confirming(new Confirmation(1, purpose, "Right?", false))
                        .offer()
                        .isPresent())
                .containsExactly(Purpose.CANCEL, Purpose.PERSON, Purpose.LEAVE);
    }

    @Test
    void whatIsLeftAloneMustBeAskedAgainBeforeAYesCounts() {
        FlowState heard = FlowState.initial().confirming(new Confirmation(1, Purpose.VALUES, "All right?", true));

        assertThat(heard.leftAlone().confirmation()).contains(new Confirmation(1, Purpose.VALUES, "All right?", false));
        assertThat(heard.leftAlone().heardConfirmation())
                .isEqualTo(heard.with(heard.leftAlone().repair()));
        assertThat(heard.with(heard.slots().set("time", "9")).confirmation())
                .as("it was about other values")
                .isEmpty();
        assertThat(heard.with(heard.slots().skip("area")).confirmation()).isPresent();
    }

    @Test
    void oneTurnIsTakenInTheOrderInWhichItMakesSense() {
        List<DialogueAct> said = List.of(
                new DialogueAct.Goodbye(),
                new DialogueAct.Affirm(1),
                new DialogueAct.AskAbout("phone", ""),
                new DialogueAct.Inform(Map.of()),
                new DialogueAct.Start("find"));

        assertThat(TurnOrder.of(said))
                .extracting(act -> act.getClass().getSimpleName())
                .containsExactly("Start", "Inform", "Affirm", "AskAbout", "Goodbye");
        assertThat(Set.copyOf(TurnOrder.of(said))).hasSize(5);
    }
}
