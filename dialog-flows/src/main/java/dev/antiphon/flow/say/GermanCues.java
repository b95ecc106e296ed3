package dev.antiphon.flow.say;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** By which words the engine knows claims and questions in German. */
final class GermanCues {
    private static final String DONE = "(gebucht|reserviert|bestätigt|vereinbart|eingetragen|vorgemerkt|angemeldet"
            + "|registriert|storniert|abgesagt|umgebucht|verschoben|abgeschickt|übermittelt|abgeschlossen|erledigt|fertig)";
    private static final String DID = "(habe|hab|haben|ist|sind|wurde|wurden)";

    static final Cues GERMAN = new Cues(
            Stream.of(
                            "\\b" + DID + "( \\S+){0,14}? " + DONE + "\\b",
                            "\\b" + DONE + "( worden)? " + DID + "\\b",
                            "\\b(termin|buchung|reservierung|tisch)( \\S+){0,8}? steht\\b",
                            "\\b(buchung|reservierung|termin|das|es|alles) hat (\\S+ )?geklappt\\b",
                            "\\b((ich|wir) bestätigen? (ihnen|hiermit|ihren|ihre|den|die)|bestätige ich)\\b",
                            "^((super|gut|prima|okay|ok|perfekt|so|und|alles|schon) )*"
                                    + "(gebucht|reserviert|bestätigt|vereinbart|eingetragen|erledigt)$")
                    .map(GermanCues::words)
                    .toList(),
            words(
                    "\\b(nicht|nichts|nie|noch|kein|keine|keinen|erst|wenn|falls|sobald|ob|bis|bevor|nachdem|werde|wird|werden"
                            + "|würde|würden|kann|können|könnte|könnten|soll|sollen|sollte|möchte|möchten|darf|muss|leider)\\b"),
            words("^ (von (anderen|jemand|einem)|werden|wird|würde|haben möchte|nicht|nichts|noch)"),
            words("^(\\w+ )?(sobald|wenn|falls|sofern|bevor|nachdem|bis)\\b"),
            words("\\b(ich|wir) (kann|können|darf|freue mich)( ihnen)?( nun| jetzt| gern| gerne| hiermit)*"
                    + " (zu )?(bestätigen|sagen|mitteilen)\\b( dass\\b)?"),
            words("abgebrochen|abbrech|storniert|abgesagt"),
            words("\\b(bisher|bis jetzt|zusammenfass\\w*|fassen sie .*zusammen|was (haben|habe) (sie|ich|wir)"
                    + "|mein(e|en|em|er)? (buchung|reservierung|termin|daten|angaben))\\b"),
            words("\\b(vorher|zuvor|davor|ursprünglich\\w*|vorherig\\w*|alte[rsn]?)\\b"),
            words("\\b(referenz\\w*|bestätigungsnummer|buchungsnummer|(meine|die) nummer|(mein|der) code)\\b"),
            words(
                    "\\b(woher (wissen|haben|kommt|stammt)|wo (steht|kann ich) (das|dies|es)|(welche|was ist die) quelle|quelle"
                            + "|wer sagt das)\\b"),
            Stream.concat(
                            Cues.ENGLISH.indifferent().stream(),
                            Set.of(
                                    "egal",
                                    "ist egal",
                                    "ist mir egal",
                                    "das ist egal",
                                    "das ist mir egal",
                                    "beliebig",
                                    "spielt keine rolle",
                                    "keine präferenz")
                                    .stream())
                    .collect(Collectors.toSet()),
            // The full stop of "24. November" ends no sentence.
            Pattern.compile("(?<=[!?]|(?<!\\d)\\.)\\s+"),
            Set.of(
                    ("der,die,das,den,dem,des,ein,eine,einen,einem,einer,eines,ich,mich,mir,mein,meine,meinen,wir,uns,unser,unsere,sie"
                                    + ",ihnen,ihr,ihre,ihren,ihrem,ihrer,er,ihn,ihm,es,man,dies,diese,dieser,diesen,ist,sind,bin,war,waren,sein"
                                    + ",habe,hab,haben,hat,hatte,wird,werden,wurde,wurden,worden,kann,können,soll,sollen,und,oder,aber,so,dann"
                                    + ",wenn,als,wie,von,vom,zu,zum,zur,in,im,am,an,auf,aus,bei,beim,bis,für,mit,nach,um,über,unter,ab,vor,uhr"
                                    + ",nun,jetzt,schon,bereits,auch,noch,nur,ja,nein,nicht,alle,alles,hier,da,dort,damit,hiermit,danke,vielen"
                                    + ",dank,wiederhören,tschüss,willkommen,okay,ok,gut,super,prima,perfekt,gern,gerne,bitte,hallo,tag,notiert"
                                    + ",verstanden,schönen,bald,nummer,referenz,code,terminnummer,bestätigung,buchungsnummer")
                            .split(",")),
            words("\\b(habe|hab|haben|wurde|wurden|ist|sind)\\b"),
            words(
                    "\\b(wünsch\\w*|wollen|wollten|brauch\\w*|lassen|lass|gleich|versuch\\w*|dabei|bitte|möglich|zuerst|bevor|ob|um zu)\\b"));

    private GermanCues() {}

    /** Umlauts are letters of words. */
    private static Pattern words(String expression) {
        return Pattern.compile(expression, Pattern.UNICODE_CHARACTER_CLASS);
    }
}
