package dev.antiphon.samples.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.server.Bot;
import dev.antiphon.server.reload.CodeSnapshot;
import dev.antiphon.server.reload.LiveDialog;
import dev.antiphon.server.reload.Reload;
import dev.antiphon.tool.ToolPoolSettings;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clinic's flow and FAQ can be loaded anew over its calendar. */
class ClinicReloadTest {
    private static final Path PACKAGE = Path.of("dev", "antiphon", "samples", "clinic");

    @TempDir
    private Path root;

    @Test
    void aChangedAnswerIsForNewCalls() throws Exception {
        Calendar calendar = new Calendar(Database.inMemory(), InstantSource.system(), ZoneOffset.UTC, new Random(1));
        Bot bot = new ClinicBot(
                        () -> calendar,
                        InstantSource.system(),
                        ZoneOffset.UTC,
                        new Random(1),
                        ToolPoolSettings.defaults())
                .bot();
        LiveDialog<?> live = bot.live().orElseThrow();
        copyOfThePackage();
        assertThat(live.reload(CodeSnapshot.of(List.of(root)))).isInstanceOfSatisfying(Reload.Taken.class, same -> {
            assertThat(same.after().version()).isEqualTo(same.before().version());
            assertThat(same.stayed()).isEmpty();
        });
        String earlier = bot.conversations().get().version();

        Files.writeString(root.resolve(PACKAGE).resolve("faq.md"), "# Where are you?\nIn the harbour.\n");

        assertThat(live.reload(CodeSnapshot.of(List.of(root)))).isInstanceOf(Reload.Taken.class);
        assertThat(bot.conversations().get().version())
                .isEqualTo(live.shown().version())
                .isNotEqualTo(earlier);
    }

    private void copyOfThePackage() throws IOException, URISyntaxException {
        Path to = Files.createDirectories(root.resolve(PACKAGE));
        Path built = Path.of(ClinicBot.class
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
