package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Yes or no as a value of the result, in English or German; not the answer to a confirmation. At most 300 characters are read. */
public record YesNoType() implements SlotType<Boolean> {
    private static final Set<String> YES = Set.of(
            ("yes,true,yeah,yep,yup,y,sure,correct,i do,i am,i have,i would,right,exactly,of course,absolutely,definitely,certainly"
                            + ",ok,okay,yes i do,yes i am,yes i have,that's right,that's correct,please do"
                            + ",ja,ja bitte,jawohl,gern,gerne,ja gern,ja gerne,klar,natürlich,genau,richtig,stimmt")
                    .split(","));
    private static final Set<String> NO = Set.of(
            ("no,false,nope,nah,n,not,i don't,i do not,i'm not,i am not,i haven't,i have not,not really,no i don't,no i'm not"
                            + ",no i haven't,never,definitely not,absolutely not,certainly not,of course not,not at all,i wouldn't"
                            + ",nein,nein danke,nee,nö,nicht,lieber nicht,auf keinen fall")
                    .split(","));
    private static final Pattern SIGNS = Pattern.compile("[,.!;\\s]+");
    private static final Pattern POLITE =
            Pattern.compile(" (?:please|thanks|thank you|sir|madam)(?= |$)|^(?:um|uh|well|oh) ");

    @Override
    public Class<Boolean> valueType() {
        return Boolean.class;
    }

    @Override
    public Reading<Boolean> read(String said, ZonedDateTime now) {
        String plain = SIGNS.matcher(Heard.lower(said)).replaceAll(" ").strip();
        String words = POLITE.matcher(plain).replaceAll("");
        if (YES.contains(words) || NO.contains(words)) {
            return new Reading.Understood<>(YES.contains(words));
        }
        return new Reading.Unclear<>(Line.of(Phrase.YES_NO_UNCLEAR), true);
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
