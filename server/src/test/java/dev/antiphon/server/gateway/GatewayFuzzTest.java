package dev.antiphon.server.gateway;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.antiphon.realtime.wire.Dialect;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes at all, as the course of a call. CONTRIBUTING.md says how to run it for long. */
@Tag("fuzz")
class GatewayFuzzTest {

    static List<byte[]> seeds() {
        return GatewaySeeds.all();
    }

    @MethodSource("seeds")
    @FuzzTest
    void noClientBringsTheGatewayDown(byte[] lines) {
        new FuzzedCall(Dialect.ga()).play(lines);
        new FuzzedCall(Dialect.beta()).play(lines);
    }
}
