package dev.antiphon.realtime.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ServerEvent;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Property
    void aTextIsPlainWhenEveryByteOfItIs(
            @ForAll @Size(max = 40) List<@IntRange(min = ' ', max = '~') Integer> texts,
            @ForAll byte odd,
            @ForAll @IntRange(max = 40) int place) {
        byte[] bytes = new byte[texts.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = texts.get(i).byteValue();
        }
        if (bytes.length > 0) {
            bytes[place % bytes.length] = odd;
        }
        boolean plain = true;
        for (byte b : bytes) {
            plain &= b >= ' ' && b != '"' && b != '\\' && b != '?';
        }
        assertThat(PlainText.isPlain(bytes, 0, bytes.length)).isEqualTo(plain);
    }

    @Test
    void onlyTheGivenRangeIsLookedAt() {
        byte[] bytes = "\"AAAABBBBCCCC\"".getBytes(UTF_8);
        assertThat(PlainText.isPlain(bytes, 1, bytes.length - 1)).isTrue();
        assertThat(PlainText.isPlain(bytes, 1, bytes.length)).isFalse();
    }

    @Test
    void audioIsReadTheSameWhereverItStandsInTheMessage() {
        ServerEvent expected = new ServerEvent.AudioDelta("", "", "i", 0, 0, new AudioPayload("AAAABBBBCCCC"));
        assertThat(List.of(
                        "{'type':'response.output_audio.delta','item_id':'i','delta':'AAAABBBBCCCC'}",
                        " {'type':'response.output_audio.delta','item_id':'i', 'delta' : 'AAAABBBBCCCC' \n} ",
                        "{'type':'response.output_audio.delta','delta':'AAAABBBBCCCC','item_id':'i'}",
                        "{'type':'response.output_audio.delta','item_id':'i','delta':'AAAA\\u0042BBBCCCC'}"))
                .allSatisfy(json ->
                        assertThat(Dialect.ga().decodeServer(frame(json))).isEqualTo(expected));
    }

    @Test
    void aMessageThatOnlyEndsLikeAudioIsNotTakenForIt() {
        ServerEvent expected = new ServerEvent.AudioDelta("", "", "i", 0, 0, new AudioPayload("AA"));
        assertThat(Dialect.ga()
                        .decodeServer(frame("{'type':'response.output_audio.delta','delta':'AA','item_id':'i'}")))
                .isEqualTo(expected);
        assertThat(List.of(
                        "{'type':'response.output_audio.delta','delta':'AA'}}",
                        "{'type':'response.output_audio.delta','delta':'AA'",
                        "{'type':'response.output_audio.delta','delta':'A\u0001A'}"))
                .allSatisfy(json -> assertThatExceptionOfType(MalformedFrame.class)
                        .isThrownBy(() -> Dialect.ga().decodeServer(frame(json))));
    }

    private static ByteBuffer frame(String json) {
        // Surrounded by other bytes, as in a buffer of several messages.
        byte[] padded = ("xx" + json.replace('\'', '"') + "\"}").getBytes(UTF_8);
        return ByteBuffer.wrap(padded, 2, padded.length - 4);
    }
}
