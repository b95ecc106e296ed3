package dev.antiphon.testkit.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds codes that are said piece by piece: "double oh four two", "A as in Alfa, B, one two three". "One hundred and five" is 105. Of
 * a run of digits alone no part is taken for the whole.
 */
final class CodeWords {
    private static final Map<String, String> DIGITS = Map.ofEntries(
            Map.entry("zero", "0"),
            Map.entry("oh", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"));
    private static final Set<String> ALPHABET = Set.of(
            ("alfa alpha bravo charlie delta echo foxtrot golf hotel india juliett juliet kilo lima mike november oscar papa quebec"
                            + " romeo sierra tango uniform victor whiskey yankee zulu")
                    .split(" "));
    private static final Map<String, Integer> TIMES = Map.of("double", 2, "triple", 3);
    private static final String UNIT = "(?:one|two|three|four|five|six|seven|eight|nine)";
    private static final String TEEN =
            "(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)";
    private static final String TEN = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)";
    private static final String SMALL = "(?:" + TEN + "(?:[\\s-]+" + UNIT + ")?|" + TEEN + "|" + UNIT + ")";
    private static final String AND = "[\\s-]+(?:and\\s+)?";
    private static final String HUNDREDS = "(?:(?:a|" + SMALL + ")[\\s-]+hundred(?:" + AND + SMALL + "\\b)?)";
    private static final String THOUSANDS = "(?:(?:" + HUNDREDS + "|a|" + SMALL + ")[\\s-]+thousand(?:" + AND + "(?:"
            + HUNDREDS + "|" + SMALL + ")\\b)?)";
    private static final Pattern NUMBER =
            Pattern.compile("(?:" + THOUSANDS + "|" + HUNDREDS + ")\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ROUND =
            Pattern.compile("(?:a|" + SMALL + ")[\\s-]+(?:hundred|thousand)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern GOES_ON = Pattern.compile(
            "^[\\s,-]+(?:\\d|(?:double|triple|zero|oh|hundred|thousand|" + SMALL + ")\\b)", Pattern.CASE_INSENSITIVE);
    private static final int MOST_CHARS = 60;
    private static final int MOST_TOKENS = 60;
    private static final int FEWEST_UNASKED = 4;

    private final Optional<Pattern> form;
    private final boolean letters;

    /** @param pattern of JSON Schema for the whole value; empty or no regular expression: any */
    CodeWords(String pattern, boolean letters) {
        this.form = compiled(pattern);
        this.letters = letters;
    }

    private static Optional<Pattern> compiled(String pattern) {
        try {
            return pattern.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(pattern));
        } catch (PatternSyntaxException noRegularExpression) {
            return Optional.empty();
        }
    }

    /**
     * The longest run of pieces that has the form; when asked for one, else the longest run of pieces, which the tool will refuse
     * with its own words.
     */
    Optional<Found<String>> find(Words words, boolean asked) {
        List<Piece> pieces = pieces(words);
        Optional<Found<String>> best = Optional.empty();
        Optional<Found<String>> attempt = Optional.empty();
        for (int from = 0; from < pieces.size(); from++) {
            StringBuilder text = new StringBuilder();
            for (int to = from; to < pieces.size() && pieces.get(to).follows(from, to, pieces); to++) {
                text.append(pieces.get(to).text());
                if (text.length() > MOST_CHARS) {
                    break;
                }
                Found<String> run = new Found<>(
                        text.toString(),
                        pieces.get(from).start(),
                        pieces.get(to).end());
                boolean likely = asked
                        || run.value().length() >= FEWEST_UNASKED && run.value().matches(".*\\d.*");
                boolean fits = (letters || isWhole(from, to, pieces))
                        && form.map(each -> each.matcher(run.value()).find()).orElse(asked);
                best = likely && fits ? longer(best, run) : best;
                attempt = run.value().matches(".*\\d.*") ? longer(attempt, run) : attempt;
            }
        }
        return best.isPresent() || !asked ? best : attempt;
    }

    private static boolean isWhole(int from, int to, List<Piece> pieces) {
        return (from == 0 || !pieces.get(from).follows(from - 1, from, pieces))
                && (to + 1 == pieces.size() || !pieces.get(to + 1).follows(to, to + 1, pieces));
    }

    private static Optional<Found<String>> longer(Optional<Found<String>> best, Found<String> run) {
        return Optional.of(
                best.filter(old -> old.value().length() >= run.value().length()).orElse(run));
    }

    /** A part of a code, with its place in the words and among the tokens. */
    private record Piece(String text, int start, int end, int token, int next) {
        boolean follows(int from, int to, List<Piece> pieces) {
            return from == to || pieces.get(to - 1).next() == token;
        }
    }

    private List<Piece> pieces(Words words) {
        List<Words.Token> tokens = words.tokens();
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < Math.min(tokens.size(), MOST_TOKENS)) {
            int place = at;
            Optional<Piece> piece = hundreds(words.text(), tokens, at).or(() -> piece(tokens, place));
            piece.ifPresent(pieces::add);
            at = piece.map(Piece::next).orElse(at + 1);
        }
        return pieces;
    }

    private Optional<Piece> piece(List<Words.Token> tokens, int at) {
        Words.Token token = tokens.get(at);
        int times = at + 1 < tokens.size() ? TIMES.getOrDefault(token.lower(), 0) : 0;
        if (times > 0) {
            return symbol(tokens, at + 1)
                    .map(one -> new Piece(one.text().repeat(times), token.start(), one.end(), at, one.next()));
        }
        return symbol(tokens, at).or(() -> number(tokens, at));
    }

    private Optional<Piece> symbol(List<Words.Token> tokens, int at) {
        Words.Token token = tokens.get(at);
        String word = token.lower().replaceAll("[.'-]", "");
        if (word.equals("null") && isAmongDigits(tokens, at)) {
            return Optional.of(piece("0", tokens, at, at + 1));
        }
        if (DIGITS.containsKey(word)) {
            return Optional.of(piece(DIGITS.getOrDefault(word, ""), tokens, at, at + 1));
        }
        boolean written = letters ? word.matches("(?=.*\\d)[a-z0-9]+|[a-z]") : word.matches("\\d+");
        if (written) {
            boolean explained = word.matches("[a-z]")
                    && at + 3 < tokens.size()
                    && tokens.get(at + 1).lower().equals("as")
                    && tokens.get(at + 2).lower().equals("in");
            return Optional.of(piece(word.toUpperCase(Locale.ROOT), tokens, at, explained ? at + 4 : at + 1));
        }
        return letters && ALPHABET.contains(word)
                ? Optional.of(piece(word.substring(0, 1).toUpperCase(Locale.ROOT), tokens, at, at + 1))
                : Optional.empty();
    }

    /** Whether a run of "null" has a digit before or behind it. */
    private static boolean isAmongDigits(List<Words.Token> tokens, int at) {
        int first = at;
        while (first > 0 && tokens.get(first - 1).lower().equals("null")) {
            first--;
        }
        int last = at;
        while (last + 1 < tokens.size() && tokens.get(last + 1).lower().equals("null")) {
            last++;
        }
        return first > 0 && isDigit(tokens.get(first - 1)) || last + 1 < tokens.size() && isDigit(tokens.get(last + 1));
    }

    private static boolean isDigit(Words.Token token) {
        return DIGITS.containsKey(token.lower()) || token.lower().matches("\\d.*");
    }

    /** "One hundred and five"; "four hundred" alone where further digits follow without an "and". */
    private static Optional<Piece> hundreds(String text, List<Words.Token> tokens, int at) {
        int start = tokens.get(at).start();
        Matcher number = NUMBER.matcher(text).region(start, text.length());
        if (!number.lookingAt()) {
            return Optional.empty();
        }
        boolean whole = number.group().toLowerCase(Locale.ROOT).contains(" and ")
                || !GOES_ON.matcher(text.substring(number.end())).find();
        Matcher round = ROUND.matcher(text).region(start, text.length());
        Matcher said = whole || !round.lookingAt() ? number : round;
        int next = at;
        while (next < tokens.size() && tokens.get(next).start() < said.end()) {
            next++;
        }
        int behind = next;
        return NumberWords.whole(said.group()).stream()
                .mapToObj(value -> piece(String.valueOf(value), tokens, at, behind))
                .findFirst();
    }

    /** "Forty-two", "forty two", "seventeen". */
    private static Optional<Piece> number(List<Words.Token> tokens, int at) {
        long value = NumberWords.whole(tokens.get(at).lower()).orElse(0);
        if (value < 10 || value > 99) {
            return Optional.empty();
        }
        long unit = at + 1 < tokens.size() && value >= 20 && value % 10 == 0
                ? NumberWords.whole(tokens.get(at + 1).lower()).orElse(0)
                : 0;
        boolean joined = unit >= 1 && unit <= 9;
        return Optional.of(piece(String.valueOf(value + (joined ? unit : 0)), tokens, at, joined ? at + 2 : at + 1));
    }

    private static Piece piece(String text, List<Words.Token> tokens, int at, int next) {
        return new Piece(text, tokens.get(at).start(), tokens.get(next - 1).end(), at, next);
    }
}
