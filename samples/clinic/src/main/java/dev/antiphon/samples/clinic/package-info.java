/** A clinic's front desk: books visits into a database and answers questions. */
@NullMarked
package dev.antiphon.samples.clinic;

import org.jspecify.annotations.NullMarked;
