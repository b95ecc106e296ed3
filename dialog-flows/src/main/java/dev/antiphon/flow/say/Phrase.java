package dev.antiphon.flow.say;

import java.util.Locale;

/**
 * A sentence, or part of one, that the engine says, with its English pattern: an ICU MessageFormat with named arguments. Every one
 * has words of its own in each {@link Language}, and each flow may replace any of them.
 */
public enum Phrase {
    // Of the whole call.
    /** A call begins; {@code goal} is an order in lower case: {@code book one visit}. */
    GREETING("Hello! I can help you to {goal}."),
    GREETING_WITHOUT_GOAL("Hello!"),
    GREETING_OF_ANSWERS("Hello! I can answer your questions."),
    GOODBYE("Goodbye."),
    THANKS_GOODBYE("Thank you for calling. Goodbye."),
    ALL_RIGHT("All right."),
    WAIT("One moment, I'm just doing that."),
    FILLER("One moment, please."),
    FILLER_OF_SEARCH("One moment, I'm looking."),
    /** What runs still runs. */
    PROGRESS("I'm still on it."),
    /** The caller goes on, and is told the result when it has come. */
    TOLD_LATER("That takes a little longer. I'll tell you as soon as I know."),
    /** While a value is verified. */
    CHECKING("One moment, I'm checking that."),

    // Questions.
    ANYTHING_ELSE("Is there anything else?"),
    /** Before the end of a call in which something else was begun: what is asked next follows. */
    STILL_OPEN("I was still going to {task}."),
    /** What was wanted besides something else comes now: what is asked follows. */
    WANTED_TOO("You also wanted to {task}."),
    WHAT_ELSE("What else can I do for you?"),
    WHAT_TO_KNOW("What would you like to know?"),
    WHAT_TO_DO("What can I do for you?"),
    /** Two questions in one. */
    TWO_QUESTIONS("{first} And: {second}"),
    /** The last sentence of an open question, after a digression. */
    SO("So: {question}"),
    YES_OR_NO("Please say yes or no."),
    DID_YOU_MEAN("Did you mean {options}?"),
    /** One value that needs a yes of its own. */
    IS_THAT_RIGHT("That's {value}, is that right?"),
    OFFER_ONE("I have {options}. Would that work?"),
    OFFER_SEVERAL("I have {options}. Which would you like?"),
    OFFER_AGAIN("So, {options}?"),
    OFFER_EXHAUSTED("Would {options} work?"),
    /** {@code label}: what the offered slot depends on. */
    OFFER_EXHAUSTED_OR_ANOTHER("Would {options} work, or would another {label} suit you?"),

    // Values.
    VALUE("The {label} is {value}"),
    ANY_VALUE("Any {label} will do"),
    /** Inside a list of several. */
    VALUE_OF_SEVERAL("the {label} is {value}"),
    /** Where several are said at once, or the value alone would not tell what it is. */
    NAMED_VALUE("{label} {value}"),
    /** {@code values}: sentences without their last full stop. */
    READ_BACK("{values}. Is that right?"),
    ACKNOWLEDGED("Okay, {values}."),
    SPELLED("{value}, that's {spelled}"),
    CORRECTED("{value} instead"),
    CHANGED("Since the {changed} changed, I need the {labels} again."),
    NEEDED_AGAIN("I need the {labels} again, too."),
    NEEDED("I'm afraid I need the {label}."),
    LEFT_OUT("All right, we'll leave that out."),
    CANNOT_TAKE("I'm sorry, I can't take down the {label}."),
    CANNOT_CHECK("I'm sorry, I can't check the {label} right now."),
    /** {@code label}: one or several. */
    CANNOT_CHANGE("The {label} can't be changed any more, because part of this is already done."),
    /** The same where all is done. */
    CANNOT_CHANGE_DONE("The {label} can't be changed any more: that is already done."),
    /** What can be done where something cannot be changed. */
    CAN_DO("But I can {task}. Shall I do that?"),
    NOT_AVAILABLE("{value} isn't available."),
    NO_LONGER_AVAILABLE("I'm sorry, {value} is no longer available."),
    /** Where the value is not known any more. */
    THAT_NO_LONGER_AVAILABLE("I'm sorry, that is no longer available."),
    NOTHING_CLOSE("I have nothing close to it."),
    NOTHING_LEFT("There is nothing left for {value}, but another {label} may do."),
    FOUND_NOTHING_ELSE("I found nothing else."),
    /** Of an offer the caller has named what was not found. */
    NOT_AMONG_FOUND("{value} isn't among what I found."),
    THAT_IS_ALL("I'm afraid that is all I have."),
    /** Where nobody knows whether there are others; {@code count}: how many were offered. */
    THE_BEST("{count, plural, one {That is} other {Those are}} the best I can offer."),

    // Confirmation, change and cancellation.
    WHAT_TO_CHANGE("What would you like to change?"),
    /** After a refusal; {@code labels}: what the caller has said, at least two. */
    WHICH_TO_CHANGE("What would you like to change: the {labels}?"),
    /** After a refusal of a task of a service; {@code labels}: what the caller has said. */
    CHANGE_OR_ELSE("Would you like to change the {labels}, or is there anything else?"),
    /** The same where there are too many to name them. */
    CHANGE_SOMETHING_OR_ELSE("Would you like to change something, or is there anything else?"),
    /** After a refusal of the only value that the caller has said. */
    WHICH_INSTEAD("Which {label} shall I try instead?"),
    GO_ON("All right, let's go on."),
    /** After a no to what would take something back. */
    LEFT_AS_IT_IS("All right, it stays as it is."),
    REALLY_STOP("Part of this is already done. Do you really want to stop here?"),
    STOPPED("All right, I've stopped here."),
    /** What was done before is not concerned. */
    STOPPED_ONE("All right, I won't {task} this time. What is already done stays as it is."),
    /** Who cancels may mean what is not done yet, or what was done before: {task} is what takes that back. */
    STOP_OR_UNDO("Shall I only stop what we have just begun, or would you like to {task}?"),
    NOTHING_DONE("Nothing was booked or changed."),
    DONE_STAYS("Everything that we have already done stays as it is."),
    ALREADY_DONE("That is already done, and I can't change it any more."),
    /** {@code target} is who can; the same in the next phrase. */
    ASK_TARGET("{target} can."),
    CANNOT_UNDO("That is already done, and I can't undo it here."),
    SHALL_CONNECT("Shall I connect you to {target}?"),
    CAN_CONNECT("If you like, I can connect you to {target}."),

    // What is done.
    DONE("That's done."),
    FAILED("I'm sorry, that didn't work."),
    FAILED_AGAIN("I'm sorry, that didn't work again."),
    TOO_LONG("I'm sorry, that takes too long."),
    UNCERTAIN("I can't tell yet whether it went through."),
    RETRY("I'm sorry, that didn't work. Shall I try again?"),
    RETRY_OR_PERSON("I'm sorry, that didn't work. Shall I try again, or would you rather speak to {target}?"),
    RETRY_UNCERTAIN("I'm sorry, that takes too long, and I can't tell yet whether it went through. Shall I try again?"),
    RETRY_UNCERTAIN_OR_PERSON("I'm sorry, that takes too long, and I can't tell yet whether it went through."
            + " Shall I try again, or would you rather speak to {target}?"),
    UNCHANGEABLE_YET("I can't change that before I know."),
    COULD_NOT("I'm sorry that I couldn't do it."),
    TRY_LATER("Please try again later. Goodbye."),

    // Searches, proposals and alternatives.
    FOUND_NOTHING("I'm afraid I found nothing like that."),
    FOUND_ONE("I have {items}. Would that suit you?"),
    FOUND_SEVERAL("I have {items}. Which would you like?"),
    /** {@code task} is an order in lower case: {@code reserve a table}. */
    PROPOSAL("Shall I {task}?"),
    ALTERNATIVE("I'm sorry, that isn't possible, but I have {values}. Shall I take that?"),

    // Questions of the caller.
    UNKNOWN_VALUE("I'm afraid I don't know that."),
    /** Where the answer that was given last comes from. */
    SOURCE("That is from {source}."),
    NO_SOURCE("I'm afraid I don't know where that is written down."),
    NO_ANSWER("I'm afraid I don't have an answer to that."),
    TARGET_MAY_KNOW("{target} may know."),
    NOTHING_YET("I don't have anything yet."),

    // Repair.
    NO_MATCH("Sorry, I didn't catch that."),
    NO_MATCH_AGAIN("I'm sorry, I still didn't catch that."),
    /** The line took the caller's words with it. */
    SAY_AGAIN("Sorry, could you say that again?"),
    STILL_THERE("Are you still there?"),
    SILENT("I can't hear you, so I'll hang up now. Please call again. Goodbye."),
    SLOWLY("Slowly, then."),
    /** Who takes over when the flow names nobody. */
    SOMEONE("a colleague"),
    CONNECTING("I'll connect you to {target} now."),
    /** Everybody there is taken. */
    NOBODY_FREE("I'm sorry, nobody is free there at the moment."),
    NOBODY_ANSWERS("I'm sorry, nobody answers there at the moment."),
    CANNOT_CONNECT("I'm sorry, I can't connect you at the moment."),
    GO_ON_HERE("I can go on helping you here."),
    CALL_LATER("Please call again later. Goodbye."),
    FINISHING_FIRST("One moment, I'm just finishing this, then I'll connect you."),

    // After a false claim of success.
    /** Its words are looked for in what the agent says: a correction begins with them. */
    CORRECTION("Sorry, to be clear:"),
    CLAIMED_UNCERTAIN("I can't tell yet whether that is done."),
    CLAIMED_TOO_EARLY("that is not done yet."),
    CLAIMED_FALSELY("that is not done."),
    TOLD_SOON("I'll tell you in a moment."),

    // How values sound.
    /** A date whose year is not clear without being said. */
    DATE_OF_YEAR("{date}, {year}"),
    /** {@code day} is a number from 1 to 31. */
    DATE("{weekday}, {month} {day, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}"),
    FULL_HOUR("{time, time,h a}"),
    HOUR_AND_MINUTE("{time, time,h:mm a}"),
    NOON("noon"),
    MIDNIGHT("midnight"),
    DATE_AND_TIME("{date} at {time}"),
    BEFORE_CLOCKS_GO_BACK("{moment}, before the clocks go back"),
    AFTER_CLOCKS_WENT_BACK("{moment}, after the clocks went back"),
    YES("yes"),
    NO("no"),
    /** Of an optional value that was left out. */
    NONE("none"),
    POSTCODE("postcode {code}"),
    /** A letter with its code word. */
    LETTER("{letter} as in {word}"),
    /** The code words of A to Z, a space between two. */
    ALPHABET(
            "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo"
                    + " Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu"),
    /** Letters that are none of A to Z and how they are told, {@code =} between the two, a comma between two letters. */
    LETTERS(
            "ß=sharp S,Æ=A E in one letter,Œ=O E in one letter,Ø=O with stroke,Ł=L with stroke,Đ=D with stroke,Ð=eth,Þ=thorn,ı=I without dot"),
    /** A letter with its accents. */
    ACCENTED("{letter} with {accent}"),
    /**
     * The names of seventeen accents, a comma between two: grave, acute, circumflex, tilde, two dots, ring, caron, cedilla, ogonek,
     * macron, breve, dot above, double acute, dot below, comma below, hook, horn.
     */
    ACCENTS(
            "grave accent,acute accent,circumflex,tilde,umlaut,ring,caron,cedilla,ogonek,macron,breve,dot above,double acute"
                    + " accent,dot below,comma below,hook,horn"),
    /** The names of {@code . @ - _ + / ' # & % =}, a space between two. */
    SIGNS("dot at hyphen underscore plus slash apostrophe hash and percent equals"),

    // Slots: what is said of a value that cannot be read or is not possible, the short question, and help.
    IN_THE_PAST("{value} is in the past."),
    TOO_FAR_AHEAD("{value} is too far ahead. The last possible day is {last}."),
    /** {@code reason} is why a value of a slot that was not asked for is not possible. */
    ABOUT("About the {label}: {reason}"),
    OUT_OF_BOUNDS("It must be between {min} and {max}, but I heard {heard}."),
    SO_THE("So, the {label}?"),
    ADDRESS_UNCLEAR("I couldn't make out the address."),
    ADDRESS_INCOMPLETE("I need the whole address; I didn't get the {parts}."),
    ADDRESS_WRONG_POSTCODE("In {country} a postcode doesn't look like {code}."),
    ADDRESS_HINT("Please say the {parts}."),
    ADDRESS_STREET("street"),
    ADDRESS_NUMBER("house number"),
    ADDRESS_POSTCODE("postcode"),
    ADDRESS_CITY("city"),
    ADDRESS_COUNTRY("country"),
    CHOICES("The choices are {options}."),
    /** Where the choices were just named. */
    WHICH_OF_THEM("Which one would you like?"),
    CHOICE_SHORT("So, which {label}?"),
    OTHER_CHOICES("{count} others"),
    CLOCKS_GO_FORWARD("On {date} there is no {time}, because the clocks go forward."),
    DATE_UNCLEAR("I couldn't make out the day."),
    DATE_SHORT("So, which day?"),
    /** A week or a month was said; {@code example} is a day in it. */
    DATE_ONE_DAY("I need one day, for example {example}."),
    DATE_HINT("You can say a day and a month, for example November 24th."),
    DATE_TIME_UNCLEAR("I couldn't make out the day and the time."),
    DATE_TIME_SHORT("So, which day and what time?"),
    DATE_TIME_HINT("You can say, for example, November 24th at three PM."),
    DAY_MISSING("I need the day, too, for example Tuesday at that time."),
    TIME_MISSING("I need a time for {date}, too."),
    DECIMALS(
            "It can have at most {decimals, plural, one {# digit} other {# digits}} after the point, but I heard {heard}."),
    DIGITS_UNCLEAR("I couldn't make out the digits."),
    DIGITS_COUNT("I need exactly {count, plural, one {# digit} other {# digits}}, but I heard {heard}."),
    DIGITS_RANGE("I need {min} to {max} digits, but I heard {heard}."),
    DIGITS_HINT("Please say it digit by digit; it has {count, plural, one {# digit} other {# digits}}."),
    DIGITS_RANGE_HINT("Please say it digit by digit; it has {min} to {max} digits."),
    ONE_BY_ONE("I can take that in more than one way. Please say it one by one."),
    DURATION_UNCLEAR("I couldn't make out how long."),
    DURATION_SHORT("So, how long?"),
    DURATION_HINT("It must be between {min} and {max}. You can say, for example, {example}."),
    EMAIL_UNCLEAR("I couldn't make out the e-mail address."),
    EMAIL_ENDING("I need the whole e-mail address, with its ending, such as dot com."),
    EMAIL_WRONG_ENDING("An e-mail address can't end in dot {ending}."),
    EMAIL_INCOMPLETE("That doesn't seem to be a complete e-mail address."),
    EMAIL_SHORT("So, your e-mail address?"),
    EMAIL_HINT("Please say it slowly, for example anna dot miller at example dot com."),
    IDENTIFIER_UNCLEAR("I couldn't make out the {label}."),
    IDENTIFIER_FORM("That doesn't have the form of the {label}: I heard"
            + " {count, plural, one {# character} other {# characters}}."),
    IDENTIFIER_LETTERS_DIGITS("That doesn't have the form of the {label}: it should have"
            + " {letters, plural, one {# letter} other {# letters}}"
            + " and {digits, plural, one {# digit} other {# digits}}, but I heard"
            + " {count, plural, one {# character} other {# characters}}."),
    IDENTIFIER_DIGITS("That doesn't have the form of the {label}: it should have"
            + " {digits, plural, one {# digit} other {# digits}}, but I heard"
            + " {count, plural, one {# character} other {# characters}}."),
    IDENTIFIER_LETTERS("That doesn't have the form of the {label}: it should have"
            + " {letters, plural, one {# letter} other {# letters}}, but I heard"
            + " {count, plural, one {# character} other {# characters}}."),
    IDENTIFIER_LENGTH("That doesn't have the form of the {label}: it should have"
            + " {max, plural, one {# character} other {# characters}}, but I heard {count}."),
    IDENTIFIER_LENGTHS(
            "That doesn't have the form of the {label}: it should have {min} to {max} characters, but I heard {count}."),
    IDENTIFIER_CHECK("Something in the {label} isn't right: its check digits don't fit. Please say it once more."),
    IDENTIFIER_HINT("Please say it slowly, one character at a time."),
    MONEY_UNCLEAR("I couldn't make out the amount."),
    MONEY_CURRENCY("I can only take {currencies}."),
    MONEY_DECIMALS("An amount can have at most {decimals, plural, one {# digit} other {# digits}} after the point."),
    MONEY_BOUNDS("It must be between {min} and {max} {currencies}, but I heard {heard}."),
    MONEY_HINT("It must be between {min} and {max} {currencies}."),
    MONEY_CURRENCY_HINT("It must be between {min} and {max} {currencies}. Please say the amount with its currency."),
    NAME_UNCLEAR("I couldn't make out the name."),
    NAME_SHORT("So, your name?"),
    NAME_HINT("Please say it slowly, first name and last name."),
    NUMBER_UNCLEAR("I couldn't make out the number."),
    NUMBER_NOT_WHOLE("It must be a whole number."),
    NUMBER_SHORT("So, how many?"),
    NUMBER_HINT("Please say a number between {min} and {max}."),
    AMOUNT_SHORT("So, how much?"),
    PHONE_UNCLEAR("I couldn't make out the phone number."),
    PHONE_AREA_CODE("I need the number with its area code."),
    PHONE_TOO_SHORT("That number seems to be too short."),
    PHONE_INCOMPLETE("That doesn't seem to be a complete phone number."),
    /** {@code number} and {@code extension}: digits with spaces between them. */
    PHONE_EXTENSION("{number}, extension {extension}"),
    PHONE_EXTENSION_UNCLEAR("I couldn't make out the extension."),
    PHONE_SHORT("So, your phone number?"),
    PHONE_HINT("Please say it digit by digit, with the area code."),
    TEXT_UNCLEAR("I couldn't make that out."),
    /** {@code sign} is one that no value has, as it is written. */
    VALUE_SIGNS("The {label} can't have “{sign}” in it."),
    NAME_SIGNS("A name can have letters, spaces, hyphens and apostrophes, but not “{sign}”."),
    /** After the refusal of a value that nobody asked for. */
    GOES_WITHOUT("I'll go on without it."),
    TEXT_TOO_LONG("The {label} is too long: it can have at most {most} characters."),
    TEXT_HINT("Please say it in a few words."),
    TIME_UNCLEAR("I couldn't make out the time."),
    TIME_SHORT("So, what time?"),
    TIME_HINT("You can say, for example, three PM."),
    TIME_BOUNDS_HINT("You can say a time between {min} and {max}."),
    YES_NO_UNCLEAR("I need a yes or a no."),
    YES_NO_SHORT("So, yes or no?"),
    YES_NO_HINT("Please answer yes or no.");

    private final String english;

    Phrase(String english) {
        this.english = english;
    }

    /** The pattern in {@link Language#ENGLISH}. */
    public String english() {
        return english;
    }

    /** The name in files of languages: {@code no-match}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
