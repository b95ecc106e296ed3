package dev.antiphon.server.reload;

import dev.antiphon.flow.Dialog;

/**
 * Makes the dialog of a bot, so that it can be made anew when its classes or files change. An implementation has a constructor
 * without arguments, of any visibility, which reads what all calls share: FAQ and texts. Its methods are called from several
 * threads.
 *
 * <p>Everything that it refers to is loaded anew with it, except the back end: that class and all that it refers to stay as they
 * were at the start, because they hold what calls share. What stays and is used from here must be public, classes and members:
 * it comes from another class loader, so even the same package is another one.
 *
 * @param <B> the back end, for example a calendar; {@link Void} is never given one
 */
public interface DialogSource<B> {
    /** The dialog over this back end. Throws when it cannot be made; the one before then stays. */
    Dialog dialog(B backEnd);
}
