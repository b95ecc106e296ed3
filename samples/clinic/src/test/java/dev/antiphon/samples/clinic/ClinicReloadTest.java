package dev.antiphon.samples.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.server.reload.CodeSnapshot;
import dev.antiphon.server.reload.LiveDialog;
import dev.antiphon.server.reload.Reload;
import dev.antiphon.tool.ToolPoolSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The clinic's flow can be loaded anew; what new calls have then is said by the tests of the ready-made flows. */
class ClinicReloadTest {
    @Test
    void theFlowCanBeLoadedAnewOverItsCalendar() throws Exception {
        InstantSource clock = InstantSource.system();
        Calendar calendar = new Calendar(Database.inMemory(), clock, ZoneOffset.UTC, new Random(1));
        LiveDialog<?> live = new ClinicBot(
                        () -> calendar, clock, ZoneOffset.UTC, new Random(1), ToolPoolSettings.defaults())
                .bot()
                .live()
                .orElseThrow();
        Path built = Path.of(ClinicBot.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        assertThat(live.reload(CodeSnapshot.of(List.of(built)))).isInstanceOfSatisfying(Reload.Taken.class, same -> {
            assertThat(same.after().version()).isEqualTo(same.before().version());
            assertThat(same.stayed()).isEmpty();
        });
    }
}
