@NullMarked
package dev.antiphon.admission;

import org.jspecify.annotations.NullMarked;
