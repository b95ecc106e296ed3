package dev.antiphon.testkit.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everyday German of a phone call in English words, in their German order: days, times, numbers, yes and no, what steers a call,
 * what people do with a thing. Words that it does not know stay as they are, above all names and things.
 */
final class GermanWords {
    private static final String NUMBER =
            "(?:ein|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\\d{1,2})";
    private static final List<String> HOURS = List.of(
            "twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve");
    private static final List<String> NUMBERS = List.of(
            "null",
            "ein(?:s|en|e|em|er)?",
            "zw(?:ei|o)",
            "drei",
            "vier",
            "fünf",
            "sechs",
            "sieben",
            "acht",
            "neun",
            "zehn",
            "elf",
            "zwölf");
    private static final String MONTH =
            "januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember";
    private static final List<String> ORDINALS = List.of(
            "erst",
            "zweit",
            "dritt",
            "viert",
            "fünft",
            "sechst",
            "siebt",
            "acht",
            "neunt",
            "zehnt",
            "elft",
            "zwölft",
            "dreizehnt",
            "vierzehnt",
            "fünfzehnt",
            "sechzehnt",
            "siebzehnt",
            "achtzehnt",
            "neunzehnt",
            "zwanzigst");

    /** A regular expression, an arrow, and what stands for it, one a line; earlier lines win. */
    private static final String GLOSSARY = """
            guten morgen -> good morning
            guten abend -> good evening
            (?:schönen )?guten tag|grüß gott|grüezi -> good day
            (?:hallo|servus|moin|grüß dich|tach) -> hello
            auf wieder(?:hören|sehen)|tschüss|tschüß|tschau|ciao -> goodbye
            das (?:war's|wär's|war es|wäre es|war alles|wäre alles|ist alles)(?: schon)? -> that's all
            vielen (?:herzlichen )?dank|herzlichen dank|dankeschön|danke(?: schön| sehr)? -> thank you
            (?:(?:ich (?:möchte|will)|kann ich) )?(?:bitte |gern |gerne )*mit (?:einem menschen|einer person|jemandem|einem mitarbeiter|einer mitarbeiterin|einem berater) (?:bitte )?(?:sprechen|reden|verbunden werden) -> speak to a person
            verbinden sie mich(?: bitte)?(?: mit[^.?!]*)? -> connect me to a person
            (?:einen )?(?:kleinen )?moment(?: mal| bitte)* -> one moment
            noch (?:ein|einen|eine) -> another
            wie geht es ihnen|wie geht's -> how are you
            wie bitte|was haben sie gesagt -> pardon
            (?:können|könnten|würden) sie (?:das |es )?(?:bitte )?(?:noch ?(?:ein)?mal (?:sagen|wiederholen)|wiederholen)|noch ?(?:ein)?mal,? bitte|bitte noch ?(?:ein)?mal|sagen sie (?:das )?(?:bitte )?noch ?(?:ein)?mal -> say that again
            (?:das |sie )?(?:habe ich|hab ich|ich habe|ich hab) (?:das |sie )?nicht verstanden -> I didn't understand that
            (?:etwas |bitte )*langsamer(?: bitte)? -> slower
            überspringen -> skip it
            (?:das )?möchte ich (?:lieber )?nicht sagen -> I'd rather not say
            vergessen sie (?:es|das)|abbrechen|ich breche ab|schon gut -> forget it
            ich (?:habe|hab)(?:'s)? es mir anders überlegt -> I've changed my mind
            (?:etwas|was) anderes -> something else
            (?:lieber |eine |einen |ein |zu )*(?:einer |einem )?ander(?:e|en|er|em|es) (?:uhrzeit|zeit) -> another time
            (?:lieber |eine |einen |ein |an )*(?:einem |einer )?ander(?:e|en|er|em|es) tag -> another day
            passt (?:mir )?(?:leider )?(?:gar )?nicht|geht (?:bei mir )?(?:leider )?nicht -> doesn't work
            zu früh -> too early
            zu spät -> too late
            später -> later
            früher -> earlier
            (?:das )?ist mir (?:ganz )?egal|(?:ganz )?egal -> I don't mind
            kann ich sonst noch etwas für sie tun|was kann ich noch für sie tun -> is there anything else
            was kann ich für sie tun|wie kann ich ihnen helfen -> what can I do for you
            ist das (?:richtig|korrekt|in ordnung) -> is that right
            passt ihnen das -> would that work
            (?:das )?(?:passt|stimmt)(?: so)? -> that's right
            in ordnung -> okay
            ja,? (?:gern|gerne|bitte|genau|richtig) -> yes please
            genau|ganz genau -> exactly
            jawohl|ja doch|ja -> yes
            nein,? danke(?: schön| sehr)? -> no thank you
            nein|nee|nö -> no
            (?:das ist |stimmt )?(?:nicht richtig|falsch) -> that is wrong
            (?:klar|natürlich|selbstverständlich|sicher) -> sure
            einverstanden -> agreed
            stattdessen -> instead
            (?:doch )?lieber -> rather
            statt(?: am| um)? -> instead of
            (?:mein (?:richtiger )?name (?:ist|lautet)|(?:ist|lautet) mein (?:richtiger )?name|ich heiße|heiße ich|auf den namen|unter dem namen) -> my name is
            eigentlich|nämlich|übrigens|genau genommen -> actually
            (?:hier ist|hier spricht|am apparat ist) -> this is
            ich bin -> I am
            heute abend -> this evening
            heute nachmittag -> this afternoon
            heute (?:morgen|früh|vormittag) -> this morning
            morgen (?:früh|vormittag) -> tomorrow in the morning
            morgen nachmittag -> tomorrow in the afternoon
            morgen abend -> tomorrow in the evening
            übermorgen -> day after tomorrow
            am morgen|morgens|vormittags|am vormittag|in der früh -> in the morning
            nachmittags|am nachmittag -> in the afternoon
            abends|am abend -> in the evening
            heute -> today
            morgen -> tomorrow
            (?:montags?) -> Monday
            (?:dienstags?) -> Tuesday
            (?:mittwochs?) -> Wednesday
            (?:donnerstags?) -> Thursday
            (?:freitags?) -> Friday
            (?:samstags?|sonnabends?) -> Saturday
            (?:sonntags?) -> Sunday
            januar|jänner -> January
            februar -> February
            märz -> March
            april -> April
            mai -> May
            juni -> June
            juli -> July
            august -> August
            september -> September
            oktober -> October
            november -> November
            dezember -> December
            übernächste[nr]? woche -> the week after next
            nächste[nrms]? woche -> next week
            (?:am|übers) wochenende -> at the weekend
            wochenendes? -> weekend
            (?:nächste|kommende)[nrms]? -> next
            diese[nrms]? -> this
            tage?n? -> day
            wochen? -> week
            monate?n? -> month
            mittag|zwölf uhr mittags -> noon
            mitternacht -> midnight
            personen|leute|gäste -> people
            zu zweit -> for two people
            zu dritt -> for three people
            zu viert -> for four people
            zu fünft -> for five people
            zu sechst -> for six people
            um wie ?viel uhr|welche uhrzeit|zu welcher uhrzeit -> at what time
            (?:an )?welche[rmn] tag|welches datum -> on which day
            wie viele -> how many
            wie ?viel -> how much
            wie lange -> how long
            auf welchen namen -> under which name
            uhrzeit -> time
            telefonnummer -> phone number
            warum -> why
            wann -> when
            wer -> who
            welche[rsnm]? -> which
            was für -> what
            was -> what
            wo -> where
            wie -> how
            haben sie -> do you have
            gibt es -> is there
            (?:ich )?(?:hätte|würde) (?:ich )?(?:sehr )?gern(?:e)?|ich möchte(?: gern(?:e)?)? -> I would like
            ich will -> I want
            ich (?:brauche|bräuchte|benötige) -> I need
            (?:kann|könnte|dürfte|darf) ich -> can I
            (?:können|könnten) wir -> can we
            (?:können|könnten|würden) sie -> can you
            gern(?:e)? -> yes please
            (?:verschieben|verschiebe|verlegen|verlege|vorverlegen|umbuchen|umbuche|umlegen|ändern) -> move
            (?:absagen|absage|stornieren|storniere|abbestellen|streichen|löschen) -> cancel
            (?:vereinbaren|vereinbare|ausmachen|buchen|buche|reservieren|reserviere|bestellen|bestelle|machen|eintragen|bekommen|haben) -> book
            (?:suche|suchen|finden|finde|empfehlen) -> find
            bitte -> please
            oder -> or
            und -> and
            nicht -> not
            kein(?:e|en|er|em)? -> no
            ist|lautet -> is
            für -> for
            nach -> after
            um|gegen -> at
            am|im -> on
            """;

    /** With a capital it may be a name, unless digits follow; in JSON it is nothing. */
    private static final Pattern NULL =
            Pattern.compile("(?<!\"\\s?:\\s?|\\[)(?<![\\p{L}\\p{N}])(?:null|NULL|Null(?=,? (?i:null|\\d+|" + NUMBER
                    + ")(?![\\p{L}\\p{N}])))(?![\\p{L}\\p{N}])");

    private static final List<String> LATE_HOURS = List.of(
            "dreizehn",
            "vierzehn",
            "fünfzehn",
            "sechzehn",
            "siebzehn",
            "achtzehn",
            "neunzehn",
            "zwanzig",
            "einundzwanzig",
            "zweiundzwanzig",
            "dreiundzwanzig");
    private static final List<String> MINUTES =
            List.of("zehn", "fünfzehn", "zwanzig", "dreißig", "vierzig", "fünfundvierzig", "fünfzig");
    private static final List<String> MINUTES_IN_FIGURES = List.of("10", "15", "20", "30", "40", "45", "50");

    private static final List<Rule> RULES = rules();

    private GermanWords() {}

    private record Rule(Pattern pattern, Function<MatchResult, String> english) {
        String apply(String text) {
            Matcher matcher = pattern.matcher(text);
            return matcher.find() ? matcher.replaceAll(found -> Matcher.quoteReplacement(english.apply(found))) : text;
        }
    }

    /** The words with what is known of them in English. */
    static String inEnglish(String said) {
        String text = said;
        for (Rule rule : RULES) {
            text = rule.apply(text);
        }
        return text;
    }

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        clock(rules);
        days(rules);
        rules.add(rule(
                "(\\d{1,3}(?:\\.\\d{3})+|\\d+)(?:,(\\d{2}))?(?=\\s*(?:€|(?i:euro|eur|franken|chf|pfund|dollar|\\p{L}{2,16}[ -](?:dollar|franken))(?!\\p{L})))",
                found -> found.group(1).replace(".", "") + (found.group(2) == null ? "" : "." + found.group(2))));
        rules.add(rule("(\\p{L}) wie (\\p{L}+)", found -> found.group(1) + " as in " + found.group(2)));
        // "Sagen Sie es ab": the verb in two parts.
        rules.add(
                rule("sag(?:en sie|e|st du)?\\b([^.?!]*)\\bab(?=\\s*[.?!]|\\s*$)", found -> "cancel" + found.group(1)));
        rules.add(rule("absagen|abzusagen", found -> "cancel"));
        GLOSSARY.lines().forEach(line -> {
            String[] sides = line.split(" -> ");
            rules.add(rule("(?:" + sides[0] + ")", found -> sides[1]));
        });
        rules.add(new Rule(NULL, found -> "zero"));
        rules.add(rule(GermanNumbers.WORD, found -> GermanNumbers.figures(found.group())));
        rules.add(rule("eins", found -> "one"));
        rules.add(rule("fünfzehn", found -> "fifteen"));
        rules.add(rule("zwanzig", found -> "twenty"));
        rules.add(rule("dreißig", found -> "thirty"));
        rules.add(rule("fünfundvierzig", found -> "forty-five"));
        for (int i = 2; i < NUMBERS.size(); i++) {
            String english = HOURS.get(i);
            rules.add(rule(NUMBERS.get(i), found -> english));
        }
        return List.copyOf(rules);
    }

    private static void clock(List<Rule> rules) {
        rules.add(rule(
                "halb (" + NUMBER + ")(?: uhr)?", found -> "half past " + HOURS.get((hour(found.group(1)) + 11) % 12)));
        rules.add(rule("viertel nach (" + NUMBER + ")(?: uhr)?", found -> "quarter past " + word(found.group(1))));
        rules.add(rule("viertel vor (" + NUMBER + ")(?: uhr)?", found -> "quarter to " + word(found.group(1))));
        rules.add(rule("dreiviertel (" + NUMBER + ")(?: uhr)?", found -> "quarter to " + word(found.group(1))));
        rules.add(rule(
                "(" + NUMBER + "|" + String.join("|", LATE_HOURS) + ") uhr (" + String.join("|", MINUTES) + ")",
                found -> figures(found.group(1)) + ":"
                        + MINUTES_IN_FIGURES.get(MINUTES.indexOf(found.group(2).toLowerCase(Locale.ROOT)))));
        rules.add(rule("(" + String.join("|", LATE_HOURS) + ") uhr", found -> figures(found.group(1)) + ":00"));
        rules.add(rule("(\\d{1,2}) uhr (\\d{1,2})", found -> found.group(1) + ":" + twoDigits(found.group(2))));
        rules.add(rule("(1[3-9]|2[0-3]) uhr", found -> found.group(1) + ":00"));
        rules.add(rule("(" + NUMBER + ") uhr", found -> word(found.group(1)) + " o'clock"));
    }

    private static void days(List<Rule> rules) {
        rules.add(rule("(\\d{1,2})\\. (" + MONTH + ")", found -> found.group(1) + " " + found.group(2)));
        rules.add(rule("(?:am|den|der|zum|vom) (\\d{1,2})\\.(?!\\d)", found -> "the " + found.group(1) + "th"));
        rules.add(rule("im (" + MONTH + ")", found -> "in " + found.group(1)));
        rules.add(rule(
                "(ende|anfang) (" + MONTH + "|(?:diese|nächste)[sn]? \\p{L}+|(?:des|der) (?:monats|woche))",
                found -> (found.group(1).equalsIgnoreCase("ende") ? "end of " : "start of ")
                        + found.group(2)
                                .replaceFirst("(?i)^(?:des|der) ", "the ")
                                .replace("onats", "onat")));
        rules.add(rule("mitte (" + MONTH + ")", found -> "mid " + found.group(1)));
        rules.add(rule("haben sie\\b([^.?!]*)\\b(?:geöffnet|offen|auf)", found -> "are you open" + found.group(1)));
        rules.add(rule(
                "(?:in )(" + NUMBER + "|einer|einem) (tage?n?|wochen?|monate?n?)",
                found -> "in " + (found.group(1).startsWith("ein") ? "one" : word(found.group(1))) + " "
                        + unit(found.group(2))));
        for (int i = 0; i < ORDINALS.size(); i++) {
            String english = NumberWords.ordinalWord(i + 1);
            rules.add(rule("(?:der|die|das|den|dem|am|zum) " + ORDINALS.get(i) + "en?", found -> "the " + english));
        }
        rules.add(rule("(?:der|die|das|den|dem) letzten?", found -> "the last"));
    }

    private static String unit(String german) {
        String lower = german.toLowerCase(Locale.ROOT);
        return lower.startsWith("tag") ? "days" : lower.startsWith("woche") ? "weeks" : "months";
    }

    private static int hour(String german) {
        for (int i = 1; i < NUMBERS.size(); i++) {
            if (german.toLowerCase(Locale.ROOT).matches(NUMBERS.get(i))) {
                return i;
            }
        }
        return german.matches("\\d{1,2}") ? Integer.parseInt(german) : 0;
    }

    private static String figures(String german) {
        int late = LATE_HOURS.indexOf(german.toLowerCase(Locale.ROOT));
        return String.valueOf(late < 0 ? hour(german) : late + 13);
    }

    private static String word(String german) {
        int hour = hour(german);
        return hour < HOURS.size() ? HOURS.get(hour) : german;
    }

    private static String twoDigits(String minutes) {
        return minutes.length() == 1 ? "0" + minutes : minutes;
    }

    private static Rule rule(String german, Function<MatchResult, String> english) {
        return new Rule(
                Pattern.compile(
                        "(?<![\\p{L}\\p{N}])(?:" + german + ")(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE),
                english);
    }
}
