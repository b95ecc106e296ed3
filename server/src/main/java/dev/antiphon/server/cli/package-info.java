/** The {@code antiphon} command line: demo, emulator, scripted calls, flow diagrams, for any bot. */
@NullMarked
package dev.antiphon.server.cli;

import org.jspecify.annotations.NullMarked;
