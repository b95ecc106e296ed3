package dev.antiphon.session;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything the {@link TurnMachine} knows about a call between two inputs.
 *
 * @param rules the policies and timeouts
 * @param ownTools names of the dialog's own tools
 * @param lineUp whether the model can be talked to
 * @param callerSpeaking whether the caller has the floor
 * @param gate the response gate
 * @param calls tool calls that owe an output
 * @param responseDone whether the response that made the open calls has ended, so that outputs may be sent
 * @param playback what was received and heard
 * @param clock the latency of the caller's turn that is being answered
 * @param utterance the utterance being generated
 * @param spoken what the agent said since the caller's last turn
 * @param toolSinceCaller whether a tool was called since then
 * @param waits what is known of tools that are not the dialog's
 * @param callerTurnOpen whether the agent still owes an answer to a caller's turn
 * @param turnUsage tokens since the caller's last turn
 * @param silences silent prompts in a row
 * @param barged the interrupted utterances whose heard length is still to be told to the model
 * @param stalledResponses responses in a row that never came
 * @param abandoned the response that was given up and may still end
 * @param committing whether the caller ended a turn by hand and the model has not yet taken it
 * @param typed how many items the caller typed
 * @param kept what must reach the model and could not be sent while there was no line, oldest first
 * @param overlap speech over the agent's words on which no verdict is passed yet
 * @param overlooked items of the caller's that were no turns, the latest few
 * @param guarded utterances that may not be interrupted while they are heard, the latest few
 * @param recordingSince push-to-talk: when the first sound since the last turn came, in monotonic nanoseconds
 * @param transcripts the transcripts that are still to be told
 * @param ending the outcome, once the dialog has ended
 * @param closing whether nothing is said any more but lines, see {@link TurnInput.EndWanted}
 * @param finished whether the call is over
 */
record TurnState(
        Rules rules,
        Set<String> ownTools,
        boolean lineUp,
        boolean callerSpeaking,
        ResponseGate gate,
        OpenCalls calls,
        boolean responseDone,
        PlaybackLedger playback,
        Optional<TurnClock> clock,
        Optional<Utterance> utterance,
        String spoken,
        boolean toolSinceCaller,
        ToolWaits waits,
        boolean callerTurnOpen,
        Usage turnUsage,
        int silences,
        List<String> barged,
        int stalledResponses,
        Optional<String> abandoned,
        boolean committing,
        int typed,
        List<ClientEvent> kept,
        Optional<Overlap> overlap,
        List<String> overlooked,
        List<String> guarded,
        Optional<Long> recordingSince,
        TranscriptOrder transcripts,
        Optional<Outcome> ending,
        boolean closing,
        boolean finished) {

    /**
     * The policies and timeouts of a call, see {@link SessionSettings}.
     *
     * @param transcribes whether transcripts of the caller's turns come
     * @param prefixPadding audio from before the speech that the service counts in
     * @param closingSilence the silence that ends a turn
     * @param maxToolCalls how many tools may be called in one turn
     * @param conduct in how many responses a caller's turn is answered
     * @param sayAgain how a caller is asked for words that nobody got, see {@link Conversation#sayAgain()}
     */
    record Rules(
            Duration silenceTimeout,
            int maxSilences,
            Duration responseTimeout,
            BargeIn bargeIn,
            boolean transcribes,
            Duration prefixPadding,
            Duration closingSilence,
            int maxToolCalls,
            Conduct conduct,
            String sayAgain) {
        static Rules of(SessionSettings settings, String sayAgain) {
            return new Rules(
                    LineConfig.silenceTimeout(settings),
                    settings.maxSilences(),
                    settings.responseTimeout(),
                    settings.bargeIn(),
                    settings.transcription().isPresent(),
                    LineConfig.prefixPadding(settings),
                    LineConfig.closingSilence(settings),
                    settings.maxToolCalls(),
                    settings.conduct(),
                    sayAgain);
        }
    }

    /** An utterance while it is generated. */
    record Utterance(String id, String text, boolean dropped) {}

    TurnState {
        ownTools = Set.copyOf(ownTools);
        barged = List.copyOf(barged);
        kept = List.copyOf(kept);
        overlooked = List.copyOf(overlooked);
        guarded = List.copyOf(guarded);
    }

    static TurnState begin(SessionSettings settings, Set<String> ownTools, String sayAgain) {
        return begin(settings, ownTools, sayAgain, Set.of());
    }

    /** @param cancellable names of the tools whose calls end when the caller takes another turn */
    static TurnState begin(SessionSettings settings, Set<String> ownTools, String sayAgain, Set<String> cancellable) {
        return new TurnState(
                Rules.of(settings, sayAgain),
                ownTools,
                false,
                false,
                ResponseGate.idle(),
                OpenCalls.none(),
                true,
                PlaybackLedger.empty(settings.outputFormat()),
                Optional.empty(),
                Optional.empty(),
                "",
                false,
                ToolWaits.of(cancellable),
                false,
                Usage.NONE,
                0,
                List.of(),
                0,
                Optional.empty(),
                false,
                0,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                TranscriptOrder.none(),
                Optional.empty(),
                false,
                false);
    }
}
