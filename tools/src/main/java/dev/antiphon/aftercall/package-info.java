/** What is done when a call is over: tasks that get a packet of it, off the call's path, tried again and never lost silently. */
@NullMarked
package dev.antiphon.aftercall;

import org.jspecify.annotations.NullMarked;
