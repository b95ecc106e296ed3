package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.EmailValidator;
import tools.jackson.databind.node.ObjectNode;

/**
 * An e-mail address, written or as it is said: {@code anna dot miller at example dot com}, letters one by one or with code words.
 * Domains must end in a top-level domain that exists. At most 254 characters; at most 300 are read.
 */
public record EmailType() implements SlotType<EmailAddress> {
    private static final Pattern WRITTEN = Pattern.compile("[^\\s<>()\\[\\],;:\"@]++@[^\\s<>()\\[\\],;:\"@]++");
    private static final Pattern LEAD_IN = Pattern.compile(
            "^(?:(?:it's|it is|that's|that is|my e-?mail(?: address)? is|the e-?mail(?: address)? is|e-?mail|sure|yes|um|uh)[\\s,:]+)+");
    private static final Pattern AROUND = Pattern.compile(
            "\\b(?:all (?:in )?(?:lower ?case|one word|together|small(?: letters)?)|please|thanks?)\\b");
    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("at", "@"),
            Map.entry("dot", "."),
            Map.entry("period", "."),
            Map.entry("point", "."),
            Map.entry("underscore", "_"),
            Map.entry("dash", "-"),
            Map.entry("hyphen", "-"),
            Map.entry("minus", "-"),
            Map.entry("plus", "+"));
    private static final int MOST_CHARS = 254;

    @Override
    public Class<EmailAddress> valueType() {
        return EmailAddress.class;
    }

    @Override
    public Reading<EmailAddress> read(String said, ZonedDateTime now) {
        String words = LEAD_IN.matcher(Heard.lower(said)).replaceFirst("");
        List<String> written = WRITTEN.matcher(words)
                .results()
                .map(MatchResult::group)
                .map(EmailType::withoutEnd)
                .toList();
        List<EmailAddress> addresses =
                written.stream().flatMap(text -> address(text).stream()).toList();
        if (!addresses.isEmpty()) {
            return Reading.of(addresses, unclear(""));
        }
        String joined = joined(words);
        return address(joined)
                .<Reading<EmailAddress>>map(Reading.Understood::new)
                .orElseGet(() -> unclear(written.isEmpty() ? joined : written.getFirst()));
    }

    private static Optional<EmailAddress> address(String text) {
        return text.length() <= MOST_CHARS
                        && EmailValidator.getInstance().isValid(text)
                        && text.indexOf('"') < 0
                        && text.codePoints().noneMatch(Refusal::isPicture)
                ? Optional.of(new EmailAddress(text))
                : Optional.empty();
    }

    private static Reading.Unclear<EmailAddress> unclear(String text) {
        if (text.length() > MOST_CHARS || text.indexOf('@') < 0) {
            return new Reading.Unclear<>(Line.of(Phrase.EMAIL_UNCLEAR), true);
        }
        String domain = text.substring(text.lastIndexOf('@') + 1);
        if (domain.indexOf('.') < 0) {
            return new Reading.Unclear<>(Line.of(Phrase.EMAIL_ENDING), false);
        }
        String ending = domain.substring(domain.lastIndexOf('.') + 1);
        return ending.matches("[a-z]{1,20}") && !EmailValidator.getInstance().isValid("a@example." + ending)
                ? new Reading.Unclear<>(Line.of(Phrase.EMAIL_WRONG_ENDING, "ending", ending), false)
                : new Reading.Unclear<>(Line.of(Phrase.EMAIL_INCOMPLETE), false);
    }

    /** The words with signs, digits and spelled letters put together. */
    private static String joined(String words) {
        List<String> pieces =
                List.of(AROUND.matcher(words).replaceAll(" ").strip().split("[\\s,]+"));
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at < pieces.size()) {
            String piece = pieces.get(at);
            String next = Tokens.at(pieces, at + 1);
            if (SIGNS.containsKey(piece)) {
                parts.add(SIGNS.getOrDefault(piece, ""));
                at++;
            } else if (piece.equals("double") && next.length() == 1) {
                parts.add(next.repeat(2));
                at += 2;
            } else if (DigitWords.digit(piece).isPresent() && !piece.equals("o")) {
                parts.add(DigitWords.digit(piece).get());
                at++;
            } else {
                boolean explained = piece.length() == 1 && next.matches("as|for|like");
                Optional<Spelling.Letter> letter = explained ? Spelling.letter(pieces, at) : Optional.empty();
                parts.add(piece);
                at = letter.map(Spelling.Letter::next).orElse(at + 1);
            }
        }
        return withoutEnd(String.join("", parts));
    }

    private static String withoutEnd(String text) {
        return text.replaceAll("[.!?]+$", "");
    }

    @Override
    public boolean readBack() {
        return true;
    }

    @Override
    public boolean easilyMisheard(EmailAddress value) {
        return true;
    }

    @Override
    public String normal(EmailAddress value) {
        return value.address();
    }

    @Override
    public String spoken(EmailAddress value, Language language) {
        return value.spoken(language);
    }

    @Override
    public String spelled(EmailAddress value, Language language) {
        return value.spelled(language);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string").put("format", "email").put("maxLength", MOST_CHARS);
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.EMAIL_SHORT);
    }

    @Override
    public Line hint() {
        return Line.of(Phrase.EMAIL_HINT);
    }
}
