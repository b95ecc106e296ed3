@NullMarked
package dev.antiphon.aftercall;

import org.jspecify.annotations.NullMarked;
