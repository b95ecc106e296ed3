package dev.antiphon.testkit.brain;

import static dev.antiphon.testkit.brain.Flow.clinicCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.ToolAnswers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookingConversationTest {

    @Test
    void everythingSaidAtOnceFillsEverySlotInOneCall() {
        assertThat(clinicCall()
                        .caller("A cleaning next Tuesday at three, I'm Anna Miller, 415 555 0132")
                        .answer())
                .isEqualTo("fill_slots{\"phone\":\"4155550132\",\"date\":\"2026-11-24\",\"time\":\"15:00\","
                        + "\"service\":\"TEETH_CLEANING\",\"name\":\"Anna Miller\"}");
    }

    @Test
    void whatACallThatWasCutOffWasMadeOfIsTakenUpAgain() {
        assertThat(clinicCall()
                        .agent("What day would you like?")
                        .caller("Next Tuesday, please.")
                        .called("fill_slots", "{}")
                        .answered(ToolAnswers.cutOff())
                        .caller("At three.")
                        .gist())
                .isEqualTo("fill_slots{\"date\":\"2026-11-24\",\"time\":\"15:00\"}");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        I'd like a checkup please                             | fill_slots{"service":"CHECKUP"}
        Can I book a cleaning next Tuesday?                   | fill_slots{"date":"2026-11-24","service":"TEETH_CLEANING"}
        Could I come on Friday at half past two?              | fill_slots{"date":"2026-11-27","time":"14:30"}
        hi there, i need a vaccination on december 3rd        | fill_slots{"date":"2026-12-03","service":"VACCINATION"}
        Do you have anything on Friday?                       | fill_slots{"date":"2026-11-27"}
        Friday?                                               | fill_slots{"date":"2026-11-27"}
        how about Friday at 11?                               | fill_slots{"date":"2026-11-27","time":"11:00"}
        Tuesday, three                                        | fill_slots{"date":"2026-11-24","time":"15:00"}
        Do you take insurance?                                | ask
        do you take insurance                                 | ask
        what are your opening hours on Saturday?              | ask
        How much is a cleaning?                               | ask
        Is there parking?                                     | ask
        tell me about your prices                             | ask
        Where are you located                                 | ask
        Can I cancel later?                                   | ask
        what's your cancellation policy?                      | ask
        A checkup tomorrow. Do you take insurance?            | fill_slots{"date":"2026-11-21","service":"CHECKUP"} + ask
        A checkup tomorrow, and do you take insurance?        | fill_slots{"date":"2026-11-21","service":"CHECKUP"} + ask
        cancel                                                | control{"action":"cancel"}
        I want to cancel this                                 | control{"action":"cancel"}
        never mind                                            | control{"action":"cancel"}
        I've changed my mind, forget it                       | control{"action":"cancel"}
        can you repeat that?                                  | control{"action":"repeat"}
        Sorry?                                                | control{"action":"repeat"}
        what did you say                                      | control{"action":"repeat"}
        slower please                                         | control{"action":"slower"}
        you're too fast                                       | control{"action":"slower"}
        can I speak to a human?                               | control{"action":"human"}
        let me talk to a real person                          | control{"action":"human"}
        operator                                              | control{"action":"human"}
        goodbye                                               | control{"action":"goodbye"}
        that's all, thank you                                 | control{"action":"goodbye"}
        I'm done at five so six works on Monday               | fill_slots{"date":"2026-11-23","time":"18:00"}
        I have to go to work at nine so eight is better       | fill_slots{"time":"08:00"}
        Tuesday works, that's all                             | fill_slots{"date":"2026-11-24"}
        I'm done, bye                                         | control{"action":"goodbye"}
        skip it                                               | control{"action":"skip"}
        hello                                                 | control{"action":"chitchat"}
        how are you?                                          | control{"action":"chitchat"}
        thanks                                                | control{"action":"chitchat"}
        I'd like to book an appointment                       | control{"action":"chitchat"}
        blurb fnord gazonk                                    | control{"action":"unclear"}
        asdf                                                  | control{"action":"unclear"}
        """)
    void openingWordsBecomeTheRightCall(String said, String expected) {
        assertThat(clinicCall()
                        .agent("Welcome to the clinic. How can I help you?")
                        .caller(said)
                        .gist())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} / {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        What time would you like?                     | three                       | fill_slots{"time":"15:00"}
        What time?                                    | 10                          | fill_slots{"time":"10:00"}
        What time on Tuesday?                         | at four thirty              | fill_slots{"time":"16:30"}
        Which day suits you?                          | the 3rd                     | fill_slots{"date":"2026-12-03"}
        Which day suits you?                          | tomorrow at noon            | fill_slots{"date":"2026-11-21","time":"12:00"}
        May I have your name?                         | Anna Miller                 | fill_slots{"name":"Anna Miller"}
        May I have your name?                         | sure, it's anna miller      | fill_slots{"name":"Anna Miller"}
        May I have your name?                         | Anna Miller, 415 555 0132   | fill_slots{"phone":"4155550132","name":"Anna Miller"}
        And a phone number?                           | four one five five five five zero one three two | fill_slots{"phone":"4155550132"}
        And a phone number?                           | 555 12                      | fill_slots{"phone":"55512"}
        Which day suits you?                          | my number is 12             | fill_slots{"phone":"12"}
        And a phone number?                           | 12                          | fill_slots{"phone":"12"}
        And a phone number?                           | my number is one two, please | fill_slots{"phone":"12"}
        And a phone number?                           | 4155 5501 3245 5501 3245    | fill_slots{"phone":"41555501324555013245"}
        And a phone number?                           | my number is 415-555-0132   | fill_slots{"phone":"4155550132"}
        Which service would you like?                 | the cleaning                | fill_slots{"service":"TEETH_CLEANING"}
        Which service would you like?                 | what do you offer?          | ask
        A check-up, a cleaning or a vaccination?      | the second one              | fill_slots{"service":"TEETH_CLEANING"}
        A check-up, a cleaning or a vaccination?      | the last                    | fill_slots{"service":"VACCINATION"}
        May I have your name?                         | Will Smith                  | fill_slots{"name":"Will Smith"}
        May I have your name?                         | My name is Will Smith       | fill_slots{"name":"Will Smith"}
        And a phone number?                           | 0170 1234567                | fill_slots{"phone":"01701234567"}
        May I have your name?                         | sure: Anna                  | fill_slots{"name":"Anna"}
        May I have your name?                         | my surname is Miller        | fill_slots{"name":"Miller"}
        Which day suits you?                          | hmm, let me think           | control{"action":"chitchat"}
        What time?                                    | do you have parking?        | ask
        What time?                                    | actually make it Friday     | fill_slots{"date":"2026-11-27"}
        And a phone number?                           | actually my name is Anna Smith | fill_slots{"name":"Anna Smith"}
        May I have your name?                         | not Tuesday, Wednesday      | fill_slots{"date":"2026-11-25"}
        May I have your name?                         | why do you need it?         | ask
        Is there anything else I can do for you?      | no thanks                   | control{"action":"goodbye"}
        Is there anything else I can do for you?      | no, that's all              | control{"action":"goodbye"}
        Would you like to book a visit?               | yes                         | confirm{"answer":"yes","revision":0}
        Do you have an e-mail address for us?         | no                          | confirm{"answer":"no","revision":0}
        What time? You can say, for example, three PM. | three PM                   | fill_slots{"time":"15:00"}
        We are open from 8:00 to 18:00. What time would suit you? | eight           | fill_slots{"time":"08:00"}
        Would you like to book a visit?               | yes, a cleaning             | fill_slots{"service":"TEETH_CLEANING"}
        """)
    void theLastQuestionDecidesWhatABareAnswerMeans(String question, String said, String expected) {
        assertThat(clinicCall().agent(question).caller(said).gist()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        yes                                        | confirm{"answer":"yes","revision":7}
        Yes, please.                               | confirm{"answer":"yes","revision":7}
        that's right                               | confirm{"answer":"yes","revision":7}
        sounds good                                | confirm{"answer":"yes","revision":7}
        go ahead                                   | confirm{"answer":"yes","revision":7}
        perfect, book it                           | confirm{"answer":"yes","revision":7}
        yes, Tuesday at three is fine              | confirm{"answer":"yes","revision":7}
        no                                         | confirm{"answer":"no","revision":7}
        No, that's wrong                           | confirm{"answer":"no","revision":7}
        not quite                                  | confirm{"answer":"no","revision":7}
        the time is wrong                          | confirm{"answer":"no","revision":7}
        I'd prefer Wednesday                       | fill_slots{"date":"2026-11-25"}
        could you make it 4?                       | fill_slots{"time":"16:00"}
        no, make it Friday instead                 | fill_slots{"date":"2026-11-27"}
        make it Friday instead                     | fill_slots{"date":"2026-11-27"}
        yes, but make it Friday                    | fill_slots{"date":"2026-11-27"}
        make it four instead                       | fill_slots{"time":"16:00"}
        actually my name is Anna Smith             | fill_slots{"name":"Anna Smith"}
        no, at four                                | fill_slots{"time":"16:00"}
        yes, and do you take insurance?            | confirm{"answer":"yes","revision":7} + ask
        Yes. Do you take insurance?                | confirm{"answer":"yes","revision":7} + ask
        do you take insurance?                     | ask
        Yes, that's all correct.                   | confirm{"answer":"yes","revision":7}
        that's all right                           | confirm{"answer":"yes","revision":7}
        Everything is correct                      | confirm{"answer":"yes","revision":7}
        looks right to me                          | confirm{"answer":"yes","revision":7}
        let's do it                                | confirm{"answer":"yes","revision":7}
        for sure                                   | confirm{"answer":"yes","revision":7}
        I don't want it at three, make it four     | fill_slots{"time":"16:00"}
        I don't want it at three                   | confirm{"answer":"no","revision":7}
        let's not do Monday, Wednesday is better   | fill_slots{"date":"2026-11-25"}
        I've changed my mind, make it Friday       | fill_slots{"date":"2026-11-27"}
        cancel that, make it Friday                | fill_slots{"date":"2026-11-27"}
        no, four, not three                        | fill_slots{"time":"16:00"}
        actually four, not three                   | fill_slots{"time":"16:00"}
        three is too early, make it four           | fill_slots{"time":"16:00"}
        yes, one moment please                     | confirm{"answer":"yes","revision":7}
        I don't want it any more                   | control{"action":"cancel"}
        let's not                                  | control{"action":"cancel"}
        cancel the appointment on Tuesday          | control{"action":"cancel"}
        I have to go, thanks for your help         | control{"action":"goodbye"}
        see you on Tuesday                         | control{"action":"goodbye"}
        cancel it                                  | control{"action":"cancel"}
        can you say that again?                    | control{"action":"repeat"}
        """)
    void atTheConfirmationTheRevisionIsCopied(String said, String expected) {
        assertThat(clinicCall().atConfirmation().caller(said).gist()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        the second one                 | choose{"option":2}
        The first                      | choose{"option":1}
        the last one please            | choose{"option":3}
        option two                     | choose{"option":2}
        number 3                       | choose{"option":3}
        eleven                         | choose{"option":2}
        10:30 please                   | choose{"option":1}
        half past ten                  | choose{"option":1}
        two pm works                   | choose{"option":3}
        the earliest                   | choose{"option":1}
        any of them                    | choose{"option":1}
        something else                 | more_alternatives{}
        anything later?                | more_alternatives{}
        no, something else please      | more_alternatives{}
        do you have another time?      | more_alternatives{}
        none of these                  | more_alternatives{}
        no                             | more_alternatives{}
        four o'clock                   | fill_slots{"time":"16:00"}
        how about Friday then          | fill_slots{"date":"2026-11-27"}
        I'll take the one at eleven    | choose{"option":2}
        the one at two                 | choose{"option":3}
        I'll take the 2 pm             | choose{"option":3}
        I'll take the 2                | choose{"option":3}
        the two o'clock one            | choose{"option":3}
        the middle one                 | choose{"option":2}
        can I have the second one?     | choose{"option":2}
        the second one?                | choose{"option":2}
        is eleven okay?                | choose{"option":2}
        Thursday the third             | fill_slots{"date":"2026-12-03"}
        do you have anything on the 3rd? | fill_slots{"date":"2026-12-03"}
        Friday at eleven               | fill_slots{"date":"2026-11-27","time":"11:00"}
        what's the earliest?           | ask
        which one is the first?        | ask
        eleven is too early            | more_alternatives{}
        eleven is too early, two is better | choose{"option":3}
        yes, the second                | choose{"option":2}
        do you take insurance?         | ask
        """)
    void offeredAlternativesAreChosenByPositionOrValue(String said, String expected) {
        assertThat(clinicCall().offeringTimes().caller(said).gist()).isEqualTo(expected);
    }

    @Test
    void aSingleOfferIsTakenByAPlainYes() {
        assertThat(clinicCall()
                        .called("fill_slots", "{\"time\":\"10:00\"}")
                        .answered(
                                "{\"say\":\"That is taken. How about 10:30?\",\"facts\":{\"alternatives\":[\"10:30\"]}}")
                        .agent("That is taken. How about 10:30?")
                        .caller("yes please")
                        .answer())
                .isEqualTo("choose{\"option\":1}");
    }

    @Test
    void theRevisionComesFromTheSeedAfterATierChange() {
        assertThat(clinicCall()
                        .system(
                                "Conversation so far:\nservice: CHECKUP\nOpen question: Shall I book it?\nconfirm_revision: 12")
                        .caller("yes")
                        .answer())
                .isEqualTo("confirm{\"answer\":\"yes\",\"revision\":12}");
    }

    @Test
    void theOpenQuestionOfTheSeedDecidesWhatABareAnswerMeans() {
        assertThat(clinicCall()
                        .system("Conversation so far:\nservice: CHECKUP\nOpen question: May I have your name?")
                        .caller("Anna Miller")
                        .answer())
                .isEqualTo("fill_slots{\"name\":\"Anna Miller\"}");
    }

    @Test
    void theQuestionThatAFlowLastAskedIsReadFromItsSeed() {
        assertThat(clinicCall()
                        .system(
                                "Conversation so far: the caller was greeted.\n- service: CHECKUP\nThe caller was last asked: What time?\nGo on from here; do not greet again.")
                        .caller("three")
                        .answer())
                .isEqualTo("fill_slots{\"time\":\"15:00\"}");
    }

    @Test
    void aPromptInADescriptionTellsWhatItsQuestionAsksFor() {
        assertThat(clinicCall()
                        .tools(
                                Flow.tool(
                                        "fill_slots",
                                        "",
                                        "{\"type\":\"object\",\"properties\":{\"arrival\":{\"type\":\"string\",\"format\":\"time\",\"description\":\"The arrival, the answer to: When shall we expect you?\"}}}"),
                                Flow.tool("control", "", "{}"))
                        .agent("Thank you. When shall we expect you?")
                        .caller("three")
                        .answer())
                .isEqualTo("fill_slots{\"arrival\":\"15:00\"}");
    }

    @Test
    void anOfferListedInTheFactsIsChosenFrom() {
        String say = "I have 10:30 AM, 11 AM or 2 PM. Which would you like?";
        assertThat(clinicCall()
                        .called("fill_slots", "{}")
                        .answered("{\"say\":\"" + say
                                + "\",\"facts\":{\"options\":{\"1\":\"10:30 AM\",\"2\":\"11 AM\",\"3\":\"2 PM\"}}}")
                        .agent(say)
                        .caller("two")
                        .answer())
                .isEqualTo("choose{\"option\":3}");
    }

    @Test
    void theLatestRevisionCounts() {
        assertThat(clinicCall()
                        .atConfirmation()
                        .caller("make it Friday")
                        .called("fill_slots", "{\"date\":\"2026-11-27\"}")
                        .answered("{\"say\":\"On Friday then. Shall I book it?\",\"confirm_revision\":8}")
                        .agent("On Friday then. Shall I book it?")
                        .caller("yes")
                        .answer())
                .isEqualTo("confirm{\"answer\":\"yes\",\"revision\":8}");
    }

    @Test
    void twoUtterancesBeforeAnAnswerAreReadTogether() {
        assertThat(clinicCall().caller("A cleaning").caller("next Tuesday").answer())
                .isEqualTo("fill_slots{\"date\":\"2026-11-24\",\"service\":\"TEETH_CLEANING\"}");
    }

    @Test
    void aQuestionThatWasCutShortStillDecides() {
        assertThat(clinicCall()
                        .called("fill_slots", "{}")
                        .answered("{\"say\":\"Fine. What time would you like?\"}")
                        .cutShort("Fine. What")
                        .caller("three")
                        .answer())
                .isEqualTo("fill_slots{\"time\":\"15:00\"}");
    }

    @Test
    void whatAToolSaysIsSpokenWordForWord() {
        assertThat(clinicCall()
                        .caller("a cleaning")
                        .called("fill_slots", "{\"service\":\"TEETH_CLEANING\"}")
                        .answered("{\"say\":\"Which day suits you?\",\"verbatim\":true}")
                        .answer())
                .isEqualTo("\"Which day suits you?\"");
    }

    @Test
    void severalToolAnswersAreSpokenInOneResponse() {
        assertThat(clinicCall()
                        .caller("yes, and do you take insurance?")
                        .called("confirm", "{\"answer\":\"yes\",\"revision\":7}")
                        .called("ask", "{\"question\":\"do you take insurance?\"}")
                        .answered("{\"say\":\"You are booked.\"}")
                        .answered("{\"say\":\"We take all insurances.\"}")
                        .answer())
                .isEqualTo("\"You are booked. We take all insurances.\"");
    }
}
