@NullMarked
package dev.antiphon.spend;

import org.jspecify.annotations.NullMarked;
