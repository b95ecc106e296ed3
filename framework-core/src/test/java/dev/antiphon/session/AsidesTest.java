package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AsidesTest {
    private final List<Usage> billed = new ArrayList<>();
    private final List<Aside.Reply> replies = new ArrayList<>();
    private final Asides asides = new Asides(billed::add);

    @Test
    void aLineThatIsGoneLeavesNoAsideWaiting() {
        asides.open(replies::add);
        asides.open(replies::add);
        asides.failAll("the connection was lost");
        asides.failAll("again");

        assertThat(replies)
                .containsExactly(
                        new Aside.Reply.Unanswered("the connection was lost"),
                        new Aside.Reply.Unanswered("the connection was lost"));
    }

    @Test
    void moreThanAFewAtOnceAreRefused() {
        for (int i = 0; i < Asides.MOST_AT_ONCE; i++) {
            assertThat(asides.open(replies::add)).isPresent();
        }
        assertThat(asides.open(replies::add)).isEmpty();
        assertThat(replies).containsExactly(new Aside.Reply.Unanswered("at most 4 asides may wait at once"));
    }

    @Test
    void anErrorThatNamesTheQuestionIsItsReplyAndNoProblemOfTheCall() {
        String id = asides.open(replies::add).orElseThrow();
        ApiError error = new ApiError(
                "invalid_request_error", Optional.of("invalid_value"), "no", Optional.empty(), Optional.of(id));

        assertThat(asides.takes(new ServerEvent.ErrorReported("e", error))).isTrue();
        assertThat(asides.takes(new ServerEvent.ErrorReported("e", error))).isFalse();
        assertThat(replies).containsExactly(new Aside.Reply.Unanswered("no"));
    }

    @Test
    void aTimeoutMustBePositive() {
        assertThatThrownBy(() -> Aside.about("x").within(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
    }
}
