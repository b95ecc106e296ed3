package dev.antiphon.testkit.brain;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fixed phrases of a phone call: yes and no, picking an option, steering the call, small talk. */
final class Phrases {
    private static final String LEAD =
            "^(?:(?:uh|um|er|erm|hmm|mm|well|oh|ah|so|and|but|okay|ok|please|sorry|actually|i think|i guess|hey)[\\s,.-]+)*";
    private static final String END = "(?=$|[\\s,.!;:?-]|\u0001)";

    private static final Pattern AFFIRM = pattern(LEAD
            + "(?:yes|yeah|yea|yep|yup|yess+|ya|aye|sure(?: thing)?|correct|absolutely|definitely|certainly|of course|exactly|ok|okay|alright|all right|uh-huh|mm-hmm|mhm"
            + "|please do|go ahead|do it|do that|book it|make the booking|confirm(?:ed)?|i confirm|perfect|great|wonderful|lovely|excellent|fantastic|awesome|cool"
            + "|(?:sounds?|looks?) (?:good|great|fine|perfect|right|correct|ok|okay)|for sure|let's (?:do (?:it|that|this)|go ahead|go for it|book (?:it|that))"
            + "|(?:everything|all(?: of (?:it|that))?)(?:'s| is| looks| sounds)? (?:right|correct|fine|good|great|perfect|ok|okay)"
            + "|(?:that|this|it)(?:'s| is| sounds| looks) (?:all )?(?:right|correct|fine|good|great|perfect|ok|okay|true|alright)"
            + "|(?:that|this|it)(?: one)?(?:'ll| will| would)? (?:works?|do)|works for me|that would be (?:good|great|fine|perfect)|i do|i would|i guess so|i think so|why not"
            + "|i'll take (?:it|that)(?! o)|no problem|no worries|fine|good(?! (?:morning|afternoon|evening|day|bye|night))|right(?! now)|please(?=[\\s,.!]*$)|indeed|i agree|agreed|y)"
            + END);
    private static final Pattern NEGATE = pattern(LEAD
            + "(?:no(?! (?:problem|worries|one))|nope|nah|nay|negative|not (?:quite|really|yet|right|correct|exactly|at all|that|those|this)|wrong|incorrect|don't|do not|never"
            + "|(?:that|this|it)(?:'s| is) (?:not|wrong|incorrect|n't)|(?:that|this|it) isn't|isn't right|[^?]*\\b(?:is|are|was) (?:all |just )?(?:wrong|incorrect|not (?:right|correct))|i don't think so|of course not|rather not|n)"
            + END);

    /** Says no by what is not wanted; the values beside it are read with these words in place. */
    private static final Pattern REFUSE = pattern(
            LEAD + "(?:i (?:don't|do not) want (?:it|this|that)|let's not|[^?]*\\btoo (?:early|late|soon))" + END);

    /** What may still come after the words that end something. */
    private static final String CLOSE =
            "(?:[\\s,.!]+(?:then|now|any ?more|after all|either|really|sorry|please|(?:for|right) (?:now|today)|today|i (?:guess|think)|(?:thank you|thanks)\\b.*|(?:good)?bye))*[\\s,.!]*$";

    private static final Pattern CANCEL_OUTRIGHT = pattern(
            "\\b(?:cancel(?! (?:policy|fee)|led|lation)(?:$|[\\s,.!]+)|(?:let's )?(?:call|leave) it off\\b|stop (?:the booking|everything)\\b|abort\\b)");
    /** What is to be cancelled has a name of its own, and is not "it". */
    private static final Pattern CANCEL_OTHER = pattern(
            "\\bcancel\\s+(?!(?:it|this|that|everything|all|the (?:whole|booking)|please|now|then)\\b)\\p{L}|\\b(?:another|one more|my|meinen?)\\b[^.?!]*\\bcancel\\b");

    /** Where "one" is no hour. */
    private static final Pattern THAT_ONE =
            pattern("\\b(?:another|other|old|new|first|second|last|earlier|previous|that|this|my) one\\b");

    private static final String NO_DIGIT_AFTER =
            "(?![\\s,-]+(?:\\d|(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|hundred|thousand)\\b))";
    private static final Pattern NEW_ONE =
            pattern("\\b(?:book|reserve|make|schedule|arrange|get) (?:me )?(?:a|another) (?:new )?one\\b");

    /** Where "one" stands for what is wanted. */
    private static final Pattern PRONOUN = pattern(
            "\\b(?:another|other|old|new|first|second|third|fourth|last|earlier|previous|that|this|which) one\\b"
                    + NO_DIGIT_AFTER);

    private static final Pattern WANTED_ONE = pattern(
            "(?:\\b(?:book|reserve|make|schedule|arrange|get|want|need|like|have|cancel|move|(?:and|plus)(?: also)?) one\\b|^one\\b)"
                    + "(?=\\s+(?:on|at|for|with|in|under|next|this|tomorrow|today|" + DateWords.WEEKDAY + ")\\b)");

    private static final Pattern CANCEL = pattern(
            "\\b(?:forget (?:about )?(?:it|the whole thing|everything)|i(?:'ve| have)? changed my mind)(?:$|[\\s,.!])"
                    + "|\\b(?:never ?mind|let's stop|let's not|stop (?:it|this|that)|i (?:don't|do not) want (?:to book(?: (?:it|this|that|anything|an appointment))?|an appointment|it|this|that)"
                    + "|i (?:don't|do not) need (?:it|this|an appointment))" + CLOSE
                    + "|^(?:no,? |please,? |oh,? )?stop[.!]*$|^(?:no,? )?never ?mind[,.!]");
    private static final Pattern CANCEL_QUESTION = pattern(
            "\\bcancel\\b.*\\b(?:later|if|how|policy|free|fee|charge|cost|afterwards|until)\\b|\\b(?:how|until when|when|what happens)\\b.*\\bcancel\\b");
    private static final Pattern REPEAT = pattern(
            "\\b(?:repeat (?:that|it|the|please|again|what|yourself)|repeat(?:\\s+please)?[.?!]*$|say (?:that|it|this) (?:once )?(?:again|one more time)|come again|what did you say|what was that"
                    + "|pardon(?: me)?|(?:didn't|did not|couldn't|can't|could not|don't) (?:catch|hear|get|understand)(?: (?:that|you|it|what you said))|one more time|again please|once more)\\b|^(?:sorry|what|huh|excuse me|hm|again|eh)\\?+$");
    private static final Pattern SLOWER =
            pattern("\\b(?:slow(?:er|ly)?(?: down)?|too fast|not so fast|less fast|speak more clearly)\\b");
    private static final Pattern SKIP = pattern(
            "\\b(?:skip(?: (?:it|that|this))?|(?:rather|prefer) not(?: to)?(?: (?:say|tell|give))?|pass on (?:that|this)|none of your business|i don't have (?:one|any|a phone|an e-?mail))\\b|^(?:pass|next question)[.!]*$");
    private static final String PERSON =
            "(?:human(?: being)?|(?:real |actual |live )?person|someone(?: real| else)?|somebody(?: else)?|agent|operator|representative|receptionist|the front desk|front desk|staff|manager|colleague|employee|people|doctor)";
    private static final Pattern HUMAN = pattern(
            "\\b(?:speak|talk|connect|transfer|put me (?:through|on)|get me|give me|pass me)\\b(?: me)?(?: (?:to|with|through to))?(?: (?:a|an|the|your|some|with|to))*\\s+"
                    + PERSON
                    + "\\b|\\b(?:want|need|like|prefer) (?:a |an |to have a )(?:human|real person|live person|person|live agent|agent|operator|representative)\\b|^(?:a |an |the )?(?:human|operator|agent|representative|real person|receptionist|front desk)(?:,? (?:please|now))*[.!]*$|\\breal (?:person|human)(?:,? please)?[.!]*$");
    private static final Pattern GOODBYE_OUTRIGHT = pattern(
            "\\b(?:good ?bye|bye(?:[ -]bye)?|hang up|cheerio|have a (?:nice|good|great|lovely) (?:day|one|evening|weekend|afternoon))\\b|^see (?:you|ya)\\b");
    private static final Pattern GOODBYE = pattern(
            "\\b(?:see (?:you|ya)|(?:that's|that is|that will be|that'll be|that would be) (?:all|everything|it)(?: i (?:need(?:ed)?|wanted))?|nothing else"
                    + "|(?:i'm|we're|i am|we are) (?:all )?done|no more questions|(?:gotta|got to|have to) go|talk to you later)"
                    + CLOSE);
    /** Goes on with a value after taking something back. */
    private static final Pattern INSTEAD = pattern(
            "\\b(?:instead|make (?:it|that)|rather|better|change (?:it|that)|let's (?:do|say|take)|how about|what about)\\b");

    private static final Pattern SMALL_TALK = pattern(
            "^(?:(?:hi|hello|hey|howdy|greetings|yo|thanks?(?: (?:so|very) much| a lot)?|thank you(?: (?:so|very) much)?|thx|cheers|much appreciated|good (?:morning|afternoon|evening|day)|how are you(?: doing)?(?: today)?|how's it going|what's up|nice to meet you|nice|haha+|lol|you're welcome|you too|pleased to meet you|who are you|what are you|what's your name|what is your name|are you (?:a |an )?(?:robot|bot|human|machine|computer|ai|real|there|real person|person)|tell me a joke|i love you|you're (?:nice|great|funny)|wow|there|and you|oh|well|again|one moment|just a (?:moment|second|sec|minute)|hold on|wait(?: a (?:moment|second|minute))?|let me (?:see|think|check)|hmm+|um|uh|testing|test|can you hear me|are you still there|hello there)[\\s,.!?]*)+$");
    private static final Pattern WISH = pattern(
            "\\b(?:(?:book|make|schedule|arrange|set up|get|have|need|want|like|reserve|looking for|request)\\b.*\\b(?:appointment|booking|reservation|visit|slot|table|seat|room|meeting|time|one|check|session|something)|book|appointment|reservation|schedule|help me|need (?:some )?help|start)\\b");
    private static final Pattern OTHER = pattern(
            "\\b(?:something else|anything else|something (?:different|later|earlier)|anything (?:later|earlier|different)|(?:an)?other (?:time|day|date|slot|option|one|times|days|dates|slots|options|choice|choices|ones)|others|different (?:time|day|date|one|slot|option)|none of (?:these|those|them|the above)|neither|what else|more (?:options|times|alternatives|choices|slots)|any others?|don't (?:like|suit)|(?:does|do)(?:n't| not) (?:suit|work|fit)|too (?:early|late|soon|far)|don't work|earlier\\?*$|later\\?*$|not (?:any of )?(?:these|those|that|one of (?:those|them)))\\b");
    private static final Pattern ANY = pattern(
            "^"
                    + "(?:(?:i )?(?:don't mind|don't care)|any(?: of (?:them|those|these))?(?: is fine| will do| works)?|either(?: is fine| works| one)?|whichever|whatever(?: works| you (?:like|think))?|you (?:choose|pick|decide)|surprise me|doesn't matter|it doesn't matter)[.! ]*$");
    private static final Pattern WHAT_THERE_IS = pattern(
            "\\b(?:what|which ones?)(?: else)? (?:do you|have you|can you|would you|are|is|could you) (?:have|got|there|offer|recommend|suggest)(?: there)?[?.! ]*$"
                    + "|\\bwhat(?: are|'s| is) (?:there|my options|the options|the choices|available|on offer)[?.! ]*$"
                    + "|^(?:um,? |uh,? |well,? )?(?:i (?:really )?(?:don't|do not) know(?: (?:any|yet))?|no idea|i'm not sure|not sure)[.! ]*$");

    /** A position among options; "on the third" and "Friday the third" are days, "option two" is none of two o'clock. */
    private static final Pattern SELECT = pattern(
            "(?<!\\b(?:on|by|from|until|till|before|after|" + DateWords.WEEKDAY
                    + "),?\\s)\\b(?:(?:the |option |number |choice |slot )(?<n>" + NumberWords.ORDINAL
                    + "|last|middle|former|latter|earliest|earlier|latest|later)|(?:option |number |choice |slot )(?<c>[1-9]|one|two|three|four|five))\\b"
                    + "(?!\\s*(?:[ap]\\.?\\s?m\\b|o'?\\s?clock|:\\d)|\\s+(?:of\\s+\\p{L}|in\\b))"
                    + "|^\\W*(?:(?:yes|yeah|ok|okay|please|i'll take|i take|let's take|i'd like|take)[\\s,]+)*(?<m>first|second|third|fourth|fifth|last|middle|earliest|latest)(?: (?:one|option|slot|time))?(?:,? please)?\\W*$");
    /** Asks about options instead of taking one. */
    private static final Pattern ASKS_WHAT =
            pattern(LEAD + "(?:what(?! about)|what's|when|where|who|why|how(?! about)|which|whose)\\b");

    private static final Pattern ASKS_WHETHER = pattern(LEAD + "(?:do (?:you|we|i)|does|did|have you|is|are)\\b");
    private static final Pattern CLOSING_OFFER = pattern(
            "\\b(?:anything else|something else i can|else (?:can|may) i|any other question|help you with anything)\\b");

    private Phrases() {}

    static boolean affirms(String clause) {
        return AFFIRM.matcher(clause).find();
    }

    static boolean negates(String clause) {
        return NEGATE.matcher(clause).find() || REFUSE.matcher(clause).find();
    }

    /** The words after a leading yes or no, blanked. */
    static Words withoutAnswer(Words words) {
        Matcher negate = NEGATE.matcher(words.text());
        if (negate.find()) {
            return words.without(negate.start(), negate.end());
        }
        Matcher affirm = AFFIRM.matcher(words.text());
        return affirm.find() ? words.without(affirm.start(), affirm.end()) : words;
    }

    /** Whether something else is to be cancelled than what is spoken of: "cancel my old one". */
    static boolean cancelsOther(String clause) {
        return CANCEL_OTHER.matcher(clause).find();
    }

    /** The words without "the old one", in which no number is said. */
    static String withoutThatOne(String clause) {
        return THAT_ONE.matcher(clause).replaceAll("");
    }

    /**
     * The words in which "one" is always a number.
     *
     * @param asksForNumber whether "I'd like one" may answer a question
     */
    static Words withoutPronouns(Words words, boolean asksForNumber) {
        Words left = blanked(PRONOUN, words);
        return asksForNumber ? left : blanked(WANTED_ONE, left);
    }

    private static Words blanked(Pattern endsWithOne, Words words) {
        Words left = words;
        Matcher matcher = endsWithOne.matcher(words.text());
        while (matcher.find()) {
            left = left.without(matcher.end() - "one".length(), matcher.end());
        }
        return left;
    }

    /** Whether the words want one of what can be got: "book one on Friday", "a new one". */
    static boolean wantsOne(String clause) {
        return WANTED_ONE.matcher(clause).find() || NEW_ONE.matcher(clause).find();
    }

    static Optional<Act.Control> control(String clause) {
        if (HUMAN.matcher(clause).find()) {
            return Optional.of(Act.Control.HUMAN);
        }
        boolean cancels =
                CANCEL_OUTRIGHT.matcher(clause).find() || CANCEL.matcher(clause).find();
        if (cancels && !CANCEL_QUESTION.matcher(clause).find()) {
            return Optional.of(Act.Control.CANCEL);
        }
        if (REPEAT.matcher(clause).find()) {
            return Optional.of(Act.Control.REPEAT);
        }
        if (SLOWER.matcher(clause).find()) {
            return Optional.of(Act.Control.SLOWER);
        }
        if (SKIP.matcher(clause).find()) {
            return Optional.of(Act.Control.SKIP);
        }
        boolean leaves = GOODBYE_OUTRIGHT.matcher(clause).find()
                || GOODBYE.matcher(clause).find();
        return leaves ? Optional.of(Act.Control.GOODBYE) : Optional.empty();
    }

    /** Whether a value in the same clause counts for more than the order: "forget it, make it Friday". */
    static boolean yieldsToValues(Act.Control order, String clause) {
        return switch (order) {
            case CANCEL ->
                !CANCEL_OUTRIGHT.matcher(clause).find()
                        || INSTEAD.matcher(clause).find();
            case GOODBYE -> !GOODBYE_OUTRIGHT.matcher(clause).find();
            case HUMAN, REPEAT, SLOWER, SKIP, UNCLEAR, CHITCHAT -> false;
        };
    }

    static boolean smallTalk(String clause) {
        return SMALL_TALK.matcher(clause.strip()).find();
    }

    /** "I'd like an appointment": a wish to start, without a value. */
    static boolean wish(String clause) {
        return WISH.matcher(clause).find();
    }

    static boolean wantsOther(String clause) {
        return OTHER.matcher(clause).find();
    }

    /** Whether the caller names none and wants to know what there is, or takes any. */
    static boolean asksWhatThereIs(String words) {
        return anyWillDo(words) || WHAT_THERE_IS.matcher(words.strip()).find();
    }

    static boolean anyWillDo(String clause) {
        return ANY.matcher(clause.strip()).find();
    }

    /** Whether the agent asks if there is anything else. */
    static boolean closingOffer(String agentWords) {
        return CLOSING_OFFER.matcher(agentWords).find();
    }

    /** Whether a question is about the options, so that it takes none of them. */
    static boolean asksWhat(String clause) {
        return ASKS_WHAT.matcher(clause).find();
    }

    /** Which of {@code count} options the words pick by its position, 1-based. */
    static OptionalInt selection(String clause, int count) {
        Matcher matcher = SELECT.matcher(clause);
        if (ASKS_WHAT.matcher(clause).find() || ASKS_WHETHER.matcher(clause).find() || !matcher.find()) {
            return OptionalInt.empty();
        }
        int option = position(positionWord(matcher), count);
        return option >= 1 && option <= count ? OptionalInt.of(option) : OptionalInt.empty();
    }

    @SuppressWarnings("NullAway") // an absent group is null
    private static String positionWord(Matcher matcher) {
        return Stream.of("n", "c", "m")
                .map(matcher::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("")
                .toLowerCase(Locale.ROOT);
    }

    private static int position(String word, int count) {
        return switch (word) {
            case "last", "latest", "later", "latter" -> count;
            case "former", "earliest", "earlier" -> 1;
            case "middle" -> count % 2 == 1 ? count / 2 + 1 : 0;
            default -> {
                int ordinal = NumberWords.ordinal(word);
                yield ordinal > 0 ? ordinal : (int) NumberWords.whole(word).orElse(0);
            }
        };
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
