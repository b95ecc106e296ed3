package dev.antiphon.flow.slot;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Words that stand where a value should be: those that a model fills in, and those of a caller who does not answer. */
final class NoValue {
    private static final Set<String> FILLED_IN = words("null,undefined,nil,nan,n/a,not provided,not given,not specified"
            + ",not available,not applicable,unspecified,to be determined,placeholder");
    private static final Set<String> NOTHING_KNOWN = words("none,unknown,not known,anonymous,unbekannt");
    private static final Set<String> NO_ANSWER = words(
            "i don't know,i do not know,don't know,dont know,i dont know,dunno,i dunno"
                    + ",i don't remember,i can't remember,i don't have one,i don't have that,no idea,i have no idea,not sure,i'm not sure"
                    + ",i am not sure,i'd rather not say,i would rather not say,rather not say,i don't want to say,prefer not to say"
                    + ",i prefer not to say,doesn't matter,it doesn't matter,never mind,not important,it's not important"
                    + ",ich weiß nicht,ich weiß es nicht,weiß nicht,weiß ich nicht,das weiß ich nicht,keine ahnung,ich habe keine ahnung"
                    + ",möchte ich nicht sagen,das möchte ich nicht sagen,sage ich nicht,egal,ist egal,das ist egal,keine angabe");
    private static final Set<String> NO_NAME =
            words("yes,yeah,yep,yup,no,nope,nah,ok,okay,sure,correct,right,yes please,no thanks"
                    + ",no thank you,please,thanks,thank you,hello,hi,hey,good morning,goodbye,bye,sorry,pardon,excuse me,what,who,me,myself"
                    + ",nobody,no one,noone,someone,somebody,anyone,anybody,no name,my name,name,the name,first name,last name,full name,any"
                    + ",whatever,nothing,caller,the caller,customer,the customer,user,the user,patient,the patient,hold on,one moment,wait"
                    + ",ja,nein,nee,nö,doch,ja bitte,nein danke,bitte,danke,hallo,guten tag,guten morgen,tschüss,wie bitte,niemand,keiner"
                    + ",jemand,kein name,mein name,der name,anrufer,der anrufer,moment,einen moment");
    private static final Pattern SIGNS = Pattern.compile("[,.!?;\\s]+");
    private static final Pattern FRAME = Pattern.compile("^[<\\[({\"' -]+|[>\\])}\"' -]+$");

    private NoValue() {}

    private static Set<String> words(String list) {
        return Set.of(list.split(","));
    }

    /** Whether a model has filled this in for want of a value, in any form that is no sentence: {@code null}, {@code N/A}. */
    static boolean isFilledIn(String words) {
        return FILLED_IN.contains(plain(words));
    }

    /** As {@link #isFilledIn}, and words that say that nothing is known, which may be meant where any text may stand. */
    static boolean isNothing(String words) {
        String plain = plain(words);
        return FILLED_IN.contains(plain) || NOTHING_KNOWN.contains(plain);
    }

    /** As {@link #isNothing}, and the words of a caller who does not know or does not say. */
    static boolean isNoAnswer(String words) {
        return isNothing(words) || NO_ANSWER.contains(plain(words));
    }

    /** Whether these words alone are certainly no name, although some of them are one beside another: "An No". */
    static boolean isNoName(String words) {
        return isNoAnswer(words) || NO_NAME.contains(plain(words));
    }

    private static String plain(String words) {
        String framed = FRAME.matcher(words.toLowerCase(Locale.ROOT).replace('\u2019', '\''))
                .replaceAll("");
        return SIGNS.matcher(framed).replaceAll(" ").strip();
    }
}
