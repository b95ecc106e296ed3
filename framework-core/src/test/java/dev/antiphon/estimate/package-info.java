@NullMarked
package dev.antiphon.estimate;

import org.jspecify.annotations.NullMarked;
