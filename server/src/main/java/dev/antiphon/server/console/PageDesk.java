package dev.antiphon.server.console;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What waits for an answer of the people at the page. Thread-safe; nothing here blocks. */
interface PageDesk {

    /** What waits, the longest first. */
    List<ObjectNode> waiting();

    /** The word of the address that says yes, for example {@code accept}. */
    String yes();

    /** The result of a yes, for example {@code accepted}. */
    String done();

    /** The member of the body that may go with a yes. */
    String withYes();

    /** Says yes; false when it does not wait any more. */
    boolean accept(String id, String with);

    /** Says no, for this reason, which is not blank unless the desk needs none; false when it does not wait any more. */
    boolean refuse(String id, String reason);

    /** Whether a no must say why. */
    boolean needsReason();

    /** What is said where it does not wait any more. */
    String gone();
}
