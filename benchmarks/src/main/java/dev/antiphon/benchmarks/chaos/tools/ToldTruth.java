package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.benchmarks.chaos.tools.Call.Commit;
import dev.antiphon.benchmarks.chaos.tools.Violations.Rule;
import dev.antiphon.testkit.caller.CallRecord;
import dev.antiphon.testkit.caller.CallRecord.Speaker;
import dev.antiphon.testkit.caller.CallRecord.Utterance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what callers were told of their booking, as they heard it, with the books.
 *
 * <ul>
 *   <li>Who is told that it is booked is told the reference of a booking that was written before.
 *   <li>Who is told that it did not work has no booking by then.
 *   <li>Who is told that nobody knows yet is told so while nobody can know, or a few seconds longer: words that are being
 *       said are said to their end.
 *   <li>Who stays on the line for {@link #TIME_TO_TELL} after the work has ended has been told its outcome. Who hangs up
 *       sooner, or is cut off, cannot be told.
 * </ul>
 */
final class ToldTruth {
    private static final Duration TIME_TO_TELL = Duration.ofSeconds(30);
    private static final Duration WORDS_ON_THEIR_WAY = Duration.ofSeconds(8);
    private static final Pattern BOOKED = Pattern.compile("Your reference is (R\\d+x\\d+)");
    private static final Pattern NOT_DONE =
            Pattern.compile("that didn't work|Nothing was booked|I couldn't do it|may not be booked|that is not done");
    private static final Pattern UNKNOWN = Pattern.compile("can't tell yet|can't change that before I know");

    private final Violations violations;

    /** What a caller was told last. */
    private enum Told {
        NOTHING,
        BOOKED,
        NOT_DONE,
        UNKNOWN
    }

    ToldTruth(Violations violations) {
        this.violations = violations;
    }

    void judge(Call call, Instant endedAt) {
        Told last = Told.NOTHING;
        for (Utterance words : heard(call)) {
            Told told = told(call, words);
            last = told == Told.NOTHING || words.cutShort() ? last : told;
        }
        if (call.strike.hangsUp()) {
            return;
        }
        boolean couldBeTold = !call.works.isEmpty()
                && call.works.stream().allMatch(work -> work.isOverBy(endedAt.minus(TIME_TO_TELL)));
        boolean told = call.commits.isEmpty() ? last != Told.UNKNOWN : last == Told.BOOKED;
        if (couldBeTold && !told) {
            violations.found(Rule.LEFT_UNTOLD, about(call) + " was told last: " + last);
        }
    }

    private static List<Utterance> heard(Call call) {
        List<Utterance> all = new ArrayList<>();
        call.lines.forEach(line -> {
            CallRecord record = line.ended().join();
            record.transcript().stream()
                    .filter(words -> words.speaker() == Speaker.AGENT)
                    .forEach(all::add);
        });
        return all;
    }

    private Told told(Call call, Utterance words) {
        Matcher booked = BOOKED.matcher(words.text());
        if (booked.find()) {
            String reference = booked.group(1);
            boolean written = call.commits.stream()
                    .anyMatch(commit ->
                            commit.reference().equals(reference) && !commit.at().isAfter(words.at()));
            isTrue(call, written, words);
            return Told.BOOKED;
        }
        Optional<Instant> written = call.commits.stream().map(Commit::at).min(Instant::compareTo);
        if (UNKNOWN.matcher(words.text()).find()) {
            Instant decided = words.at().minus(WORDS_ON_THEIR_WAY);
            boolean known = call.life == 0
                    && call.works.stream()
                            .filter(work -> work.begun().isBefore(words.at()))
                            .allMatch(work -> work.isOverBy(decided));
            isTrue(call, !known, words);
            return Told.UNKNOWN;
        }
        if (NOT_DONE.matcher(words.text()).find()) {
            isTrue(call, written.filter(at -> at.isBefore(words.at())).isEmpty(), words);
            return Told.NOT_DONE;
        }
        return Told.NOTHING;
    }

    private void isTrue(Call call, boolean isTrue, Utterance words) {
        if (!isTrue) {
            violations.found(Rule.FALSE_WORDS, about(call) + " at " + words.at() + ": " + words.text());
        }
    }

    /** For people who look for the reason. */
    private static String about(Call call) {
        StringBuilder text = new StringBuilder("call " + call.number + ", " + call.strike.words() + ", ");
        text.append(call.commits).append(", ").append(call.works);
        call.lines.forEach(line -> line.ended()
                .join()
                .transcript()
                .forEach(words -> text.append("\n    ")
                        .append(words.at())
                        .append(words.speaker() == Speaker.AGENT ? " agent: " : " caller: ")
                        .append(words.text())
                        .append(words.cutShort() ? " [cut]" : "")));
        return text.toString();
    }

    /** Each result is told once for each time that it was handed to the model. */
    void judgeResults(Call call) {
        call.handed.forEach((result, times) -> {
            long told = heard(call).stream()
                    .filter(words -> !words.cutShort() && words.text().matches(".*\\b" + result + "\\b.*"))
                    .count();
            if (told > times) {
                violations.found(Rule.RESULT_TOLD_TWICE, about(call) + " " + result + " told " + told + " times");
            }
        });
    }
}
