package dev.antiphon.server.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.server.operator.Logins.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LoginsTest {
    private static final String PASSWORD = "a long password";
    private Instant now = Instant.parse("2026-11-30T08:00:00Z");
    private final InstantSource clock = () -> now;
    private final Logins logins = new Logins(PASSWORD, Duration.ofHours(8), clock);

    @Test
    void theRightPasswordOpensALoginThatEndsByItself() {
        Logins.Login login = opened("one");
        assertThat(logins.of(login.token())).contains(login);
        now = now.plus(Duration.ofHours(8));
        assertThat(logins.of(login.token())).isEmpty();
    }

    @Test
    void aLoginThatWasEndedIsNoneAnyMore() {
        Logins.Login login = opened("one");
        logins.end(login);
        assertThat(logins.of(login.token())).isEmpty();
    }

    @Test
    void tokensAndGuardsAreNeverTheSame() {
        Logins.Login one = opened("one");
        Logins.Login other = opened("one");
        assertThat(one.token())
                .isNotEqualTo(other.token())
                .isNotEqualTo(one.guard())
                .hasSizeGreaterThan(40);
        assertThat(one.guard()).isNotEqualTo(other.guard());
    }

    @Test
    void afterFiveWrongPasswordsNotEvenTheRightOneIsLookedAtForAWhileThatDoubles() {
        for (int i = 0; i < Logins.FREE_ATTEMPTS; i++) {
            assertThat(logins.attempt("wrong", "one")).isInstanceOf(Attempt.Wrong.class);
        }
        assertThat(logins.attempt(PASSWORD, "one")).isEqualTo(new Attempt.TooMany(Duration.ofSeconds(1)));
        now = now.plusSeconds(1);
        assertThat(logins.attempt("wrong", "one")).isInstanceOf(Attempt.Wrong.class);
        assertThat(logins.attempt(PASSWORD, "one")).isEqualTo(new Attempt.TooMany(Duration.ofSeconds(2)));
        assertThat(logins.attempt(PASSWORD, "other")).isInstanceOf(Attempt.Opened.class);
        now = now.plusSeconds(2);
        assertThat(logins.attempt(PASSWORD, "one")).isInstanceOf(Attempt.Opened.class);
    }

    @Test
    void theLongestWaitIsAMinute() {
        for (int i = 0; i < 30; i++) {
            logins.attempt("wrong", "one");
            now = now.plusSeconds(60);
        }
        logins.attempt("wrong", "one");
        assertThat(logins.attempt(PASSWORD, "one")).isEqualTo(new Attempt.TooMany(Duration.ofSeconds(60)));
    }

    @Test
    void theOldestLoginEndsWhenThereAreTooMany() {
        Logins.Login first = opened("one");
        for (int i = 1; i < Logins.MAX_LOGINS; i++) {
            opened("one");
        }
        assertThat(logins.of(first.token())).isPresent();
        opened("one");
        assertThat(logins.of(first.token())).isEmpty();
    }

    @Test
    void shortPasswordsAreRefusedAndNonePrinted() {
        assertThatThrownBy(() -> OperatorSettings.withPassword("short"))
                .hasMessage("the console's password must have at least 8 characters, but has 5");
        assertThat(OperatorSettings.withPassword(PASSWORD).toString()).doesNotContain(PASSWORD);
        assertThat(OperatorSettings.newPassword()).hasSize(20).isNotEqualTo(OperatorSettings.newPassword());
    }

    private Logins.Login opened(String address) {
        return ((Attempt.Opened) logins.attempt(PASSWORD, address)).login();
    }
}
