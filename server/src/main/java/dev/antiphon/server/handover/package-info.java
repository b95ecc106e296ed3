/** Who takes calls over: a web service, another telephone, the people at the page. */
@NullMarked
package dev.antiphon.server.handover;

import org.jspecify.annotations.NullMarked;
