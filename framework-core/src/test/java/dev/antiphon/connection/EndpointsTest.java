package dev.antiphon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Tier FIRST = at("first");
    private static final Tier SECOND = at("second");
    private static final Tier TIER = FIRST.orElse(SECOND);

    private final Endpoints endpoints = new Endpoints(new SplittableRandom(7));

    private static Tier at(String provider) {
        return new Tier(
                "mini",
                new ModelEndpoint(provider, "gpt", URI.create("ws://" + provider + "/v1"), Map.of(), List.of()),
                PriceCard.FREE);
    }

    private String chosen(Instant now) {
        return endpoints.choose(TIER, Set.of(), now).endpoint().provider();
    }

    @Test
    void theFirstPlaceIsUsedWhileItIsWell() {
        assertThat(chosen(NOW)).isEqualTo("first");
        endpoints.refused(FIRST.endpoint(), new ConnectFailure.Unreachable("down"), NOW);
        assertThat(chosen(NOW)).isEqualTo("second");
        assertThat(chosen(NOW.plusSeconds(4))).isEqualTo("second");
    }

    @Test
    void oneProbeDecidesWhetherAllComeBack() {
        endpoints.refused(FIRST.endpoint(), new ConnectFailure.RateLimited("429"), NOW);
        Instant later = NOW.plusSeconds(5);

        assertThat(chosen(later)).isEqualTo("first");
        assertThat(chosen(later)).isEqualTo("second");
        endpoints.worked(FIRST.endpoint());
        assertThat(chosen(later)).isEqualTo("first");
        assertThat(chosen(later)).isEqualTo("first");
    }

    @Test
    void whenNothingIsWellTheOneThatIsSoonestIsTried() {
        endpoints.refused(FIRST.endpoint(), new ConnectFailure.QuotaExceeded("no credit"), NOW);
        endpoints.refused(SECOND.endpoint(), new ConnectFailure.Silent("nothing"), NOW);

        assertThat(endpoints.hasOpen(TIER, Set.of(), NOW)).isFalse();
        assertThat(chosen(NOW)).isEqualTo("second");
        assertThat(endpoints.choose(FIRST, Set.of(), NOW).endpoint()).isEqualTo(FIRST.endpoint());
    }

    @Test
    void aPlaceThatIsUselessForOneCallIsLeftOutForThatCall() {
        Set<ModelEndpoint> rejected = Set.of(FIRST.endpoint());

        assertThat(endpoints.choose(TIER, rejected, NOW).endpoint()).isEqualTo(SECOND.endpoint());
        assertThat(endpoints.hasOpen(FIRST, rejected, NOW)).isFalse();
        assertThat(chosen(NOW)).isEqualTo("first");
    }

    @Test
    void theStateOfAnEndpointTellsWhatIsWrongAndUntilWhen() {
        endpoints.refused(FIRST.endpoint(), new ConnectFailure.QuotaExceeded("no credit"), NOW);
        EndpointState sick = endpoints.state(FIRST.endpoint());

        assertThat(sick.isWell()).isFalse();
        assertThat(sick.name(NOW.plusSeconds(299))).isEqualTo("cooling_down");
        assertThat(sick.name(NOW.plusSeconds(300))).isEqualTo("to_be_tried");
        assertThat(sick.until(NOW.plusSeconds(300))).isEmpty();
        assertThat(sick.reason()).contains("the account has no quota left");
        assertThat(sick.until(NOW)).contains(NOW.plusSeconds(300));
        assertThat(sick.coolDownLeft(NOW.plusSeconds(100))).isEqualTo(Duration.ofSeconds(200));

        endpoints.choose(FIRST, Set.of(), NOW.plusSeconds(300));
        EndpointState probed = endpoints.state(FIRST.endpoint());
        assertThat(probed.name(NOW.plusSeconds(329))).isEqualTo("probing");
        assertThat(probed.name(NOW.plusSeconds(330))).isEqualTo("to_be_tried");
        assertThat(probed.reason()).isEqualTo(sick.reason());
        assertThat(probed.until(NOW.plusSeconds(300))).contains(NOW.plusSeconds(330));

        EndpointState well = endpoints.state(SECOND.endpoint());
        assertThat(well.isWell()).isTrue();
        assertThat(well.name(NOW)).isEqualTo("well");
        assertThat(well.reason()).isEmpty();
    }

    @Test
    void aPlaceThatItsServiceCallsUnavailableIsSparedUntilItSaysOtherwise() {
        assertThat(endpoints.announced(FIRST.endpoint(), Optional.of("maintenance")))
                .isTrue();
        assertThat(endpoints.announced(FIRST.endpoint(), Optional.of("maintenance")))
                .isFalse();
        endpoints.worked(FIRST.endpoint());

        assertThat(chosen(NOW)).isEqualTo("second");
        assertThat(endpoints.hasOpen(FIRST, Set.of(), NOW)).isFalse();
        EndpointState state = endpoints.state(FIRST.endpoint());
        assertThat(state.isWell()).isFalse();
        assertThat(state.name(NOW)).isEqualTo("unavailable");
        assertThat(state.reason()).contains("its service says: maintenance");
        assertThat(state.until(NOW)).isEmpty();

        assertThat(endpoints.announced(FIRST.endpoint(), Optional.empty())).isTrue();
        assertThat(chosen(NOW)).isEqualTo("first");
    }

    @Test
    void whatCallsHaveFoundOutlastsWhatTheServiceSays() {
        endpoints.refused(FIRST.endpoint(), new ConnectFailure.Silent("nothing"), NOW);
        endpoints.announced(FIRST.endpoint(), Optional.of("maintenance"));
        endpoints.announced(FIRST.endpoint(), Optional.empty());

        assertThat(chosen(NOW)).isEqualTo("second");
        assertThat(endpoints.state(FIRST.endpoint()).name(NOW)).isEqualTo("cooling_down");
    }

    @Test
    void whenNothingElseIsThereAnUnavailablePlaceIsTriedLast() {
        endpoints.announced(FIRST.endpoint(), Optional.of("maintenance"));
        endpoints.refused(SECOND.endpoint(), new ConnectFailure.QuotaExceeded("no credit"), NOW);

        assertThat(chosen(NOW)).isEqualTo("second");
        assertThat(endpoints.choose(FIRST, Set.of(), NOW).endpoint()).isEqualTo(FIRST.endpoint());
    }

    @Test
    void thereIsSomewhereToGoWhileOnePlaceIsOpenAndNotLeftOut() {
        assertThat(endpoints.hasOpen(TIER, Set.of(), NOW)).isTrue();
        assertThat(endpoints.hasOpen(TIER, Set.of(FIRST.endpoint()), NOW)).isTrue();
        assertThat(endpoints.hasOpen(TIER, Set.of(FIRST.endpoint(), SECOND.endpoint()), NOW))
                .isFalse();
        endpoints.refused(SECOND.endpoint(), new ConnectFailure.Silent("nothing"), NOW);
        assertThat(endpoints.hasOpen(TIER, Set.of(FIRST.endpoint()), NOW)).isFalse();
        assertThat(endpoints.hasOpen(TIER, Set.of(), NOW)).isTrue();
    }

    @Test
    void whenEveryPlaceIsLeftOutTheFirstIsTriedAfterAll() {
        Set<ModelEndpoint> both = Set.of(FIRST.endpoint(), SECOND.endpoint());

        assertThat(endpoints.choose(TIER, both, NOW).endpoint()).isEqualTo(FIRST.endpoint());
    }

    @Test
    void whatIsNotWellIsToldAndNothingElse() {
        assertThat(endpoints.unwell()).isEmpty();
        endpoints.useless(FIRST.endpoint(), NOW);
        assertThat(endpoints.unwell())
                .isEqualTo(Map.of(
                        FIRST.endpoint(), new EndpointHealth.CoolingDown(NOW.plusSeconds(5), 1, Trouble.NO_ANSWERS)));
    }

    @Test
    void linesThatBreakTooOftenCloseAPlace() {
        for (int i = 0; i < 3; i++) {
            assertThat(chosen(NOW)).isEqualTo("first");
            endpoints.brokeDown(FIRST.endpoint(), NOW);
        }
        assertThat(chosen(NOW)).isEqualTo("second");
    }

    @Test
    void aCoolDownThatIsOverHasNothingLeft() {
        endpoints.refused(FIRST.endpoint(), new ConnectFailure.Silent("nothing"), NOW);

        assertThat(endpoints.state(FIRST.endpoint()).coolDownLeft(NOW.plusSeconds(6)))
                .isZero();
        assertThat(endpoints.state(SECOND.endpoint()).coolDownLeft(NOW)).isZero();
    }

    @Test
    void nobodyKnowsUntilWhenAPlaceIsUnavailable() {
        endpoints.refused(FIRST.endpoint(), new ConnectFailure.Silent("nothing"), NOW);
        endpoints.announced(FIRST.endpoint(), Optional.of("maintenance"));

        assertThat(endpoints.state(FIRST.endpoint()).until(NOW)).isEmpty();
    }

    @Test
    void aTierAtAnotherPlaceKeepsItsPlaces() {
        Tier moved = TIER.at(TIER.others().getFirst());

        assertThat(moved.endpoint().provider()).isEqualTo("second");
        assertThat(moved.isSameAs(TIER)).isTrue();
        assertThat(moved.places()).containsExactlyInAnyOrderElementsOf(TIER.places());
    }

    @Test
    void pausesAreSpreadOverTheirLaterHalf() {
        Duration pause = Duration.ofSeconds(4);
        List<Duration> pauses =
                Stream.generate(() -> endpoints.jittered(pause)).limit(50).toList();

        assertThat(pauses).allMatch(p -> p.compareTo(pause.dividedBy(2)) >= 0 && p.compareTo(pause) <= 0);
        assertThat(Set.copyOf(pauses)).hasSizeGreaterThan(40);
    }
}
