package dev.antiphon.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class G711Test {

    /** ITU-T G.711, tables 2a and 2b: values of the 14-bit code, here of 16 bits. */
    @ParameterizedTest
    @CsvSource({
        "0x80, 32124",
        "0x8F, 16764",
        "0x9F, 8316",
        "0xAF, 4092",
        "0xBF, 1980",
        "0xCF, 924",
        "0xDF, 396",
        "0xEF, 132",
        "0xFE, 8",
        "0xFF, 0",
        "0x7F, 0",
        "0x7E, -8",
        "0x6F, -132",
        "0x0F, -16764",
        "0x00, -32124"
    })
    void ulawStandsForTheValuesOfTheStandard(String coded, int sample) {
        assertThat(G711.ULAW.decode(Integer.decode(coded).byteValue())).isEqualTo((short) sample);
    }

    /** ITU-T G.711, tables 1a and 1b: values of the 13-bit code, here of 16 bits; even bits are inverted. */
    @ParameterizedTest
    @CsvSource({
        "0xAA, 32256",
        "0xA5, 16896",
        "0xBA, 16128",
        "0x8A, 8064",
        "0x9A, 4032",
        "0xEA, 2016",
        "0xFA, 1008",
        "0xCA, 504",
        "0xDA, 248",
        "0xD5, 8",
        "0x55, -8",
        "0x5A, -248",
        "0x2A, -32256"
    })
    void alawStandsForTheValuesOfTheStandard(String coded, int sample) {
        assertThat(G711.ALAW.decode(Integer.decode(coded).byteValue())).isEqualTo((short) sample);
    }

    @ParameterizedTest
    @EnumSource
    void everyByteIsCodedAsItWas(G711 law) {
        for (int coded = 0; coded < 256; coded++) {
            int again = law.encode(law.decode((byte) coded)) & 0xFF;
            int expected = law == G711.ULAW && coded == 0x7F ? 0xFF : coded;
            assertThat(again).as("0x%x", coded).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySampleIsCodedAsOneOfTheTwoValuesAroundIt(G711 law) {
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int error = Math.abs(law.decode(law.encode(sample)) - sample);
            assertThat(error).as("%d", sample).isLessThanOrEqualTo(Math.max(16, Math.abs(sample) / 24));
        }
    }

    @Test
    void whatIsTooLoudIsClipped() {
        assertThat(G711.ULAW.decode(G711.ULAW.encode(Short.MIN_VALUE))).isEqualTo((short) -32124);
        assertThat(G711.ALAW.decode(G711.ALAW.encode(Short.MAX_VALUE))).isEqualTo((short) 32256);
    }
}
