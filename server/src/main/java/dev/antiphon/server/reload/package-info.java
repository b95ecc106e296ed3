/** Dialogs that are made anew from changed classes and files while a bot runs. */
@NullMarked
package dev.antiphon.server.reload;

import org.jspecify.annotations.NullMarked;
