package dev.antiphon.testkit.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the caller's name: after words that announce one, or bare when a name was asked for. */
final class NameWords {
    private static final Pattern SURE = pattern(
            "\\b(?:my (?:full |first |last |real |sur|family )?name is|my (?:full )?name's|the name is"
                    + "|the name's|name is|name's|under the name(?: of)?|in the name of|the name should be|(?:(?:put|book|make) it|it's|it is|that's|booked) under|call me|name:)\\s+");
    private static final Pattern LIKELY = pattern(
            "\\b(?:i am|i'm|im|this is|it is|it's|(?:appointment|booking|reservation|table|visit) for|for)\\s+");
    private static final Pattern FILLERS = pattern(
            "^(?:[\\s,.!:\u0001-]|\\b(?:uh|um|er|well|sure|yes|yeah|yep|okay|ok|of course|certainly|no|actually|sorry|right|so|oh|ah|hi|hello|it's|it is|that's|that is|that would be|i'm|i am|this is|make it|and)\\b)*+");
    private static final Pattern SPELLED = pattern("\\b\\p{L}(?:[\\s.,-]+\\p{L}\\b){2,}+");
    private static final Pattern TITLE = pattern("^(?:mr|mrs|ms|miss|dr|prof|doctor|professor)\\.?$");
    private static final Pattern NAME_TOKEN = Pattern.compile("\\p{L}[\\p{L}'.-]*");

    private static final int LONGEST = 4;

    /** Words that end a name or show that there is none. */
    private static final Set<String> NOT_A_NAME = Set.copyOf(List.of(
            ("a about actually afraid after again all also am an and any anything appointment are at available back bad because before "
                            + "book booking busy but by bye call called calling can cancel cash change confused correct could date day different do done "
                            + "don't earlier early else everything exactly excuse feeling fine first for free from friday get getting go going good "
                            + "goodbye great have having he hear hello help here hey hi hoping how i i'd i'll i'm if in instead interested into is it "
                            + "it's its just know last late later like looking make maybe me mind monday more morning my name need never new next no "
                            + "nope not nothing now number of off ok okay on one only operator or out over perfect person phone please possible "
                            + "problem question quite ready really repeat right robot saturday say second service she slot so some something soon "
                            + "sorry spell spelled stop sunday sure telephone thank thanks that that's the their them then there they thing "
                            + "think this thursday time to today tomorrow too trying tuesday understand unsure until very visit wait want was we "
                            + "wednesday well what when where which who whom why will with wondering would wrong yeah yep yes you your asking "
                            + "human agent mobile people myself us everybody friend wife husband son daughter mother father child kids "
                            + "two three four five six seven eight nine ten eleven twelve noon half reaching responding under twenty thirty forty fifty sixty seventy eighty ninety hundred minutes hours days weeks")
                    .split(" ")));

    /** Of these, the words that are names too; beside another capitalised word they are taken for one. */
    private static final Set<String> NAMES_TOO =
            Set.of("an", "day", "do", "early", "free", "good", "more", "so", "will");

    private NameWords() {}

    /** A name that words announce ("my name is", "I'm"), or, when asked for, a bare one. */
    static Optional<Found<String>> find(Words words, boolean asked) {
        Optional<Found<String>> sure = afterLast(SURE, words, true);
        if (sure.isPresent()) {
            return sure;
        }
        Optional<Found<String>> likely = afterLast(LIKELY, words, asked);
        if (likely.isPresent() || !asked) {
            return likely;
        }
        return bare(words);
    }

    private static Optional<Found<String>> afterLast(Pattern marker, Words words, boolean anyCase) {
        Matcher matcher = marker.matcher(words.text());
        Optional<Found<String>> last = Optional.empty();
        while (matcher.find()) {
            String said = matcher.group().strip().toLowerCase(Locale.ROOT);
            boolean forWhom = said.endsWith("for");
            int start = matcher.start();
            Optional<Found<String>> name = nameAt(words, matcher.end(), marker == SURE)
                    .filter(found -> forWhom
                            ? capitalised(found, words, said.equals("for") ? 2 : 1)
                            : plausible(found, words, anyCase))
                    .map(found -> new Found<>(found.value(), start, found.end()));
            if (name.isPresent()) {
                last = name;
            }
        }
        return last;
    }

    private static boolean plausible(Found<String> name, Words words, boolean anyCase) {
        return anyCase
                || Character.isUpperCase(words.text().charAt(name.start()))
                || name.value().contains(" ");
    }

    /** After "for" stands anything: only words with capital letters are a name there. */
    private static boolean capitalised(Found<String> name, Words words, int least) {
        String[] parts =
                words.text().substring(name.start(), name.end()).strip().split("\\s+");
        return parts.length >= least
                && Character.isUpperCase(parts[0].charAt(0))
                && Character.isUpperCase(parts[parts.length - 1].charAt(0));
    }

    private static Optional<Found<String>> bare(Words words) {
        Matcher fillers = FILLERS.matcher(words.text());
        int from = fillers.find() ? fillers.end() : 0;
        while (from < words.text().length() && words.text().charAt(from) == Words.BLANK) {
            from++;
        }
        int start = from;
        return spelled(words, start).or(() -> nameAt(words, start, false));
    }

    private static Optional<Found<String>> spelled(Words words, int from) {
        Matcher matcher = SPELLED.matcher(words.text());
        if (!matcher.find(from) || matcher.start() > from) {
            return Optional.empty();
        }
        String letters = matcher.group().replaceAll("[^\\p{L}]", "");
        return Optional.of(new Found<>(capitalised(letters.toLowerCase(Locale.ROOT)), matcher.start(), matcher.end()));
    }

    /** Reads up to four name words from a place on; punctuation other than a title's dot ends the name. */
    private static Optional<Found<String>> nameAt(Words words, int from, boolean announced) {
        List<String> parts = new ArrayList<>();
        int end = from;
        List<Words.Token> tokens =
                words.tokens().stream().filter(token -> token.start() >= from).toList();
        for (int i = 0; i < tokens.size(); i++) {
            Words.Token token = tokens.get(i);
            String gap = words.text().substring(end, token.start());
            boolean first = end == from;
            if (!gap.isBlank() && !(gap.strip().equals(".") && !first)
                    || parts.size() == LONGEST
                    || stops(token) && !nameToo(tokens, i, !parts.isEmpty() || announced)) {
                break;
            }
            if (TITLE.matcher(token.word()).matches()) {
                end = token.end();
                continue;
            }
            if (gap.strip().equals(".") && !parts.isEmpty() && parts.getLast().length() > 1) {
                break;
            }
            parts.add(token.word());
            end = token.end();
        }
        if (parts.isEmpty() || parts.size() == 1 && parts.getFirst().length() < 2) {
            return Optional.empty();
        }
        return Optional.of(new Found<>(written(parts), from, end));
    }

    private static boolean stops(Words.Token token) {
        String word = token.lower();
        boolean gerund = word.endsWith("ing") && word.equals(token.word()) && word.length() > 4;
        return !NAME_TOKEN.matcher(token.word()).matches() || NOT_A_NAME.contains(word) || gerund;
    }

    /** "Will Smith", "Mark Day": a capitalised word after a name or before one. */
    private static boolean nameToo(List<Words.Token> tokens, int i, boolean expected) {
        boolean beforeName = i + 1 < tokens.size() && capital(tokens.get(i + 1)) && !stops(tokens.get(i + 1));
        return NAMES_TOO.contains(tokens.get(i).lower()) && capital(tokens.get(i)) && (expected || beforeName);
    }

    private static boolean capital(Words.Token token) {
        return Character.isUpperCase(token.word().charAt(0));
    }

    private static String written(List<String> parts) {
        String joined = String.join(" ", parts);
        boolean typedLower = joined.equals(joined.toLowerCase(Locale.ROOT));
        boolean shouted = joined.equals(joined.toUpperCase(Locale.ROOT)) && joined.length() > 3;
        if (!typedLower && !shouted) {
            return joined;
        }
        return String.join(
                " ",
                parts.stream()
                        .map(part -> capitalised(part.toLowerCase(Locale.ROOT)))
                        .toList());
    }

    private static String capitalised(String word) {
        Matcher start = Pattern.compile("(^|[-'])(\\p{L})").matcher(word);
        return start.replaceAll(match -> match.group(1) + match.group(2).toUpperCase(Locale.ROOT));
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
