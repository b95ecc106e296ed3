/** Many simulated callers in virtual time, and what became of their calls. All figures of it are simulated. */
@NullMarked
package dev.antiphon.server.simulate;

import org.jspecify.annotations.NullMarked;
