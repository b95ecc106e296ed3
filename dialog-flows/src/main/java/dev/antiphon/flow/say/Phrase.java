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

    // Questions.
    ANYTHING_ELSE("Is there anything else?"),
    WHAT_ELSE("What else can I do for you?"),
    WHAT_TO_KNOW("What would you like to know?"),
    WHAT_TO_DO("What can I do for you?"),
    /** Two questions in one. */
    TWO_QUESTIONS("{first} And: {second}"),
    /** The last sentence of an open question, after a digression. */
    SO("So: {question}"),
    YES_OR_NO("Please say yes or no."),
    DID_YOU_MEAN("Did you mean {options}?"),
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
    CANNOT_CHANGE("The {label} can't be changed any more, because part of this is already done."),
    NOT_AVAILABLE("{value} isn't available."),
    NO_LONGER_AVAILABLE("I'm sorry, {value} is no longer available."),
    /** Where the value is not known any more. */
    THAT_NO_LONGER_AVAILABLE("I'm sorry, That is no longer available."),
    NOTHING_CLOSE("I have nothing close to it."),
    NOTHING_LEFT("There is nothing left for {value}, but another {label} may do."),
    THAT_IS_ALL("I'm afraid that is all I have."),

    // Confirmation, change and cancellation.
    WHAT_TO_CHANGE("What would you like to change?"),
    GO_ON("All right, let's go on."),
    REALLY_STOP("Part of this is already done. Do you really want to stop here?"),
    STOPPED("All right, I've stopped here."),
    NOTHING_DONE("Nothing was booked or changed."),
    DONE_STAYS("What is done already stays done."),
    ALREADY_DONE("That is already done, and I can't change it any more."),
    /** {@code target} is who can; the same in the next phrase. */
    ASK_TARGET("{target} can."),
    CANNOT_UNDO("That is already done, and I can't undo it here."),
    CAN_CONNECT("If you like, I can connect you: {target}."),

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
    ALTERNATIVE("I'm sorry, that is not possible. Instead I have {values}. Shall I take that?"),

    // Questions of the caller.
    UNKNOWN_VALUE("I'm afraid I don't know that."),
    NO_ANSWER("I'm afraid I don't have an answer to that."),
    TARGET_MAY_KNOW("{target} may know."),
    NOTHING_YET("I don't have anything yet."),

    // Repair.
    NO_MATCH("Sorry, I didn't catch that."),
    NO_MATCH_AGAIN("I'm sorry, I still didn't catch that."),
    STILL_THERE("Are you still there?"),
    SILENT("I can't hear you, so I'll hang up now. Please call again. Goodbye."),
    SLOWLY("Slowly, then."),
    /** Who takes over when the flow names nobody. */
    SOMEONE("a colleague"),
    CONNECTING("I'll connect you to {target} now."),
    FINISHING_FIRST("One moment, I'm just finishing this, then I'll connect you."),

    // After a false claim of success.
    /** Its words are looked for in what the agent says: a correction begins with them. */
    CORRECTION("Sorry, to be clear:"),
    CLAIMED_UNCERTAIN("I can't tell yet whether that is done."),
    CLAIMED_TOO_EARLY("that is not done yet."),
    CLAIMED_FALSELY("that is not done."),
    TOLD_SOON("I'll tell you in a moment.");

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
