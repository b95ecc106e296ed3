package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.aftercall.AfterCallPlan;
import dev.antiphon.aftercall.AfterCallTask;
import dev.antiphon.aftercall.EndedCall;
import dev.antiphon.aftercall.Letter;
import dev.antiphon.aftercall.LetterFolder;
import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.server.AntiphonServer;
import dev.antiphon.server.Bot;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.PromptConversation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dead letters of a running server, by hand. */
class AfterCallCommandTest {
    private static final Bot BOT =
            Bot.of("talker", "Talks.", () -> new PromptConversation("talker", "Talk.", Optional.empty()));

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
    private AntiphonServer server;

    @BeforeEach
    void start() throws IOException {
        try (LetterFolder box = LetterFolder.at(folder)) {
            box.keep(dead("sess_1"));
            box.keep(dead("sess_2"));
        }
        TierLadder ladder = new TierLadder(List.of(new Tier(
                "mini",
                new ModelEndpoint("test", "mini", URI.create("ws://127.0.0.1:1/v1/realtime"), Map.of(), List.of()),
                PriceCard.of("1", "0", "2", "0", "0", "0", "0", "0"))));
        server = AntiphonServer.start(
                ServerSettings.defaults(ladder)
                        .withAfterCall(AfterCallPlan.none().keptIn(folder)),
                BOT.withAfterCall(AfterCallTask.of("crm", (call, key) -> done.add(key))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Letter dead(String call) {
        Instant now = Instant.parse("2026-11-20T10:00:00Z");
        return new Letter(
                "crm",
                new EndedCall(
                        call,
                        Optional.of("caller-canary"),
                        Optional.empty(),
                        "visit",
                        "",
                        new Outcome.Abandoned("gone"),
                        HandoverNotes.NONE,
                        List.of(),
                        List.of(),
                        List.of(),
                        now,
                        Duration.ofSeconds(1),
                        0,
                        CallCost.NONE,
                        List.of()),
                Letter.State.DEAD,
                12,
                Optional.empty(),
                "crm answered with status 503",
                now);
    }

    private int run(String... arguments) {
        return new AntiphonCommand(BOT)
                .writingTo(new PrintWriter(out), new PrintWriter(err))
                .run(arguments);
    }

    private String url() {
        return server.httpUri().toString();
    }

    @Test
    void theyAreListedWithoutTheirPackets() {
        assertThat(run("after-call", "list", "--url", url())).isZero();
        assertThat(out.toString())
                .contains("crm: 0 done, 0 tried again, 0 dead")
                .contains("Letters: 2 dead, 0 pending, kept in a folder.")
                .contains("  sess_1:crm  dead since 2026-11-20T10:00:00Z, attempts: 12, crm answered with status 503")
                .doesNotContain("canary");
    }

    @Test
    void theyAreListedForPrograms() {
        assertThat(run("after-call", "list", "--json", "--url", url())).isZero();
        JsonNode told = JsonMapper.shared().readTree(out.toString());
        assertThat(told.path("dead_letters").asInt()).isEqualTo(2);
        assertThat(told.path("letters")).hasSize(2);
    }

    @Test
    void oneOrAllAreTriedAgain() throws InterruptedException {
        assertThat(run("after-call", "retry", "sess_2:crm", "--url", url())).isZero();
        assertThat(out.toString()).contains("Letters that are tried again: 1");
        assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("sess_2:crm");
        assertThat(run("after-call", "retry", "--all", "--url", url())).isZero();
        assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("sess_1:crm");
    }

    @Test
    void whatCannotBeTriedAgainIsSaid() {
        assertThat(run("after-call", "retry", "sess_3:crm", "--url", url())).isEqualTo(1);
        assertThat(err.toString()).contains("There is no letter 'sess_3:crm': it was delivered, or never was.");
        assertThat(run("after-call", "retry", "--url", url())).isEqualTo(2);
        assertThat(run("after-call", "retry", "x", "--all", "--url", url())).isEqualTo(2);
        assertThat(err.toString()).contains("after-call retry needs keys, or --all");
        assertThat(run("after-call")).isEqualTo(2);
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        server.close();
        assertThat(run("after-call", "list", "--url", url())).isEqualTo(1);
        assertThat(err.toString()).contains("no server of this kind answers at " + url());
    }

    @Test
    void whatIsNoKeyIsWrongUsageAndAMadeUpKeyIsNamed() {
        assertThat(run("after-call", "retry", "a/b", "--url", url())).isEqualTo(2);
        assertThat(err.toString())
                .contains("KEY must be CALL:TASK as 'after-call list' shows it, for example sess_1:crm, but was 'a/b'");
        assertThat(run("after-call", "retry", "sess_1:crm", "sess_7:nothing", "--url", url()))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("There is no letter 'sess_7:nothing': it was delivered, or never was."
                        + " Letters before it that are tried again: 1");
    }
}
