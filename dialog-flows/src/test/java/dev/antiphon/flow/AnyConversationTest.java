package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What holds for flows with every part of the language after any sequence of events, see {@link AnyConversation}. */
class AnyConversationTest {
    @Property(tries = 600)
    void anySequenceOfEventsIsAnsweredOnceAndSurvivesSavingAtAnyPoint(
            @ForAll long seed, @ForAll @Size(max = 40) List<@IntRange(max = AnyConversation.KINDS - 1) Integer> kinds) {
        AnyConversation call = new AnyConversation(seed);
        kinds.forEach(call::move);
        for (int i = 0; i < 20 && call.settle(); i++) {
            assertThat(i).isLessThan(19);
        }
        assertThat(call.unanswered()).isEmpty();
    }

    /** So that the property above is not one of calls that get nowhere. */
    @Test
    void someOfThemReachTheGoal() {
        Set<String> reached = new TreeSet<>();
        for (int seed = 0; seed < 60; seed++) {
            AnyConversation call = new AnyConversation(seed);
            Random random = new Random(-1L - seed);
            for (int i = 0; i < 8; i++) {
                call.move(random.nextInt(AnyConversation.KINDS));
                call.wellMeant();
            }
            reached.addAll(call.reached());
        }
        assertThat(reached).contains("verify_date", "identify", "book", "visit*", "desk*");
    }
}
