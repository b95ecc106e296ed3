package dev.antiphon.flow.say;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words of a language by which the engine knows what somebody said without being told by the model: whether the agent claims
 * success, and a few questions of callers. Clauses are in lower case, without signs but apostrophes. Immutable and thread-safe.
 *
 * @param claims any of these in one clause says that something was done
 * @param hedged before the claim: then it is none
 * @param followed after the claim: then it is none
 * @param condition what makes a whole sentence one of things to come
 * @param affirmed "I can confirm that" affirms what follows
 * @param cancelled in a farewell to a caller who cancelled: then it is none
 * @param summary a question for what is known so far
 * @param earlier a question for what a value was before it was changed
 * @param result a question for what came of it, as a reference
 * @param source a question for where an answer comes from
 * @param indifferent what a caller, or a model, says who does not mind
 * @param sentenceEnd between two sentences
 * @param functionWords words that carry no meaning of their own, or none that would tell a success from talk
 * @param accomplished what says of other words in the clause that they were done
 * @param intended what says of a clause that it is wished, tried or to come
 */
public record Cues(
        List<Pattern> claims,
        Pattern hedged,
        Pattern followed,
        Pattern condition,
        Pattern affirmed,
        Pattern cancelled,
        Pattern summary,
        Pattern earlier,
        Pattern result,
        Pattern source,
        Set<String> indifferent,
        Pattern sentenceEnd,
        Set<String> functionWords,
        Pattern accomplished,
        Pattern intended) {
    private static final String DONE_WORDS =
            "(booked|confirmed|reserved|scheduled|registered|submitted|completed|cancelled|rescheduled|ordered|placed|paid|sent"
                    + "|purchased|transferred|all set|done)";
    private static final String ADVERBS = "( now| just| already| successfully| all)*";
    private static final String BOOKED =
            "(booked|confirmed|reserved|scheduled|registered|submitted|completed|rescheduled|ordered|placed|paid|purchased"
                    + "|transferred)";

    /** Those of English. */
    public static final Cues ENGLISH = new Cues(
            Stream.of(
                            "\\b(i|we)('ve| have)?( gone ahead and| went ahead and| now| just| already| successfully)* "
                                    + BOOKED + "\\b",
                            "\\b(i|we)('ve| have)( got)? (you|it|that|this|(your|the) \\w+)" + ADVERBS + " " + BOOKED
                                    + "\\b",
                            "\\b(i|we)('ve| have)?" + ADVERBS
                                    + " (made|placed|completed|finished|secured) (the|your|a|that)"
                                    + " (booking|reservation|appointment|order|payment)\\b",
                            "\\b(you're|you are|you've been|you have been)" + ADVERBS + " (" + DONE_WORDS + "|set)\\b",
                            "\\b(it's|it is|that's|that is|everything's|everything is|it has)( been)?" + ADVERBS + " "
                                    + DONE_WORDS + "\\b",
                            "\\b(your|the)( \\w+){1,3}( on| at| for| with)?( \\S+){0,8}? (is|are|has been|have been|was|were)"
                                    + ADVERBS + " " + DONE_WORDS + "\\b",
                            "\\b(your|the) (\\w+ )?(booking|reservation|appointment|visit|order|payment|request|transfer) (went|has gone|is) through\\b",
                            "^((great|okay|ok|perfect|and|all) )*(booked|reserved|scheduled|confirmed|ordered|paid|sent|done)$",
                            "\\bconsider (it|that|this) " + DONE_WORDS + "\\b",
                            "\\b(it's|it is|that's|that is|you're|you are)( now)? in (the|our) (calendar|diary|books?|system)\\b",
                            "\\b(i|we)('ve| have)( got)? you down for\\b",
                            "\\b(i|we)('ve| have)?" + ADVERBS + " put you down for\\b",
                            "\\bbooking (is )?(complete|confirmed)\\b")
                    .map(Pattern::compile)
                    .toList(),
            Pattern.compile(
                    "\\b(not|nothing|never|once|when|if|until|before|after|as soon as|will|would|shall|can|cannot"
                            + "|could|should|may|might)\\b|n't\\b|'ll\\b"),
            Pattern.compile("^ (by (some|any|an)|up\\b|out\\b|(when|once|if|after|as soon as) (you|we|i)\\b)"),
            Pattern.compile("^(\\w+ )?(once|if|unless|until|as soon as|after)\\b"),
            Pattern.compile(
                    "\\b(i|we) (can|am happy to|'m happy to)( now| gladly| happily)? (confirm|tell you|say)( that)?\\b"),
            Pattern.compile("cancel"),
            Pattern.compile(
                    "\\b(so far|summary|summari[sz]e|what (have|did) (you|i|we)|my (booking|appointment|details))\\b"),
            Pattern.compile("\\b(before( that| this)?\\W*$|before (the|my|i|we|you) (change|changed|moved)"
                    + "|(previous|previously|originally|original|old)\\b)"),
            Pattern.compile(
                    "\\b(reference|confirmation (number|code)|booking (number|code)|(my|the) (number|code))\\b"),
            Pattern.compile("\\b(where (does|did|do) (that|this|it|you) (come|came|get|got|have|read|know)\\b.*"
                    + "|(what|which|who)('s| is| are| was) (the|your) sources?"
                    + "|(do|can) you (have|name|tell me|give me) (a|the|your) source"
                    + "|says who|who (says|said) (that|so|this)"
                    + "|where (is|was) (that|this|it) (written|from|stated)"
                    + "|where can i read (that|this|it|about it)"
                    + "|how do you know( that| this)?)\\b"),
            Set.of("any", "dontcare", "don't care", "doesn't matter", "no preference"),
            Pattern.compile("(?<=[.!?])\\s+"),
            Set.of(
                    ("a,an,the,this,that,these,those,there,here,i,me,my,we,us,our,ours,you,your,yours,he,him,his,she,her,hers,it,its,they"
                                    + ",them,their,is,are,am,was,were,be,been,being,i'm,you're,we're,they're,it's,that's,there's,i've,you've"
                                    + ",we've,i'll,you'll,we'll,it'll,have,has,had,do,does,did,will,would,shall,can,could,should,may,might,and"
                                    + ",or,but,so,if,then,than,as,of,to,in,on,at,by,for,from,with,under,until,till,into,over,about,up,out,off"
                                    + ",now,just,already,also,too,very,all,any,some,no,not,yes,only,again,which,what,who,when,where,how,o'clock"
                                    + ",thank,thanks,goodbye,bye,welcome,okay,ok,great,perfect,fine,good,nice,well,right,sure,please,sorry,hello"
                                    + ",see,soon,day,noted,understood,got,get,enjoy,calling,reference,number,code,confirmation")
                            .split(",")),
            Pattern.compile(
                    "\\b(i|we)(('ve| have| just| already| now| successfully)+)\\b|\\b(has|have) (now |just |already )?been\\b"),
            Pattern.compile(
                    "\\b(wants?|wanted|needs?|needed|like to|let me|let's|let us|going to|about to|ready to|to be|trying|try|wish"
                            + "|hope|asked|asking|request|once|whether|before|first|in order to|would like|say yes|your yes)\\b"));

    public Cues {
        claims = List.copyOf(claims);
        indifferent = Set.copyOf(indifferent);
        functionWords = Set.copyOf(functionWords);
    }
}
