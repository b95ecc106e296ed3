package dev.antiphon.samples.readymade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.server.Bot;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.server.reload.CodeSnapshot;
import dev.antiphon.server.reload.LiveDialog;
import dev.antiphon.server.reload.Reload;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.bed.TestCall;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ready-made flows can be loaded anew over their back ends. */
class ReadyMadeReloadTest {
    private static final String HELPLINE = "dev/antiphon/samples/readymade/helpline.md";

    @TempDir
    private Path stored;

    /** Files in it go before those that are built. */
    @TempDir
    private Path changed;

    @ParameterizedTest
    @EnumSource
    void everyFlowCanBeLoadedAnewOverItsBackEnd(ReadyMade flow) throws Exception {
        LiveDialog<?> live = bot(flow, InstantSource.system(), new Random(1), ToolPoolSettings.defaults())
                .live()
                .orElseThrow();
        assertThat(live.reload(CodeSnapshot.of(List.of(changed, built()))))
                .isInstanceOfSatisfying(Reload.Taken.class, same -> {
                    assertThat(same.after().version()).isEqualTo(same.before().version());
                    assertThat(same.stayed()).isEmpty();
                });
    }

    @Test
    void aCallInFlightKeepsItsAnswersAndANewCallHasTheNewOnes() throws Exception {
        AtomicReference<Bot> served = new AtomicReference<>();
        try (TestBed bed = TestBed.inVirtualTime(BedSettings.defaults(), around -> served(around, served))) {
            TestCall inFlight = bed.call().expectSays("Hello");
            Path faq = changed.resolve(HELPLINE);
            Files.createDirectories(faq.getParent());
            Files.writeString(faq, Files.readString(built().resolve(HELPLINE)).replace("thirty days", "sixty days"));

            assertThat(served.get().live().orElseThrow().reload(CodeSnapshot.of(List.of(changed, built()))))
                    .isInstanceOf(Reload.Taken.class);

            inFlight.says("Can I return an item?")
                    .expectSays("within thirty days")
                    .hangsUp();
            bed.call().says("Can I return an item?").expectSays("within sixty days");
        }
    }

    private WebSocketEndpoint served(Agent.Surroundings around, AtomicReference<Bot> served) {
        ToolPoolSettings tools = ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools()));
        served.set(bot(ReadyMade.HELPLINE, around.clock(), around.random(), tools));
        return BotEndpoint.in(around, served.get());
    }

    private Bot bot(ReadyMade flow, InstantSource clock, RandomGenerator random, ToolPoolSettings tools) {
        return flow.bot(new Storage.InFile(stored), clock, ZoneOffset.UTC, random, tools);
    }

    private static Path built() throws URISyntaxException {
        return Path.of(ReadyMade.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
