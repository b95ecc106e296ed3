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
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ready-made flows can be loaded anew over their back ends. */
class ReadyMadeReloadTest {
    private static final Path PACKAGE = Path.of("dev", "antiphon", "samples", "readymade");

    @TempDir
    private Path root;

    @ParameterizedTest
    @EnumSource
    void everyFlowCanBeLoadedAnewOverItsBackEnd(ReadyMade flow) throws Exception {
        copyOfThePackage();
        LiveDialog<?> live = bot(flow, InstantSource.system(), new Random(1), ToolPoolSettings.defaults())
                .live()
                .orElseThrow();
        assertThat(live.reload(CodeSnapshot.of(List.of(root)))).isInstanceOfSatisfying(Reload.Taken.class, same -> {
            assertThat(same.after().version()).isEqualTo(same.before().version());
            assertThat(same.stayed()).isEmpty();
        });
    }

    @Test
    void aCallInFlightKeepsItsAnswersAndANewCallHasTheNewOnes() throws Exception {
        copyOfThePackage();
        AtomicReference<Bot> served = new AtomicReference<>();
        try (TestBed bed = TestBed.inVirtualTime(BedSettings.defaults(), around -> served(around, served))) {
            TestCall inFlight = bed.call().expectSays("Hello");
            Path faq = root.resolve(PACKAGE).resolve("helpline.md");
            Files.writeString(faq, Files.readString(faq).replace("thirty days", "sixty days"));

            assertThat(served.get().live().orElseThrow().reload(CodeSnapshot.of(List.of(root))))
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
        return flow.bot(new Storage.InFile(root), clock, ZoneOffset.UTC, random, tools);
    }

    private void copyOfThePackage() throws IOException, URISyntaxException {
        Path to = Files.createDirectories(root.resolve(PACKAGE));
        Path built = Path.of(ReadyMade.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.list(built.resolve(PACKAGE))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }
}
