/** What a tool call costs on its way through the pool, alone and beside thousands that hang: {@code antiphon bench tools}. */
@NullMarked
package dev.antiphon.benchmarks.tools;

import org.jspecify.annotations.NullMarked;
