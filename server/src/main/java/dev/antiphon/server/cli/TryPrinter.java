package dev.antiphon.server.cli;

import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import java.util.Optional;

/** Shows a {@link TriedFlow}. */
interface TryPrinter {
    /** The next line is wanted. */
    void prompt();

    /** This line is a command to the console. */
    void command(String line);

    /** A turn is over. */
    void turn(TypedTurn turn);

    /** Where the dialog stands, in full. */
    void state(Conversation.View view);

    /** The last tool call, if there was one. */
    void why(Optional<TypedTurn.Call> call);

    /** This line was taken back. */
    void undone(String line, Conversation.View view);

    /** The line could not be used. */
    void problem(String words);

    /** The call is over. */
    void end(Optional<Outcome> outcome);
}
