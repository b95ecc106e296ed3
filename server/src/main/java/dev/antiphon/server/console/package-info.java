/** What people look at: the page, the journal of calls behind it, and its HTTP endpoints. */
@NullMarked
package dev.antiphon.server.console;

import org.jspecify.annotations.NullMarked;
