/** What the tests of all pure machines have in common: transition tables and replay. */
@NullMarked
package dev.antiphon.machine;

import org.jspecify.annotations.NullMarked;
