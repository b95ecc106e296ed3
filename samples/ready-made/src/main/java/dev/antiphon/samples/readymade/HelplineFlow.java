package dev.antiphon.samples.readymade;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.faq.Faq;

/** A helpline: approved answers from {@code helpline.md}, and a person for everything else. */
public final class HelplineFlow {
    private HelplineFlow() {}

    /** The flow over the file that is packed beside this class. */
    public static Flow<Flow.Nothing> of() {
        return Flow.faq("helpline", Faq.fromResource(HelplineFlow.class, "helpline.md"))
                .handOver("service desk");
    }
}
