@NullMarked
package dev.antiphon.server;

import org.jspecify.annotations.NullMarked;
