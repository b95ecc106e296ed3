/** Handing a call over to a person: what the person gets to know, who is asked, and what came of it. Plain Java, no actors. */
@NullMarked
package dev.antiphon.handover;

import org.jspecify.annotations.NullMarked;
