@NullMarked
package dev.antiphon.server.spend;

import org.jspecify.annotations.NullMarked;
