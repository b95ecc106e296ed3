@NullMarked
package dev.antiphon.server.console;

import org.jspecify.annotations.NullMarked;
