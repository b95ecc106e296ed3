package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** Yes or no as a value of the result, in English or German; not the answer to a confirmation. At most 300 characters are read. */
public record YesNoType() implements SlotType<Boolean> {
    private static final Set<String> YES = Set.of(
            ("yes,true,yeah,yep,yup,y,sure,correct,i do,i am,i have,i would,right,exactly,of course,absolutely,definitely,certainly"
                            + ",ok,okay,yes i do,yes i am,yes i have,that's right,that's correct,please do"
                            + ",i think so,i guess so,i guess,i suppose so,i suppose,i believe so,i hope so,i'm afraid so,why not,of course i do,yes of course"
                            + ",sounds good,fine,by all means,ich glaube schon,glaube ich schon,glaub schon,ich denke schon,denke schon,ich denke ja"
                            + ",ich glaube ja,schon,doch,warum nicht,auf jeden fall,na klar,aber klar,sicher,selbstverständlich,unbedingt"
                            + ",ja,ja bitte,jawohl,gern,gerne,ja gern,ja gerne,klar,natürlich,genau,richtig,stimmt")
                    .split(","));
    private static final Set<String> NO = Set.of(
            ("no,false,nope,nah,n,not,i don't,i do not,i'm not,i am not,i haven't,i have not,not really,no i don't,no i'm not"
                            + ",no i haven't,never,definitely not,absolutely not,certainly not,of course not,not at all,i wouldn't"
                            + ",i don't think so,i do not think so,i don't believe so,i guess not,i suppose not,i think not,i hope not,i'm afraid not"
                            + ",i'd rather not,rather not,better not,no way,not that i know of,i don't believe i do,ich glaube nicht,glaube ich nicht"
                            + ",glaub nicht,ich denke nicht,denke nicht,eher nicht,ich glaube kaum,wohl kaum,leider nicht,leider nein,keinesfalls"
                            + ",nicht dass ich wüsste,besser nicht,bloß nicht"
                            + ",nein,nein danke,nee,nö,nicht,lieber nicht,auf keinen fall")
                    .split(","));
    private static final Pattern SIGNS = Pattern.compile("[,.!;\\s]+");
    private static final Pattern POLITE = Pattern.compile(
            " (?:please|thanks|thank you|sir|madam|bitte|danke)(?= |$)|^(?:um|uh|well|oh|also|ach|äh) ");

    @Override
    public Class<Boolean> valueType() {
        return Boolean.class;
    }

    @Override
    public Reading<Boolean> read(String said, ZonedDateTime now) {
        String plain = SIGNS.matcher(Heard.lower(said)).replaceAll(" ").strip();
        String words = POLITE.matcher(plain).replaceAll("");
        if (says(YES, words) || says(NO, words)) {
            return new Reading.Understood<>(says(YES, words));
        }
        return new Reading.Unclear<>(Line.of(Phrase.YES_NO_UNCLEAR), true);
    }

    /** Once, or twice in two ways: "sure, why not". */
    private static boolean says(Set<String> answers, String words) {
        return answers.contains(words)
                || IntStream.range(1, words.length())
                        .filter(at -> words.charAt(at) == ' ')
                        .anyMatch(at ->
                                answers.contains(words.substring(0, at)) && answers.contains(words.substring(at + 1)));
    }

    @Override
    public String normal(Boolean value) {
        return value.toString();
    }

    @Override
    public String spoken(Boolean value, Language language) {
        return language.spoken(value);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "boolean");
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.YES_NO_SHORT);
    }

    @Override
    public Line hint() {
        return Line.of(Phrase.YES_NO_HINT);
    }
}
