/** Whether a call can be served before it is answered: the budget of the key that its models are used with. */
@NullMarked
package dev.antiphon.admission;

import org.jspecify.annotations.NullMarked;
