/** Public task-oriented dialogues, replayed on the dialog engine. */
@NullMarked
package dev.antiphon.benchmarks.dialogs;

import org.jspecify.annotations.NullMarked;
