@NullMarked
package dev.antiphon.server.operator;

import org.jspecify.annotations.NullMarked;
