package dev.antiphon.testkit.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to a browser's SDP offer. It takes every section of the offer, names no address and no real certificate: a peer connection
 * accepts it and then never connects, since the emulator has no media plane.
 */
final class SdpAnswer {
    private static final Pattern SECTION = Pattern.compile("^m=(\\S+) \\d+ (\\S+) (\\S+).*$");
    private static final String FINGERPRINT = "00:".repeat(31) + "00";

    private SdpAnswer() {}

    /** Whether the offer is SDP with an audio section. */
    static boolean canAnswer(String offer) {
        List<String> lines = lines(offer);
        return !lines.isEmpty()
                && lines.getFirst().equals("v=0")
                && lines.stream()
                        .anyMatch(line -> line.startsWith("m=audio ")
                                && SECTION.matcher(line).matches());
    }

    private static List<String> lines(String offer) {
        return offer.lines().map(String::stripTrailing).toList();
    }

    /** The answer to an offer that {@link #canAnswer can be answered}. */
    static String to(String offer, String callId) {
        List<String> lines = lines(offer);
        List<String> answer = new ArrayList<>(List.of("v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0"));
        lines.stream().filter(line -> line.startsWith("a=group:BUNDLE")).forEach(answer::add);
        sections(lines).forEach(section -> answer.addAll(answered(section, callId)));
        return String.join("\r\n", answer) + "\r\n";
    }

    private static List<List<String>> sections(List<String> lines) {
        List<List<String>> sections = new ArrayList<>();
        for (String line : lines) {
            if (SECTION.matcher(line).matches()) {
                sections.add(new ArrayList<>());
            }
            if (!sections.isEmpty()) {
                sections.getLast().add(line);
            }
        }
        return sections;
    }

    private static List<String> answered(List<String> section, String callId) {
        Matcher head = SECTION.matcher(section.getFirst());
        head.matches();
        String format = head.group(3);
        List<String> lines = new ArrayList<>();
        lines.add("m=" + head.group(1) + " 9 " + head.group(2) + " " + format);
        lines.add("c=IN IP4 0.0.0.0");
        section.stream()
                .filter(line -> line.startsWith("a=mid:")
                        || line.startsWith("a=rtpmap:" + format + " ")
                        || line.startsWith("a=sctp-port:")
                        || line.equals("a=rtcp-mux"))
                .forEach(lines::add);
        lines.add("a=ice-ufrag:" + callId.substring(callId.length() - 4));
        lines.add("a=ice-pwd:" + callId.substring(callId.length() - 22));
        lines.add("a=fingerprint:sha-256 " + FINGERPRINT);
        lines.add("a=setup:passive");
        if (head.group(1).equals("audio")) {
            lines.add("a=sendrecv");
        }
        return lines;
    }
}
