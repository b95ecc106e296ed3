/** Experiments of a server: definitions from a file, assignment of its calls, operators' changes, reports. */
@NullMarked
package dev.antiphon.server.experiment;

import org.jspecify.annotations.NullMarked;
